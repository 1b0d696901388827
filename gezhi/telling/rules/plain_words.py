"""告知举报人: what a reporter who can be reached hears at each decisive step, in a citizen's words (事事有回音)."""

from __future__ import annotations

from collections.abc import Callable

import msgspec

from gezhi.cases.rules.clocks.clock import ClockKind
from gezhi.cases.rules.entries import Entry
from gezhi.cases.rules.state import CaseState, ReportRef
from gezhi.notices.rules.news import Words
from gezhi.telling.rules.spoken import Names, say_until

MOST_IN_A_TEXT = 300
"""Characters of an answer or a reason in one text: with what stands around it five parts of a long text."""


class Reply(msgspec.Struct, frozen=True):
    """告知: the words for the sender of one report. Under the same key nobody hears twice."""

    report: str
    key: str
    words: Words


Said = Callable[[Entry, CaseState, ReportRef, Names], Words]


def _answer(entry: Entry, report: ReportRef) -> str:
    """The answer text for this sender, or the reason where none was written."""
    texts = [answer.text for answer in entry.step.answers if answer.report == report.id]
    return _brief(texts[0] if texts else entry.step.reason or "")


def _brief(text: str) -> str:
    """On one line, and no longer than a text may be: what staff wrote for each other may be longer."""
    line = " ".join(text.split()).rstrip("。")
    return line if len(line) <= MOST_IN_A_TEXT else f"{line[: MOST_IN_A_TEXT - 1]}…"


def _received(_: Entry, state: CaseState, __: ReportRef, ___: Names) -> Words:
    return Words(
        f"您反映的问题我们收到了，编号 {state.no}，会尽快核实处理，结果会告诉您。",
        f"We have received your report, number {state.no}. We look into it and will tell you the outcome.",
    )


def _joined(_: Entry, state: CaseState, __: ReportRef, ___: Names) -> Words:
    return Words(
        f"您反映的问题已有人反映，正在办理，编号 {state.no}，结果会告诉您。",
        f"Your report is about a problem we already work on, number {state.no}. We will tell you the outcome.",
    )


def _accepted(_: Entry, state: CaseState, __: ReportRef, ___: Names) -> Words:
    return Words(
        f"您反映的问题（{state.no}）已经受理，正在安排单位处理。",
        f"Your report {state.no} was accepted; we are finding the office that deals with it.",
    )


def _merged(entry: Entry, state: CaseState, _: ReportRef, names: Names) -> Words:
    other = names.case_no(entry.step.merged_into or "")
    return Words(
        f"您反映的问题（{state.no}）与 {other} 是同一件事，已合并办理，结果会告诉您。",
        f"Your report {state.no} is about the same problem as {other}; both go on as one. You will hear the outcome.",
    )


def _dispatched(entry: Entry, state: CaseState, __: ReportRef, names: Names) -> Words:
    leading, handling = state.leading, state.clock(ClockKind.HANDLING)
    assert leading is not None  # a dispatch names both
    assert handling is not None
    unit, until = names.unit(leading.unit), say_until(handling.due, now=entry.recorded)
    again = state.marks.get("dispatched_again", 0) > 0
    return Words(
        f"您反映的问题（{state.no}）已{'重新' if again else ''}派给{unit.zh}，最迟{until.zh}处理。",
        f"Your report {state.no} was given to {unit.en}{' once more' if again else ''}; it is to be dealt with by "
        f"{until.en}.",
    )


def _extended(entry: Entry, state: CaseState, _: ReportRef, __: Names) -> Words:
    handling = state.clock(ClockKind.HANDLING)
    assert handling is not None  # it is what was extended
    until = say_until(handling.due, now=entry.recorded)
    return Words(
        f"您反映的问题（{state.no}）处理时间延长，最迟{until.zh}处理。",
        f"More time was granted for your report {state.no}; it is to be dealt with by {until.en}.",
    )


def _suspended(entry: Entry, state: CaseState, _: ReportRef, __: Names) -> Words:
    application = entry.step.application
    reason = _brief(application.reason if application is not None else entry.step.reason or "")
    until = (
        say_until(application.until, now=entry.recorded)
        if application is not None and application.until is not None
        else Words("条件具备", "it is possible")
    )
    return Words(
        f"您反映的问题（{state.no}）暂缓处理，到{until.zh}为止，原因：{reason}。到期后会继续办理。",
        f"Your report {state.no} waits until {until.en}, because: {reason}. Work goes on then.",
    )


def _reopened(_: Entry, state: CaseState, __: ReportRef, ___: Names) -> Words:
    return Words(
        f"您反映的问题（{state.no}）重新处理，结果会告诉您。",
        f"Work on your report {state.no} has begun anew. We will tell you the outcome.",
    )


def _ended(zh: str, en: str) -> Said:
    def said(entry: Entry, state: CaseState, report: ReportRef, _: Names) -> Words:
        answer = _answer(entry, report)
        return Words(
            f"您反映的问题（{state.no}）{zh}{f'：{answer}' if answer else ''}。",
            f"Your report {state.no} {en}{f': {answer}' if answer else ''}.",
        )

    return said


PLAIN_WORDS: dict[str, Said] = {
    "reported": _received,
    "report_added": _joined,
    "accepted": _accepted,
    "refused": _ended("没有受理", "was not accepted"),
    "merged": _merged,
    "rejected": _ended("没有立案", "was not taken up"),
    "dispatched": _dispatched,
    "extension_granted": _extended,
    "suspension_granted": _suspended,
    "void_granted": _ended("已终止办理", "is no longer pursued"),
    "closed": _ended("已办结", "is done"),
    "reopened": _reopened,
}
RECEIVED = frozenset({"reported", "report_added"})
ENDS = frozenset({"refused", "rejected", "void_granted", "closed"})
"""The answer: what somebody who can only be called is called for."""


def replies_to(entry: Entry, state: CaseState, names: Names) -> tuple[Reply, ...]:
    """告知 of an entry, with the state after it: every sender who can be reached; of a new report only its own.

    That it was received is said once for each report: one that a merged case brings along has been told.
    """
    kind, said = entry.step.kind, PLAIN_WORDS.get(entry.step.kind)
    if said is None:
        return ()
    first = kind in RECEIVED and entry.step.report is not None
    reports = tuple(
        report
        for report in state.reports
        if report.reachable and (not first or report.id == (entry.step.report and entry.step.report.id))
    )
    return tuple(
        Reply(
            report=report.id,
            key=f"{report.id}:received" if first else f"{report.id}:{entry.case}:{entry.seq}",
            words=said(entry, state, report, names),
        )
        for report in reports
    )
