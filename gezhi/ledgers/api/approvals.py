"""审批规定: the approval matrix in force, and a new version of one of its rows."""

from __future__ import annotations

from datetime import date
from typing import Annotated

import msgspec
from django.http import HttpRequest
from pydantic import BaseModel, Field

from gezhi.calendars.rules.limits import Limit, limit_of
from gezhi.calendars.rules.office_days import day_of
from gezhi.cases.queries.registers import held_matrix
from gezhi.cases.rules.applications.approval_row import ApprovalRow
from gezhi.cases.rules.applications.matrix import DECIDERS, MATRIX
from gezhi.cases.rules.local_policy import OFFICE
from gezhi.cases.rules.stages import Status
from gezhi.kernel.application_kinds import ApplicationKind
from gezhi.kernel.permissions import Permission, Role
from gezhi.ledgers.actions import change_approval_row
from gezhi.ledgers.api.routes import router
from gezhi.plumbing.clock import system_clock
from gezhi.plumbing.doors import actor_of
from gezhi.plumbing.shapes import DayIn, Exact

NAMED = "gezhi_cases_api_approvals"
"""Programs of others are generated from the names of operations, so these do not follow the folder."""
Count = Annotated[int, Field(ge=0, le=1_000)]
Words = Annotated[list[str], Field(max_length=12)]


class LimitShape(Exact):
    value: Annotated[int, Field(gt=0, le=1_000)]
    unit: str


class ApprovalRowIn(Exact):
    askers: Annotated[list[Role], Field(max_length=12)]
    statuses: Annotated[list[Status], Field(max_length=20)]
    steps: Words
    steps_again: Words = Field(default_factory=list)
    above_ceiling: Words = Field(default_factory=list)
    most_granted: Count = 0
    most_asked: Count = 0
    before_deadline: bool = False
    needs_proof: bool = False
    longest: Annotated[int, Field(ge=0, le=3_650)] = 0
    longest_in_all: Annotated[int, Field(ge=0, le=3_650)] = 0
    form_for: Annotated[list[Annotated[str, Field(max_length=40)]], Field(max_length=20)] = Field(default_factory=list)
    form_again: bool = False
    steps_form: Words = Field(default_factory=list)
    stops_clock: bool = False
    refusal_gives_time_back: bool = False
    exempts: bool = False
    undecided_expires: bool = False
    warning: Count = 0
    ceiling: Count = 0
    share_base: Annotated[int, Field(ge=0, le=100_000)] = 20
    share_days: Annotated[int, Field(ge=1, le=366)] = 30
    decide_within: LimitShape


class ApprovalChangeIn(Exact):
    row: ApprovalRowIn
    valid_from: DayIn
    reason: Annotated[str, Field(min_length=1, max_length=500)]


class ApprovalRowOut(ApprovalRowIn):
    kind: ApplicationKind
    valid_from: date | None


class ApprovalsOut(BaseModel):
    """`rows` are in force today, `coming` from a later day on; the words are what may be chosen."""

    rows: list[ApprovalRowOut]
    coming: list[ApprovalRowOut]
    askers: dict[ApplicationKind, list[Role]]
    statuses: dict[ApplicationKind, list[Status]]
    deciders: list[Role]


def _row_out(row: ApprovalRow, valid_from: date | None) -> ApprovalRowOut:
    fields = msgspec.to_builtins(row)
    fields["decide_within"] = LimitShape(value=row.decide_within.value, unit=row.decide_within.unit)
    return ApprovalRowOut(**fields, valid_from=valid_from)


@router.get(
    "/approvals", permission=Permission.LEDGERS_READ, response=ApprovalsOut, operation_id=f"{NAMED}_read_approvals"
)
def read_approvals(request: HttpRequest) -> ApprovalsOut:  # noqa: ARG001
    """The approval matrix (审批矩阵): who may ask, how often, who decides."""
    today, matrix = day_of(system_clock()), held_matrix()
    begun = {row.kind: since for since, row in reversed(matrix.versions) if since <= today}
    return ApprovalsOut(
        rows=[_row_out(row, begun.get(row.kind)) for row in matrix.on(today).values()],
        coming=[_row_out(row, since) for since, row in matrix.versions if since > today],
        askers={kind: list(row.askers) for kind, row in MATRIX.items()},
        statuses={kind: [status for status in Status if status in row.statuses] for kind, row in MATRIX.items()},
        deciders=list(DECIDERS),
    )


@router.put(
    "/approvals/{kind}",
    permission=Permission.SETTINGS_WRITE,
    response=ApprovalsOut,
    operation_id=f"{NAMED}_change_approvals",
    repeats="the same version of a row is kept once",
)
def change_approvals(request: HttpRequest, kind: ApplicationKind, asked: ApprovalChangeIn) -> ApprovalsOut:
    """A new version of one row from a day on; sent again it stays as it is."""
    fields = asked.row.model_dump(exclude={"decide_within"})
    within: Limit = limit_of(asked.row.decide_within.value, asked.row.decide_within.unit, calendar=OFFICE)
    row = msgspec.convert({"kind": kind, **fields, "decide_within": msgspec.to_builtins(within)}, ApprovalRow)
    change_approval_row(
        row,
        valid_from=asked.valid_from,
        clock=system_clock,
        actor=actor_of(request),
        reason=asked.reason,
    )
    return read_approvals(request)
