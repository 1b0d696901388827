"""调整审批规定: a row of the approval matrix is changed by whoever may, from a day on."""

from __future__ import annotations

from datetime import date

from gezhi.calendars.rules.office_days import day_of
from gezhi.cases.actions import put_approval_row_in_force
from gezhi.cases.queries.registers import held_policy
from gezhi.cases.rules.applications.approval_row import ApprovalRow
from gezhi.kernel.permissions import Actor
from gezhi.kernel.problems import Problem
from gezhi.people.rules.region_prefix import is_whole
from gezhi.plumbing.clock import Clock


class InThePast(Problem):
    code = "ledgers.approval-matrix.in-the-past"
    status = 422
    title = "审批规定不能从过去的日期起改变，请选择今天或以后的日期。"
    title_en = "An approval row cannot change from a day in the past; choose today or later."


class NotTheWholeCity(Problem):
    code = "ledgers.approval-matrix.not-the-whole-city"
    status = 403
    title = "审批规定对全市有效，只能由管辖全市的管理员调整。"
    title_en = "The approval matrix holds for the whole city; only an administrator of the whole city changes it."


def change_approval_row(row: ApprovalRow, *, valid_from: date, clock: Clock, actor: Actor, reason: str) -> None:
    """调整审批规定: by an administrator of the whole city, never for days that have passed."""
    node = held_policy().node
    if not is_whole(node, actor.scope.regions):
        raise NotTheWholeCity
    if valid_from < day_of(clock()):
        raise InThePast(field="valid_from")
    put_approval_row_in_force(node, row, valid_from=valid_from, clock=clock, changed_by=actor.user_id, reason=reason)
