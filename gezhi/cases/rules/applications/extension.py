"""延期: more time on the handling clock, asked for before the deadline passes."""

from __future__ import annotations

from typing import Any

import msgspec

from gezhi.cases.rules.applications.application import Application, names_of
from gezhi.cases.rules.applications.approval_row import ApprovalRow
from gezhi.cases.rules.applications.asking import TooMuch
from gezhi.cases.rules.applications.kind import Ask, FormPart, KindRule
from gezhi.cases.rules.clocks.deadline import extend_clock
from gezhi.cases.rules.clocks.lateness import working_clock
from gezhi.cases.rules.entries import Step
from gezhi.cases.rules.entry_kinds import EntryKind
from gezhi.cases.rules.facts import Facts
from gezhi.cases.rules.marks import Mark
from gezhi.cases.rules.state import CaseState, Subject
from gezhi.kernel.application_kinds import ApplicationKind
from gezhi.kernel.permissions import Role


class AskExtension(Ask, frozen=True, tag="ask_extension", kw_only=True):
    """申请延期: more time on the handling clock; `value` counts in the unit of its limit."""

    value: int


def most_of(row: ApprovalRow, subject: Subject) -> int:
    """最长延期: per cent of the limit by the standard, in its own unit; never less than one."""
    return max(1, (subject.limit or 0) * row.longest // 100)


def _check(command: AskExtension, row: ApprovalRow, state: CaseState, _: Facts) -> None:
    most = most_of(row, state.subject)
    if not 1 <= command.value <= most:
        raise TooMuch(field="value", **names_of(row.kind), most=f"{most}（原时限单位）", most_en=f"{most} units")


def _form_facts(row: ApprovalRow, state: CaseState) -> dict[str, Any]:
    return {"most": most_of(row, state.subject), "unit": state.subject.unit}


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
        longest=100,
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
    check=_check,
    parts=(FormPart("value", "amount"),),
    form_facts=_form_facts,
    longest_in="percent",
)
