"""申诉: after closing, the unit that handled the case last asks not to be counted as late."""

from __future__ import annotations

from gezhi.calendars.rules.limits import Limit, Unit
from gezhi.cases.rules.applications.application import Application
from gezhi.cases.rules.applications.approval_row import ApprovalRow
from gezhi.cases.rules.applications.kind import Ask, KindRule
from gezhi.cases.rules.entries import Step
from gezhi.cases.rules.entry_kinds import EntryKind
from gezhi.cases.rules.facts import Facts
from gezhi.cases.rules.marks import Mark
from gezhi.cases.rules.stages import Status
from gezhi.cases.rules.state import CaseState
from gezhi.kernel.application_kinds import ApplicationKind
from gezhi.kernel.permissions import Role
from gezhi.policy.rules.local_policy import OFFICE


class Appeal(Ask, frozen=True, tag="appeal", kw_only=True):
    """申诉: after closing, by the unit that handled the case last."""


def _grant(state: CaseState, application: Application, _: Facts) -> Step:
    """同意申诉: left out of lateness and of nothing else; that it was late stays visible."""
    kind = EntryKind.APPEAL_GRANTED
    return Step(kind=kind, status=state.status, application=application, exempt=application.exempt, marks=(Mark(kind),))


APPEAL = KindRule(
    kind=ApplicationKind.APPEAL,
    command=Appeal,
    asked=EntryKind.APPEALED,
    granted=EntryKind.APPEAL_GRANTED,
    refused=EntryKind.APPEAL_REFUSED,
    preset=ApprovalRow(
        kind=ApplicationKind.APPEAL,
        statuses=(Status.CLOSED,),
        steps=(Role.ACCEPTOR, Role.DUTY_OFFICER),
        above_ceiling=(Role.LEADER,),
        most_asked=1,
        needs_proof=True,
        exempts=True,
        warning=30,
        ceiling=50,
        decide_within=Limit(3, Unit.WORK_DAY, OFFICE),
    ),
    grant=_grant,
    against_dispatch=True,
    one_by_one=True,
    effect=("超时事实保留，统计不变", "Stays late in the statistics"),
    exempt_effect=("不计超时，其余照常计数", "Left out of lateness, counted everywhere else"),
    empty=(
        "结案后对超时等认定有异议的单位提出申诉，申诉和审批意见都会记在这里。",
        "Units appeal after closing, against being counted late and the like; it all stands here.",
    ),
)
