"""作废: the case should not be handled after all; it ends, and its senders are told."""

from __future__ import annotations

import msgspec

from gezhi.calendars.rules.limits import Limit, Unit
from gezhi.cases.rules.applications.application import Application
from gezhi.cases.rules.applications.approval_row import ApprovalRow
from gezhi.cases.rules.applications.kind import Ask, KindRule
from gezhi.cases.rules.clocks.clock import ClockKind
from gezhi.cases.rules.entries import Step
from gezhi.cases.rules.entry_kinds import EntryKind
from gezhi.cases.rules.facts import Facts
from gezhi.cases.rules.marks import Mark
from gezhi.cases.rules.stages import LATER, Status
from gezhi.cases.rules.state import CaseState, End
from gezhi.cases.rules.steps.major_cases import check_struck_off
from gezhi.cases.rules.steps.recalling import ended_parts
from gezhi.kernel.application_kinds import ApplicationKind
from gezhi.kernel.permissions import Role
from gezhi.policy.rules.local_policy import OFFICE


class AskVoid(Ask, frozen=True, tag="ask_void", kw_only=True):
    """申请作废: after registration; by the unit or by a seat."""


def _grant(state: CaseState, application: Application, facts: Facts) -> Step:
    """同意作废: counted apart from what was refused at acceptance or rejected at registration."""
    check_struck_off(state)
    kind = EntryKind.VOID_GRANTED
    return Step(
        kind=kind,
        status=Status.VOIDED,
        application=application,
        assignments=ended_parts(state, End.VOIDED, facts),
        tasks=tuple(
            msgspec.structs.replace(task, rerouted=facts.moment) for task in (state.open_task,) if task is not None
        ),
        clocks=facts.end(state, *ClockKind),
        marks=(Mark(kind),),
    )


VOID = KindRule(
    kind=ApplicationKind.VOID,
    command=AskVoid,
    asked=EntryKind.VOID_ASKED,
    granted=EntryKind.VOID_GRANTED,
    refused=EntryKind.VOID_REFUSED,
    preset=ApprovalRow(
        kind=ApplicationKind.VOID,
        askers=(Role.HANDLER, Role.ACCEPTOR, Role.DUTY_OFFICER, Role.DISPATCHER),
        statuses=tuple(sorted(LATER)),
        steps=(Role.DUTY_OFFICER, Role.LEADER),
        above_ceiling=(Role.SUPERVISOR,),
        warning=30,
        ceiling=50,
        decide_within=Limit(1, Unit.WORK_DAY, OFFICE),
    ),
    grant=_grant,
    effect=("不计入有效案件，按作废原因单独统计", "Not among the valid cases; counted apart by the reason of the void"),
    empty=(
        "立案后发现不应办理的案件申请作废，申请和审批意见都会记在这里。",
        "Cases that should not be handled after all are voided; what was asked and decided stands here.",
    ),
    answers_senders=True,
)
