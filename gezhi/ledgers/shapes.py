"""A row of the approval matrix as it comes in and goes out."""

from __future__ import annotations

from datetime import date
from typing import Annotated

import msgspec
from pydantic import Field

from gezhi.calendars.rules.limits import limit_of
from gezhi.cases.rules.applications.approval_row import ApprovalRow
from gezhi.cases.rules.stages import Status
from gezhi.kernel.application_kinds import ApplicationKind
from gezhi.kernel.permissions import Role
from gezhi.plumbing.shapes import Exact
from gezhi.policy.rules.local_policy import OFFICE

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


class ApprovalRowOut(ApprovalRowIn):
    kind: ApplicationKind
    valid_from: date | None


def approval_row_of(kind: ApplicationKind, row: ApprovalRowIn) -> ApprovalRow:
    within = limit_of(row.decide_within.value, row.decide_within.unit, calendar=OFFICE)
    fields = row.model_dump(exclude={"decide_within"})
    return msgspec.convert({"kind": kind, **fields, "decide_within": msgspec.to_builtins(within)}, ApprovalRow)


def approval_row_out(row: ApprovalRow, valid_from: date | None = None) -> ApprovalRowOut:
    fields = msgspec.to_builtins(row)
    fields["decide_within"] = LimitShape(value=row.decide_within.value, unit=row.decide_within.unit)
    return ApprovalRowOut(**fields, valid_from=valid_from)
