"""审批矩阵: who may ask for what, how often, with what proof, who decides in which steps, and what it does.

Requirement R12. Rows are data with dates of effect; these presets are common practice, to be set by each city.
"""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

import msgspec

from gezhi.calendars.rules.limits import Limit, Unit
from gezhi.cases.rules.applications import KIND_NAMES, UNIT, Kind
from gezhi.cases.rules.local_policy import OFFICE
from gezhi.cases.rules.stages import AT_UNIT, LATER, Status
from gezhi.kernel.permissions import Role
from gezhi.kernel.problems import Problem

DECIDERS = (Role.DISPATCHER, Role.DUTY_OFFICER, Role.ACCEPTOR, Role.SUPERVISOR, Role.LEADER)
ASKERS = (Role.HANDLER, Role.ACCEPTOR, Role.DUTY_OFFICER, Role.DISPATCHER)
AT_THE_UNIT = tuple(sorted(AT_UNIT))
PER_MILLE = 1_000


class BadApprovalRow(Problem):
    code = "cases.approval-matrix.bad-row"
    status = 422
    title = "“{kind_name}”的审批规定有误：{what}。"
    title_en = "The approval row of “{kind_en}” is wrong: {what_en}."


class NotTheWholeCity(Problem):
    code = "cases.approval-matrix.not-the-whole-city"
    status = 403
    title = "审批规定对全市有效，只能由管辖全市的管理员调整。"
    title_en = "The approval matrix holds for the whole city; only an administrator of the whole city changes it."


class ApprovalRow(msgspec.Struct, frozen=True, kw_only=True):
    """审批规定 of one kind. Counts are per case and unit, 0 for any number; shares are per mille of a month's cases.

    `steps` are the roles that decide, in order; `steps_again` those from the second time on; `above_ceiling` follow
    where the unit's share would exceed `ceiling`, which holds from `share_base` cases on. `longest` is the most
    that can be granted: per cent of the limit for an extension, days for a suspension.
    """

    kind: Kind
    askers: tuple[Role, ...]
    statuses: tuple[Status, ...]
    steps: tuple[str, ...]
    steps_again: tuple[str, ...] = ()
    above_ceiling: tuple[str, ...] = ()
    most_granted: int = 0
    most_asked: int = 0
    before_deadline: bool = False
    needs_proof: bool = False
    longest: int = 0
    stops_clock: bool = False
    refusal_gives_time_back: bool = False
    exempts: bool = False
    undecided_expires: bool = False
    warning: int = 0
    ceiling: int = 0
    share_base: int = 50
    decide_within: Limit = Limit(4, Unit.WORK_HOUR, OFFICE)

    def steps_for(self, *, times: int, is_crew: bool, is_above: bool) -> tuple[str, ...]:
        """审批步骤: a crew asks its own unit first; the second time and too large a share take more steps."""
        if is_crew and self.kind is Kind.SEND_BACK:
            return (UNIT,)
        own = (UNIT,) if is_crew else ()
        steps = self.steps_again if times and self.steps_again else self.steps
        more = tuple(step for step in self.above_ceiling if step not in steps) if is_above else ()
        return (*own, *steps, *more)


def _row(kind: Kind, steps: tuple[Role, ...], **more: object) -> ApprovalRow:
    given: dict[str, object] = {"askers": (Role.HANDLER,), "statuses": AT_THE_UNIT, "warning": 30, "ceiling": 50}
    return msgspec.convert({"kind": kind, "steps": steps, **given, **more}, ApprovalRow)


MATRIX: Mapping[Kind, ApprovalRow] = MappingProxyType(
    {
        row.kind: row
        for row in (
            _row(Kind.SEND_BACK, (Role.DISPATCHER,), above_ceiling=(Role.DUTY_OFFICER,), stops_clock=True, ceiling=80),
            _row(
                Kind.EXTENSION,
                (Role.DISPATCHER, Role.DUTY_OFFICER),
                steps_again=(Role.DISPATCHER, Role.DUTY_OFFICER, Role.LEADER),
                above_ceiling=(Role.LEADER,),
                most_granted=2,
                before_deadline=True,
                longest=100,
            ),
            _row(
                Kind.SUSPENSION,
                (Role.DISPATCHER, Role.LEADER),
                most_granted=1,
                needs_proof=True,
                longest=365,
                exempts=True,
                decide_within=Limit(1, Unit.WORK_DAY, OFFICE),
            ),
            _row(
                Kind.VOID,
                (Role.DUTY_OFFICER, Role.LEADER),
                askers=ASKERS,
                statuses=tuple(sorted(LATER)),
                exempts=True,
                decide_within=Limit(1, Unit.WORK_DAY, OFFICE),
            ),
            _row(
                Kind.APPEAL,
                (Role.DISPATCHER, Role.ACCEPTOR),
                statuses=(Status.CLOSED,),
                most_asked=1,
                needs_proof=True,
                exempts=True,
                decide_within=Limit(3, Unit.WORK_DAY, OFFICE),
            ),
        )
    }
)


def check_row(row: ApprovalRow) -> ApprovalRow:
    """A row that can be worked with, or the Problem that says what is wrong with it."""
    widest = MATRIX[row.kind]
    deciders = {role.value for role in DECIDERS}
    faults = (
        (not row.steps, "至少要有一个审批步骤", "at least one step must decide"),
        (
            any(step not in deciders for step in (*row.steps, *row.steps_again, *row.above_ceiling)),
            "审批步骤只能是派遣员、值班长、受理员、督察员或领导",
            "a step is a dispatcher, duty officer, acceptor, supervisor or leader",
        ),
        (
            not row.askers or not set(row.askers) <= set(widest.askers),
            "申请岗位超出本类申请的范围",
            "these posts cannot ask for this",
        ),
        (
            not row.statuses or not set(row.statuses) <= set(widest.statuses),
            "案件状态超出本类申请的范围",
            "it cannot be asked for at these statuses",
        ),
        (
            row.kind in (Kind.EXTENSION, Kind.SUSPENSION) and row.longest <= 0,
            "须写明最长可批多少",
            "state the most that can be granted",
        ),
        (
            not 0 <= row.warning <= row.ceiling <= PER_MILLE,
            "预警线不能高于上限，上限不能超过 100%",
            "the warning lies above the ceiling, or the ceiling above 100 %",
        ),
    )
    for wrong, what, what_en in faults:
        if wrong:
            name, name_en = KIND_NAMES[row.kind]
            raise BadApprovalRow(kind_name=name, kind_en=name_en, what=what, what_en=what_en)
    return row


def share_of(granted: int, given: int) -> int:
    """占比: per mille of the cases given to a unit in a month; none given counts as one."""
    return granted * PER_MILLE // max(given, 1)
