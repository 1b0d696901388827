"""审批规定: the approval matrix in force, and what comes. A change is proposed (`amendments`)."""

from __future__ import annotations

from django.http import HttpRequest
from pydantic import BaseModel

from gezhi.calendars.rules.office_days import day_of
from gezhi.cases.queries.registers import held_matrix
from gezhi.cases.rules.applications.matrix import DECIDERS, MATRIX
from gezhi.cases.rules.stages import Status
from gezhi.kernel.application_kinds import ApplicationKind
from gezhi.kernel.permissions import Permission, Role
from gezhi.ledgers.api.routes import router
from gezhi.ledgers.shapes import ApprovalRowOut, approval_row_out
from gezhi.plumbing.clock import system_clock

NAMED = "gezhi_cases_api_approvals"
"""Programs of others are generated from the names of operations, so these do not follow the folder."""


class ApprovalsOut(BaseModel):
    """`rows` are in force today, `coming` from a later day on; the words are what may be chosen."""

    rows: list[ApprovalRowOut]
    coming: list[ApprovalRowOut]
    askers: dict[ApplicationKind, list[Role]]
    statuses: dict[ApplicationKind, list[Status]]
    deciders: list[Role]


@router.get(
    "/approvals", permission=Permission.LEDGERS_READ, response=ApprovalsOut, operation_id=f"{NAMED}_read_approvals"
)
def read_approvals(request: HttpRequest) -> ApprovalsOut:  # noqa: ARG001
    """The approval matrix (审批矩阵): who may ask, how often, who decides."""
    today, matrix = day_of(system_clock()), held_matrix()
    begun = {row.kind: since for since, row in reversed(matrix.versions) if since <= today}
    return ApprovalsOut(
        rows=[approval_row_out(row, begun.get(row.kind)) for row in matrix.on(today).values()],
        coming=[approval_row_out(row, since) for since, row in matrix.versions if since > today],
        askers={kind: list(row.askers) for kind, row in MATRIX.items()},
        statuses={kind: [status for status in Status if status in row.statuses] for kind, row in MATRIX.items()},
        deciders=list(DECIDERS),
    )
