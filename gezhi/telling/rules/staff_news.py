"""通知: who in the city's bodies hears of an entry of the log, and under which headline.

Who acted hears nothing of the own act. Work that waits in a seat's queue anyway is told only where somebody asked
for it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable

import msgspec

from gezhi.cases.rules.applications.kinds import KINDS
from gezhi.cases.rules.clocks.clock import ClockKind
from gezhi.cases.rules.entries import Entry
from gezhi.cases.rules.state import CaseState
from gezhi.kernel.masking import NOTHING_HIDDEN, Masking
from gezhi.kernel.permissions import Role
from gezhi.notices.rules.news import Words
from gezhi.policy.rules.clock_kinds import CLOCK_NAMES
from gezhi.telling.rules.audiences import (
    DISPATCHERS,
    GOVERNMENT,
    OFFICERS,
    SUPERVISORS,
    Audience,
    askers,
    deciders_of,
    given,
    holders_of,
    person,
    reporting_collectors,
    taken,
    unit,
    unit_above_crew,
    units_of,
)
from gezhi.telling.rules.spoken import Names, say_moment


class News(msgspec.Struct, frozen=True):
    """What some audiences hear of an entry. `stands_for_all`: the last of its kind about a case says it all."""

    audiences: tuple[Audience, ...]
    title: Words
    stands_for_all: bool = False


Tells = Callable[[Entry, CaseState], Iterable[News]]
LEVELS = ("一级", "二级", "三级")
HEAD_HEARS, GOVERNMENT_HEARS = 2, 3


def _say(zh: str, en: str, to: Callable[[Entry, CaseState], tuple[Audience, ...]]) -> Tells:
    return lambda entry, state: (News(to(entry, state), Words(zh, en)),)


def _reminded(_: Entry, state: CaseState) -> Iterable[News]:
    yield News(holders_of(state), Words("催办", "A reminder"), stands_for_all=True)


def _to(*audiences: Audience) -> Callable[[Entry, CaseState], tuple[Audience, ...]]:
    return lambda _, __: audiences


def _holders(_: Entry, state: CaseState) -> tuple[Audience, ...]:
    return holders_of(state)


def _dispatched(entry: Entry, _: CaseState) -> Iterable[News]:
    parts = [part for part in entry.step.assignments if part.ended is None]
    yield News(
        units_of(part for part in parts if part.leading),
        Words("新派遣的案件，请签收", "A new case for your unit: please receive it"),
    )
    yield News(
        units_of(part for part in parts if not part.leading),
        Words("新派遣的协办案件", "A new case in which your unit helps"),
    )


def _about_application(zh: str, en: str, to: Callable[[Entry, CaseState], tuple[Audience, ...]]) -> Tells:
    def tells(entry: Entry, state: CaseState) -> Iterable[News]:
        application = entry.step.application
        name, name_en = (application.kind.zh, application.kind.en) if application is not None else ("", "")
        return (News(to(entry, state), Words(zh.format(name), en.format(name_en))),)

    return tells


def _awaited(_: Entry, state: CaseState) -> tuple[Audience, ...]:
    return deciders_of(state)


def _voided(entry: Entry, state: CaseState) -> Iterable[News]:
    yield from GRANTED(entry, state)
    yield News(taken(entry, state), Words("案件已作废，不必再办理", "The case was voided: nothing more to do"))


def _supervised(_: Entry, state: CaseState) -> Iterable[News]:
    """督办级别: the unit's people at every level, its head from the second, the government's leader at the third."""
    level = max(state.supervision, 1)
    holders = holders_of(state)
    heads = tuple(Audience(Role.LEADER, one.organisation) for one in holders if one.organisation is not None)
    leaders = (heads if level >= HEAD_HEARS else ()) + ((GOVERNMENT,) if level >= GOVERNMENT_HEARS else ())
    title = Words(f"{LEVELS[level - 1]}督办，请按期答复", f"Supervision at level {level}: a reply is due")
    yield News((*holders, *leaders), title)


def _rerouted(entry: Entry, _: CaseState) -> Iterable[News]:
    for task in entry.step.tasks:
        if task.rerouted is None:
            yield News((person(task.collector),), Words("改派给您的任务", "A task was given to you"))
        else:
            yield News(
                (person(task.collector),), Words("任务已改派他人，不必再去", "Your task was given to somebody else")
            )


def _ran_out(entry: Entry, state: CaseState) -> Iterable[News]:
    """超时: whoever has the work hears which clock ran out and when it was due, and whom it is charged to hears that."""
    charges = {charge.clock: charge for charge in entry.step.charges}
    for clock in entry.step.clocks:
        name, name_en = CLOCK_NAMES[clock.kind]
        when, charge = say_moment(clock.due), charges.get(clock.kind)
        title = Words(f"{name}已超时（{when.zh}到期）", f"{name_en} late (due {when.en})")
        if clock.kind in (ClockKind.HANDLING, ClockKind.HELPING, ClockKind.RECEIPT):
            yield News((*units_of(state.open_assignments), DISPATCHERS), title)
        elif clock.kind in (ClockKind.VERIFICATION, ClockKind.INSPECTION):
            yield News(holders_of(state), title)
        elif clock.kind is ClockKind.APPROVAL:
            yield News(deciders_of(state), title)
        elif charge is not None and charge.user is not None:
            yield News((person(charge.user),), Words(f"{title.zh}，记在您当班期间", f"{title.en}, on your shift"))


def _reopened(_: Entry, state: CaseState) -> Iterable[News]:
    last = (unit(state.rework_unit),) if state.rework_unit else ()
    yield News(last, Words("已结案件重新处置", "A closed case is handled once more"))


def _charged(entry: Entry, _: CaseState) -> tuple[Audience, ...]:
    missed = entry.step.missed
    return (person(missed.collector),) if missed is not None and missed.collector is not None else ()


def _leading_unit(entry: Entry, _: CaseState) -> tuple[Audience, ...]:
    return (*((unit(entry.step.unit),) if entry.step.unit else ()), DISPATCHERS)


def _at_units(_: Entry, state: CaseState) -> tuple[Audience, ...]:
    return units_of(state.open_assignments)


ASKED = _about_application("{}申请待您审批", "To decide: {}", _awaited)


def _merged(entry: Entry, state: CaseState) -> Iterable[News]:
    """Who reported it, and the units that had it: theirs is done with it."""
    yield News(reporting_collectors(entry, state), Words("您上报的问题已并案", "Your report was merged"))
    yield News(
        taken(entry, state), Words("案件已并入另一案件，不必再办理", "Merged into another case: nothing more to do")
    )


GRANTED = _about_application("{}申请已同意", "Granted: {}", askers)
REFUSED = _about_application("{}申请未获同意", "Refused: {}", askers)
TELLS: dict[str, Tells] = {
    "dispatched": _dispatched,
    **dict.fromkeys(
        ("recalled", "dispatch_undone"),
        _say("派遣已撤回，不必再办理", "The dispatch was recalled: nothing more to do", taken),
    ),
    "assigned": _say("上级单位下派的案件，请签收", "A case given down to you: please receive it", given),
    "succeeded": _say("承接原单位的案件，请继续办理", "A case that you go on with as successor", given),
    "revoked": _say("下派已收回，不必再办理", "The order was taken back: nothing more to do", taken),
    "handed_up": _say("班组已反馈结果，请核对后反馈", "The crew handed up: check it, then hand over", unit_above_crew),
    **{rule.asked: ASKED for rule in KINDS.values()},
    **{rule.granted: GRANTED for rule in KINDS.values()},
    **{rule.refused: REFUSED for rule in KINDS.values()},
    "void_granted": _voided,
    "application_passed_on": ASKED,
    "application_expired": _about_application("{}申请逾期未批，已失效", "Expired undecided: {}", askers),
    "woken": _say("缓办到期，请恢复办理", "The suspension is over: work goes on", _at_units),
    "resumed": _say("缓办提前结束，恢复办理", "Resumed before the end of the suspension", _at_units),
    "reminded": _reminded,
    "supervised": _supervised,
    "supervision_answered": _say("督办已答复", "The supervision was answered", _to(SUPERVISORS)),
    "supervision_lifted": _say("督办已解除", "The supervision was lifted", _holders),
    "major_listed": _say("列为重大案件", "Listed as a major case", _leading_unit),
    "major_reported": _say("重大案件有新进展", "Progress of a major case", _to(SUPERVISORS)),
    "major_changed": _say("重大案件销号期限已调整", "The due date of a major case was changed", _at_units),
    "major_struck_off": _say("重大案件已销号，可以结案", "Struck off: the case can be closed", _to(OFFICERS)),
    "clock_ran_out": _ran_out,
    "inspection_failed": _say("核查未通过，将返工", "The inspection failed: it is to be done again", taken),
    "more_asked": _say("要求补正，请补充后重新反馈", "More is asked for: add it and hand over again", _at_units),
    "verification_required": _say("新的核实任务", "A new verification for you", _holders),
    "inspection_sent": _say("新的核查任务", "A new inspection for you", _holders),
    "task_rerouted": _rerouted,
    "owner_settled": _say("责任单位已确定，请派遣", "The owner is settled: please dispatch", _to(DISPATCHERS)),
    "reopened": _reopened,
    "amended": _say("案卷已更正，请留意时限", "The case was amended: mind the deadline", _at_units),
    "refused": _say("您上报的问题不予受理", "Your report was refused", reporting_collectors),
    "merged": _merged,
    "rejected": _say("您上报的问题不予立案", "Your report was not registered", reporting_collectors),
    "found_missed": _say("认定漏报", "Found to have been missed by you", _charged),
    "missed_withdrawn": _say("漏报认定已撤销", "No longer found to have been missed by you", _charged),
}


def news_of(entry: Entry, state: CaseState) -> tuple[News, ...]:
    """通知: what is told of an entry, with the state after it; nothing for an entry that needs nobody."""
    tells = TELLS.get(entry.step.kind)
    return tuple(one for one in tells(entry, state) if one.audiences) if tells is not None else ()


def text_of_news(entry: Entry, state: CaseState, names: Names, hidden: Masking = NOTHING_HIDDEN) -> Words:
    """正文: what and where, until when, and what was said. `hidden`: who sent it, of which no notice tells."""
    class_ = names.class_(state.subject.class_key)
    handling, step = state.clock(ClockKind.HANDLING), entry.step
    running = handling.due if handling is not None and handling.since is not None else None
    if step.kind == "clock_ran_out":  # each title says when its own clock was due
        running = None
    due = step.due if step.due is not None else running
    said = hidden.said(step.reason or (step.text if step.kind != "clock_ran_out" else None) or "")
    place = hidden.wrote(state.place.address)
    when = say_moment(due) if due is not None else None
    zh = [class_.zh, place, f"{when.zh} 前" if when else "", said]
    en = [class_.en, place, f"by {when.en}" if when else "", said]
    return Words(" · ".join(part for part in zh if part), " · ".join(part for part in en if part))
