"""延期: more time on the handling clock, asked for before the deadline passes."""

from __future__ import annotations

from typing import Any

import msgspec

from gezhi.calendars.rules.limits import UNIT_NAMES, Limit, Unit
from gezhi.cases.rules.applications.application import Application, ApplicationOutcome, names_of
from gezhi.cases.rules.applications.approval_row import ApprovalRow
from gezhi.cases.rules.applications.asking import TooMuch
from gezhi.cases.rules.applications.kind import Ask, FormPart, KindRule, Words
from gezhi.cases.rules.clocks.deadline import extend_clock
from gezhi.cases.rules.clocks.lateness import working_clock
from gezhi.cases.rules.entries import Step
from gezhi.cases.rules.entry_kinds import EntryKind
from gezhi.cases.rules.facts import Facts
from gezhi.cases.rules.marks import Mark
from gezhi.cases.rules.state import CaseState
from gezhi.kernel.application_kinds import ApplicationKind
from gezhi.kernel.moments import MINUTE_S
from gezhi.kernel.permissions import Role
from gezhi.kernel.problems import Problem


class AskExtension(Ask, frozen=True, tag="ask_extension", kw_only=True):
    """申请延期: more time on the handling clock; `value` counts in the unit of its limit."""

    value: int


class LongestAlready(Problem):
    code = "cases.asking.longest-already"
    status = 409
    title = "本案累计延期已达 {granted}，按规定不能再延期；请抓紧办理，确有困难请报告指挥中心。"
    title_en = "The case was extended by {granted_en} in all, no more may be granted; tell the command centre."


def most_of(row: ApprovalRow, state: CaseState) -> int:
    """最长延期: per cent of the limit by the standard, in its own unit, never less than one; what all extensions together
    may be leaves less.
    """
    limit, granted = state.subject.limit or 0, _granted(state)
    most = max(1, limit * row.longest // 100)
    return min(most, max(1, limit * row.longest_in_all // 100) - granted) if row.longest_in_all else most


def _granted(state: CaseState) -> int:
    granted = (one for one in state.applications if one.outcome is ApplicationOutcome.GRANTED)
    return sum(one.value or 0 for one in granted if one.kind is ApplicationKind.EXTENSION)


def _worded(value: int, state: CaseState) -> Words:
    zh, en = UNIT_NAMES[Unit(state.subject.unit or Unit.WORK_DAY)]
    return f"{value} 个{zh}", f"{value} {en}"


def _used_up(row: ApprovalRow, state: CaseState) -> Problem | None:
    if most_of(row, state) >= 1:
        return None
    granted, granted_en = _worded(_granted(state), state)
    return LongestAlready(granted=granted, granted_en=granted_en)


def _check(command: AskExtension, row: ApprovalRow, state: CaseState, _: Facts) -> None:
    most = most_of(row, state)
    if not 1 <= command.value <= most:
        most_zh, most_en = _worded(most, state)
        raise TooMuch(field="value", **names_of(row.kind), most=most_zh, most_en=most_en)


def _minutes(command: AskExtension, facts: Facts, state: CaseState) -> int | None:
    clock = working_clock(state)
    if clock is None:
        return None
    more = Limit(command.value, Unit(clock.unit), clock.calendar)
    return facts.timing.calendar(clock.calendar).ticks(more) // MINUTE_S


def _form_facts(row: ApprovalRow, state: CaseState) -> dict[str, Any]:
    return {"most": max(most_of(row, state), 0), "unit": state.subject.unit}


def _grant(state: CaseState, application: Application, facts: Facts) -> Step:
    """同意延期: the handling clock gets the time that was asked for."""
    clock = working_clock(state)
    assert clock is not None  # asked for by a unit to which the case was dispatched
    longer = extend_clock(facts.timing, clock, value=application.value or 0, at=facts.moment)
    extended = msgspec.structs.replace(application, new_due=longer.due)
    kind = EntryKind.EXTENSION_GRANTED
    return Step(kind=kind, status=state.status, application=extended, clocks=(longer,), marks=(Mark(kind),))


EXTENSION = KindRule(
    kind=ApplicationKind.EXTENSION,
    command=AskExtension,
    asked=EntryKind.EXTENSION_ASKED,
    granted=EntryKind.EXTENSION_GRANTED,
    refused=EntryKind.EXTENSION_REFUSED,
    preset=ApprovalRow(
        kind=ApplicationKind.EXTENSION,
        steps=(Role.DISPATCHER, Role.DUTY_OFFICER),
        steps_again=(Role.DISPATCHER, Role.DUTY_OFFICER, Role.LEADER),
        above_ceiling=(Role.SUPERVISOR, Role.LEADER),
        most_granted=2,
        before_deadline=True,
        needs_proof=True,
        longest=50,
        longest_in_all=100,
        form_again=True,
        warning=30,
        ceiling=50,
    ),
    grant=_grant,
    effect=("按新时限计是否超时", "Late or not by the new deadline"),
    empty=(
        "责任单位在时限届满前申请延期，申请和审批意见都会记在这里。",
        "A unit asks for more time before the deadline passes; what was asked and decided stands here.",
    ),
    what=("延长 {more}", "{more} more"),
    used_up=_used_up,
    check=_check,
    minutes=_minutes,
    parts=(FormPart("value", "amount"),),
    form_facts=_form_facts,
    longest_in="percent",
)
