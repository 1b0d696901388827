"""缓办: the case waits for a season, works or conditions until a named moment, and wakes by itself then."""

from __future__ import annotations

from typing import Any

import msgspec

from gezhi.calendars.rules.limits import Limit, Unit
from gezhi.cases.rules.applications.application import Application, names_of
from gezhi.cases.rules.applications.approval_row import ApprovalRow
from gezhi.cases.rules.applications.asking import TooMuch
from gezhi.cases.rules.applications.kind import Ask, FormPart, KindRule
from gezhi.cases.rules.clocks.clock import Clock, ClockKind
from gezhi.cases.rules.clocks.deadline import end_clock
from gezhi.cases.rules.commands.command import Command
from gezhi.cases.rules.entries import Step
from gezhi.cases.rules.entry_kinds import EntryKind
from gezhi.cases.rules.facts import Facts
from gezhi.cases.rules.marks import Mark
from gezhi.cases.rules.stages import Status
from gezhi.cases.rules.state import CaseState
from gezhi.kernel.application_kinds import ApplicationKind
from gezhi.kernel.moments import DAY_S
from gezhi.kernel.permissions import Role
from gezhi.kernel.problems import Problem
from gezhi.kernel.words import require_words
from gezhi.policy.rules.local_policy import OFFICE

_STOPPED = (ClockKind.HANDLING, ClockKind.HELPING, ClockKind.RECEIPT)


class NoEnd(Problem):
    code = "cases.asking.no-end"
    status = 422
    title = "缓办必须写明截止时间，且应晚于现在；到期后案件自动恢复办理。"
    title_en = "A suspension needs an end later than now; the case wakes by itself then."


class AskSuspension(Ask, frozen=True, tag="ask_suspension", kw_only=True):
    """申请缓办: `until` is the moment at which the case wakes by itself."""

    until: int


class Resume(Command, frozen=True, tag="resume", kw_only=True):
    reason: str


def _check(command: AskSuspension, row: ApprovalRow, _: CaseState, facts: Facts) -> None:
    if command.until <= facts.moment:
        raise NoEnd(field="until")
    if command.until > facts.moment + row.longest * DAY_S:
        most, most_en = f"{row.longest}天", f"{row.longest} days"
        raise TooMuch(field="until", **names_of(row.kind), most=most, most_en=most_en)


def _form_facts(row: ApprovalRow, _: CaseState) -> dict[str, Any]:
    return {"most_days": row.longest}


def _grant(state: CaseState, application: Application, facts: Facts) -> Step:
    """同意缓办: no clock runs but the one that wakes the case; the others stand still from the asking. Granted too late
    there is nothing left to wait for.
    """
    until = application.until or 0
    if until <= facts.moment:
        raise NoEnd(field="until")
    clock = state.clock(ClockKind.HANDLING)
    assert clock is not None  # asked for by a unit to which the case was dispatched
    waking = Clock(
        kind=ClockKind.SUSPENSION,
        calendar=clock.calendar,
        unit=Unit.URGENT_HOUR,
        limit=until - facts.moment,
        due=until,
        warn=until,
        since=facts.moment,
    )
    stopped = [one for kind in _STOPPED for one in facts.pause(state, kind, since=application.effective)]
    kind = EntryKind.SUSPENSION_GRANTED
    return Step(
        kind=kind,
        status=Status.SUSPENDED,
        application=application,
        clocks=(*stopped, waking),
        due=until,
        marks=(Mark(kind),),
    )


def woken(state: CaseState, facts: Facts, kind: EntryKind) -> Step:
    """恢复办理: every clock that the suspension stopped runs again with the rest of its limit."""
    leading = state.leading
    received = leading is not None and leading.received is not None
    resumed = [clock for one in _STOPPED for clock in _resume(state, one, facts)]
    return Step(
        kind=kind,
        status=Status.HANDLING if received else Status.DISPATCHED,
        clocks=(*_ended(state, facts), *resumed),
        marks=(Mark(kind),),
    )


def _ended(state: CaseState, facts: Facts) -> tuple[Clock, ...]:
    """The suspension ends at its end, however much later the clock loop comes by."""
    clock = state.clock(ClockKind.SUSPENSION)
    assert clock is not None  # the status suspended has its clock
    return (end_clock(facts.timing, clock, at=min(facts.moment, clock.due)),)


def _resume(state: CaseState, kind: ClockKind, facts: Facts) -> tuple[Clock, ...]:
    clock = state.clock(kind)
    if kind is ClockKind.HANDLING and not state.is_with_leading_unit:
        return ()
    return facts.resume(state, kind) if clock is not None and clock.ended is None else ()


def decide_resume(state: CaseState, command: Resume, facts: Facts) -> Step:
    """提前恢复: the unit can go on before the end of the suspension."""
    return msgspec.structs.replace(
        woken(state, facts, EntryKind.RESUMED), reason=require_words("reason", command.reason)
    )


SUSPENSION = KindRule(
    kind=ApplicationKind.SUSPENSION,
    command=AskSuspension,
    asked=EntryKind.SUSPENSION_ASKED,
    granted=EntryKind.SUSPENSION_GRANTED,
    refused=EntryKind.SUSPENSION_REFUSED,
    preset=ApprovalRow(
        kind=ApplicationKind.SUSPENSION,
        steps=(Role.DISPATCHER, Role.LEADER),
        above_ceiling=(Role.SUPERVISOR,),
        most_granted=1,
        before_deadline=True,
        needs_proof=True,
        longest=365,
        warning=30,
        ceiling=50,
        decide_within=Limit(1, Unit.WORK_DAY, OFFICE),
    ),
    grant=_grant,
    effect=(
        "缓办期间不计时、不计入应处置，恢复后照常计数",
        "No clock runs and it is not among what is to be handled while suspended; counted as ever afterwards",
    ),
    empty=(
        "需要等季节、工程或条件的案件申请缓办，到期自动恢复，过程都会记在这里。",
        "Cases that wait for a season, works or conditions are suspended and wake by themselves; it all stands here.",
    ),
    what=("缓办至 {until}", "Suspended until {until}"),
    check=_check,
    parts=(FormPart("until", "moment"),),
    form_facts=_form_facts,
    longest_in="days",
)
