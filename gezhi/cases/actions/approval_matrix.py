"""审批规定: puts a row of the approval matrix in force from a day on; earlier versions stay."""

from __future__ import annotations

from datetime import UTC, date, datetime

import msgspec
from django.db import transaction

from gezhi.cases.models import ApprovalRowVersion
from gezhi.cases.queries.registers import MATRIX_ROWS
from gezhi.cases.rules.applications.approval_row import ApprovalRow
from gezhi.cases.rules.applications.matrix import check_row
from gezhi.plumbing.clock import Clock
from gezhi.plumbing.versions import bump


@transaction.atomic
def put_approval_row_in_force(
    node: str,
    row: ApprovalRow,
    *,
    valid_from: date,
    clock: Clock,
    changed_by: int = 0,
    approved_by: int | None = None,
    reason: str = "",
) -> None:
    """The row of a kind from this day on; the same day again replaces what was entered for it."""
    by = {"changed_by": changed_by, "approved_by": approved_by, "reason": reason}
    ApprovalRowVersion.objects.update_or_create(
        node=node,
        kind=row.kind.value,
        valid_from=valid_from,
        defaults={
            "document": msgspec.to_builtins(check_row(row)),
            "changed_at": datetime.fromtimestamp(clock(), UTC),
            **by,
        },
    )
    bump(MATRIX_ROWS)
