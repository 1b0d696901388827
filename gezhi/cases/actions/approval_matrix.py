"""审批规定: puts a row of the approval matrix in force from a day on; earlier versions stay."""

from __future__ import annotations

from datetime import UTC, date, datetime

import msgspec
from django.db import transaction

from gezhi.calendars.rules.office_days import day_of
from gezhi.cases.models import ApprovalRowVersion
from gezhi.cases.queries.registers import MATRIX_ROWS, held_policy
from gezhi.cases.rules.applications.approval_row import ApprovalRow
from gezhi.cases.rules.applications.matrix import NotTheWholeCity, check_row
from gezhi.kernel.permissions import Actor
from gezhi.kernel.problems import Problem
from gezhi.people.rules.region_prefix import is_whole
from gezhi.plumbing.clock import Clock
from gezhi.plumbing.versions import bump


class InThePast(Problem):
    code = "cases.approval-matrix.in-the-past"
    status = 422
    title = "审批规定不能从过去的日期起改变，请选择今天或以后的日期。"
    title_en = "An approval row cannot change from a day in the past; choose today or later."


@transaction.atomic
def put_approval_row_in_force(
    node: str, row: ApprovalRow, *, valid_from: date, clock: Clock, changed_by: int = 0, reason: str = ""
) -> None:
    """The row of a kind from this day on; the same day again replaces what was entered for it."""
    document, at = msgspec.to_builtins(check_row(row)), datetime.fromtimestamp(clock(), UTC)
    ApprovalRowVersion.objects.update_or_create(
        node=node,
        kind=row.kind.value,
        valid_from=valid_from,
        defaults={"document": document, "changed_by": changed_by, "changed_at": at, "reason": reason},
    )
    bump(MATRIX_ROWS)


def change_approval_row(row: ApprovalRow, *, valid_from: date, clock: Clock, actor: Actor, reason: str) -> None:
    """调整审批规定: by an administrator of the whole city, never for days that have passed."""
    node = held_policy().node
    if not is_whole(node, actor.scope.regions):
        raise NotTheWholeCity
    if valid_from < day_of(clock()):
        raise InThePast(field="valid_from")
    put_approval_row_in_force(node, row, valid_from=valid_from, clock=clock, changed_by=actor.user_id, reason=reason)
