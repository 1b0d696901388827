"""案卷: what the printed file of a case tells, from the report to the last entry of its log."""

from __future__ import annotations

from typing import Any

from gezhi.cases.queries.case_page import list_reports
from gezhi.cases.queries.rows import Row
from gezhi.cases.rules.applications import OUTCOME_NAMES, STEP_NAMES, Application
from gezhi.cases.rules.clocks.clock import ClockKind
from gezhi.cases.rules.clocks.lateness import ran_out
from gezhi.cases.rules.clocks.stage_spans import rounds_of, stage_spans
from gezhi.cases.rules.entries import Entry
from gezhi.cases.rules.stages import STAGE_NAMES, STATUSES
from gezhi.cases.rules.state import END_NAMES, CaseState
from gezhi.cases.rules.steps.inspection import CLOSING_KINDS
from gezhi.cases.rules.story import title_of
from gezhi.cases.shapes.masked import masked
from gezhi.cases.shapes.presenter import Presenter, last_leading
from gezhi.cases.shapes.reports import open_senders, report_out
from gezhi.cases.shapes.standards import row_out
from gezhi.kernel.masking import Masking
from gezhi.kernel.permissions import Actor
from gezhi.papers.queries import Story, list_picture_files, list_stories
from gezhi.papers.rules.order_part import duty_word
from gezhi.papers.shapes import (
    FIELD_NAMES,
    TEMPLATES,
    captioned,
    say_channel,
    say_charge,
    say_class,
    say_clock_limit,
    say_grid,
    say_limit,
    say_moment,
    say_pictures,
    say_point,
    say_printed,
    say_region,
    say_span,
)
from gezhi.plumbing.paper.setting import lacks, qr_drawing, set_paper
from gezhi.plumbing.shapes import WordOut
from gezhi.policy.rules.clock_kinds import CLOCK_NAMES

CASE_FILE = TEMPLATES / "case_file.typ"
MOST_PICTURES = 18
TASKS = {"verify": "核实", "inspect": "核查"}
VERDICTS = {"verify": {True: "属实", False: "不属实"}, "inspect": {True: "通过", False: "未通过"}}
ORDER = {kind: place for place, kind in enumerate(ClockKind)}
SUPERVISING = ("supervis", "major_")


def print_case_file(row: Row, actor: Actor, presenter: Presenter, *, address: str) -> bytes:
    """The whole file. Statements: log, reports, pictures. `address`: of the case page, without the id."""
    open_senders(row, presenter)
    state, story, masking = row.state, list_stories({row.id: row})[row.id], presenter.masking_of(row)
    rounds = rounds_of(story.entries)
    before = captioned(story.entries, {"before", "verified"}, rounds, presenter)[:MOST_PICTURES]
    after = captioned(story.entries, {"after", "inspected"}, rounds, presenter)[:MOST_PICTURES]
    files = list_picture_files(sha for sha, _ in (*before, *after))
    data = {
        "issuer": presenter.names.get(state.node, ""),
        "code": qr_drawing(f"{address}{row.id}"),
        "printed": say_printed(actor, presenter),
        **_facts(row, masking, presenter),
        "stages": _stages(story, presenter),
        "clocks": _clocks(state, presenter),
        "assignments": _assignments(state, presenter),
        "tasks": _tasks(state, presenter),
        "results": _results(story, row_out(state.subject, presenter).closing),
        "applications": [_application(one, state, presenter) for one in state.applications],
        "supervision": [_supervision(one, presenter) for one in story.entries if _is_supervising(one)],
        "story": [_told(one, presenter) for one in story.entries],
        "before": say_pictures(before),
        "after": say_pictures(after),
        "digest": {"seq": story.last.seq, "at": say_moment(story.last.recorded), "hash": story.digest},
    }
    shown = masked(data, masking)
    return set_paper(CASE_FILE, {**shown, "lacks": lacks(shown, FIELD_NAMES)}, files)


def _facts(row: Row, masking: Masking, presenter: Presenter) -> dict[str, Any]:
    state = row.state
    standard = row_out(state.subject, presenter)
    reports = list_reports([ref.id for ref in state.reports])
    senders = [report_out(one, state, masking, presenter) for one in reports]
    leading = last_leading(state)
    closing, _ = CLOSING_KINDS[state.closing_kind] if state.closing_kind is not None else ("", "")
    return {
        "no": state.no,
        "status": closing or STATUSES[state.status].zh,
        "class": say_class(state, presenter),
        "channel": say_channel(state, presenter, complaint=row.complaint),
        "reported": say_moment(state.reported),
        "closed": say_moment(state.closed),
        "unit": presenter.unit(leading.unit).name if leading is not None else "",
        "limit": say_limit(state.subject.limit, state.subject.unit),
        "address": masking.wrote(state.place.address),
        "region": say_region(state, presenter),
        "grid": say_grid(state),
        "point": say_point(state),
        "description": "\n".join(one.description for one in senders if one.description),
        "condition": standard.condition.zh,
        "closing": [one.zh for one in standard.closing],
        "senders": [
            " ".join(filter(None, (presenter.channel(one.channel)[0], one.sender, one.phone))) for one in senders
        ],
    }


def _stages(story: Story, presenter: Presenter) -> list[dict[str, Any]]:
    return [
        {
            "name": STAGE_NAMES[span.stage][0],
            "state": span.state,
            "took": say_span(span.seconds) if span.stays else "",
            "times": len(span.stays),
            "late": span.late,
        }
        for span in stage_spans(story.entries, now=presenter.now)
    ]


def _clocks(state: CaseState, presenter: Presenter) -> list[dict[str, str]]:
    return [
        {
            "name": CLOCK_NAMES[clock.kind][0],
            "limit": say_clock_limit(clock, presenter) if clock.kind is not ClockKind.WHOLE else "各环节时限之和",
            "due": say_moment(clock.due) + ("（暂定）" if clock.provisional else ""),
            "ended": say_moment(clock.ended),
            "verdict": _verdict(clock.since, clock.ended, late=ran_out(clock)),
        }
        for clock in sorted(state.clocks, key=lambda clock: ORDER[clock.kind])
    ]


def _verdict(since: int | None, ended: int | None, *, late: bool) -> str:
    if late:
        return "超时"
    if ended is not None:
        return "按时"
    return "计时中" if since is not None else "暂停"


def _assignments(state: CaseState, presenter: Presenter) -> list[dict[str, Any]]:
    return [
        {
            "no": part.no,
            "unit": presenter.unit(part.unit).name,
            "duty": duty_word(part) if part.round == 1 else f"{duty_word(part)}，第 {part.round} 轮",
            "dispatched": say_moment(part.dispatched),
            "received": say_moment(part.received),
            "handed_over": say_moment(part.handed_over),
            "end": END_NAMES[part.end][0] if part.end else "在办",
        }
        for part in state.assignments
    ]


def _tasks(state: CaseState, presenter: Presenter) -> list[dict[str, str]]:
    return [
        {
            "kind": TASKS[task.kind],
            "collector": presenter.person(task.collector),
            "issued": say_moment(task.issued),
            "answered": say_moment(task.answered),
            "verdict": "已改派"
            if task.rerouted is not None
            else "待反馈"
            if task.passed is None
            else VERDICTS[task.kind][task.passed],
        }
        for task in state.tasks
    ]


def _results(story: Story, conditions: list[WordOut]) -> list[dict[str, Any]]:
    names = {one.key: one.zh for one in conditions}
    return [
        {
            "at": f"{say_moment(entry.recorded)} 核查",
            "items": [
                f"{names.get(one.code, one.code)}：{'符合' if one.passed else '不符合'}" for one in entry.step.results
            ],
        }
        for entry in story.entries
        if entry.step.results
    ]


def _application(one: Application, state: CaseState, presenter: Presenter) -> dict[str, Any]:
    outcome, _ = OUTCOME_NAMES.get(one.outcome or "", ("待审批", ""))
    changes = [
        f"申请延长 {say_limit(one.value, state.subject.unit)}" if one.value is not None else "",
        f"缓办至 {say_moment(one.until)}" if one.until is not None else "",
        f"原截止 {say_moment(one.old_due)}" if one.old_due is not None else "",
        f"现截止 {say_moment(one.new_due)}" if one.new_due is not None else "",
        "逾期后提出" if one.late else "",
        "认定推诿" if one.shirking else "",
        "不计入超时统计" if one.exempt else "",
    ]
    return {
        "kind": one.kind.zh,
        "outcome": outcome,
        "unit": presenter.unit(one.unit).name if one.unit else "",
        "by": presenter.person(one.asked_by),
        "asked": say_moment(one.asked),
        "reason": one.reason,
        "change": "，".join(filter(None, changes)),
        "opinions": [
            {
                "step": STEP_NAMES[said.step][0],
                "who": presenter.person(said.user),
                "at": say_moment(said.at),
                "verdict": "同意" if said.granted else "不同意",
                "text": said.text,
            }
            for said in one.opinions
        ],
    }


def _is_supervising(entry: Entry) -> bool:
    return entry.step.kind.startswith(SUPERVISING)


def _supervision(entry: Entry, presenter: Presenter) -> dict[str, str]:
    step = entry.step
    due = f"期限 {say_moment(step.due)}" if step.due is not None else ""
    return {
        "at": say_moment(entry.recorded),
        "title": title_of(step)[0],
        "text": "　".join(filter(None, (step.text, step.reason, due))),
        "who": presenter.person(entry.user),
    }


def _told(entry: Entry, presenter: Presenter) -> dict[str, Any]:
    step, directory = entry.step, presenter.registers.directory
    post, body = directory.posts.get(entry.post), directory.organisations.get(entry.organisation)
    units = [presenter.unit(part.unit).name for part in step.assignments if part.ended is None]
    lines = [
        f"责任单位：{'、'.join(units)}" if units and step.kind in ("dispatched", "assigned") else "",
        f"依据：{step.basis}" if step.basis else "",
        *(say_charge(one, presenter) for one in step.charges),
        step.reason,
        step.text if step.kind != "clock_ran_out" else "",
        *(f"答复：{text}" for text in sorted({answer.text for answer in step.answers})),
    ]
    return {
        "seq": entry.seq,
        "at": say_moment(entry.recorded),
        "title": title_of(step)[0],
        "lines": [line for line in lines if line],
        "who": presenter.person(entry.user),
        "post": f"{body.name} {post.title}" if post is not None and body is not None else "",
    }
