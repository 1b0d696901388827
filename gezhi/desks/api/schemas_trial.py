"""责任试算的样子: which unit, which limit, who decides, and why, for a class at a place at a moment."""

from __future__ import annotations

from datetime import date, datetime

from pydantic import BaseModel, Field

from gezhi.calendars.shapes import LimitOut
from gezhi.catalog.shapes import ClassOut, StandardOut
from gezhi.duties.rules.weighing import Verdict
from gezhi.duties.shapes.rows import DutyOut
from gezhi.kernel.application_kinds import ApplicationKind
from gezhi.plumbing.shapes import TextOut
from gezhi.policy.rules.clock_kinds import ClockKind
from gezhi.policy.rules.holders import Holder


class TrialAreaOut(BaseModel):
    code: str
    name: str


class AreaLevelOut(TrialAreaOut):
    """区域等级, and the area that gives it."""

    level: str


class TrialPlaceOut(BaseModel):
    """`areas` from the grid up; `outside`: in no unit grid."""

    areas: list[TrialAreaOut]
    outside: bool
    level: AreaLevelOut | None


class WeighedRowOut(BaseModel):
    row: DutyOut
    verdict: Verdict


class TrialStandardOut(BaseModel):
    """`by_level`: the limit is that of the area's level; `due_at`: when it passes if the case is dispatched now."""

    row: StandardOut
    by_level: bool
    due_at: datetime
    provisional: bool


class StageLimitOut(BaseModel):
    """`due_at`: when it passes if its clock starts now."""

    clock: ClockKind
    limit: LimitOut
    due_at: datetime
    provisional: bool
    holder: Holder


class PlatformStageOut(BaseModel):
    stage: int
    levels: list[int]


class PlatformModeOut(BaseModel):
    """平台模式: which levels perform which stage here."""

    name: str
    stages: list[PlatformStageOut]


class DecidingPostOut(BaseModel):
    title: TextOut
    organisation: TextOut


class DecidingStepOut(BaseModel):
    """`posts`: who holds that role for this place, the narrowest region first; `more` others do."""

    step: str
    posts: list[DecidingPostOut]
    more: int


class TrialApprovalOut(BaseModel):
    """`again`: who decides from the second time on; `above`: who joins above the ceiling."""

    kind: ApplicationKind
    steps: list[str]
    again: list[str]
    above: list[str]
    decide_within: LimitOut


class TrialOut(BaseModel):
    """`unit` is null where the table names nobody: `why` says so. `more_rows` were left out of `rows`."""

    class_: ClassOut = Field(serialization_alias="class")
    edition: str
    on: date
    at: datetime
    place: TrialPlaceOut
    unit_id: int | None
    unit: TextOut | None
    why: TextOut
    rows: list[WeighedRowOut]
    more_rows: int
    standards: list[TrialStandardOut]
    stages: list[StageLimitOut]
    platforms: PlatformModeOut | None
    approvals: list[TrialApprovalOut]
    deciders: list[DecidingStepOut]
