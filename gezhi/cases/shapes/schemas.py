"""Shapes that go out. Moments are ISO 8601 in UTC; texts come in both languages."""

from __future__ import annotations

from datetime import datetime
from typing import Any, Literal
from uuid import UUID

from pydantic import BaseModel, Field

from gezhi.calendars.rules.limits import Unit
from gezhi.cases.rules.applications import ApplicationKind, ApplicationOutcome
from gezhi.cases.rules.clocks.clock import ClockKind
from gezhi.cases.rules.clocks.lights import Light
from gezhi.cases.rules.difficulty import Difficulty
from gezhi.cases.rules.entries import Source
from gezhi.cases.rules.entry_kinds import EntryKind
from gezhi.cases.rules.marks import Mark
from gezhi.cases.rules.picture_marks import PictureMark
from gezhi.cases.rules.stages import Status
from gezhi.cases.rules.state import ClosingKind, End, TaskKind
from gezhi.catalog.shapes import ClassOut, StandardOut
from gezhi.kernel.permissions import Role
from gezhi.people.shapes import UnitOut
from gezhi.plumbing.shapes import PictureOut, TextOut

Step = Role | Literal["unit"]
"""Who decides on an application at a step: a kind of post, or the unit above the crew that asks."""


class RegionNamesOut(BaseModel):
    county: str
    street: str | None
    community: str | None


class ClockRunOut(BaseModel):
    """计时经过: one run of a clock, in whatever round."""

    kind: ClockKind
    round: int
    begun_at: datetime
    ended_at: datetime | None
    due_at: datetime
    late: bool


class RemainingOut(BaseModel):
    unit: Unit
    value: int
    late: bool


class ClockOut(BaseModel):
    kind: ClockKind
    state: Literal["running", "paused", "ended"]
    unit: Unit
    due_at: datetime
    warn_at: datetime
    started_at: datetime | None
    ended_at: datetime | None
    remaining: RemainingOut | None
    used_share: float
    provisional: bool
    late: bool
    light: Light


class CaseRowOut(BaseModel):
    id: UUID
    no: str
    status: Status
    stage: int
    class_: ClassOut | None = Field(serialization_alias="class")
    place: str
    region: RegionNamesOut
    grid_code: str | None
    outside: bool
    lon: float
    lat: float
    unit: UnitOut | None
    channel: str
    complaint: bool
    priority: TextOut | None
    reported_at: datetime
    closed_at: datetime | None
    due_at: datetime | None
    warn_at: datetime | None
    clock: ClockOut | None
    light: Light
    round: int
    pictures: int
    picture_marks: list[PictureMark]
    thumb: str | None
    report_count: int
    asking: ApplicationKind | None
    deciding: Step | None
    supervision: int
    major: int
    seq: int
    distance_m: int | None = None


class CasePictureOut(PictureOut):
    """`remarks`: what is odd about when, where and how it was made; `merged`: it came with a merged case."""

    at: datetime
    by: str | None
    use: Literal["before", "verified", "after", "inspected", "proof"]
    round: int
    merged: bool = False
    remarks: list[TextOut] = Field(default_factory=list)


class ReportOut(BaseModel):
    """`secret`: the sender asked for it; `may_open`: a reason opens name and phone for a while."""

    id: UUID
    channel: str
    at: datetime
    sender: str
    phone: str
    masked: bool
    secret: bool
    may_open: bool
    description: str
    wants_answer: bool
    by_call: bool
    answered_at: datetime | None
    came_from: CaseRefOut | None


class CaseRefOut(BaseModel):
    """另一案件: another case that the reader may see, by its number."""

    id: UUID
    no: str


class TaskOut(BaseModel):
    no: int
    kind: TaskKind
    collector: str
    issued_at: datetime
    answered_at: datetime | None
    passed: bool | None
    round: int


class AssignmentOut(BaseModel):
    no: int
    unit: UnitOut
    leading: bool
    level: int
    parent: int | None
    round: int
    dispatched_at: datetime
    due_at: datetime | None
    received_at: datetime | None
    handed_over_at: datetime | None
    ended_at: datetime | None
    end: End | None


class OpinionOut(BaseModel):
    step: Step
    by: str
    organisation: str
    at: datetime
    granted: bool
    text: str


class ApplicationOut(BaseModel):
    """申请: `steps` decide in order; the one after the last opinion is awaited while there is no outcome."""

    no: int
    kind: ApplicationKind
    unit: UnitOut | None
    asked_by: str
    asked_at: datetime
    late: bool
    times: int
    reason: str
    reason_word: TextOut | None
    form_no: str
    minutes_in_all: int
    pictures: list[CasePictureOut]
    steps: list[Step]
    opinions: list[OpinionOut]
    outcome: ApplicationOutcome | None
    ended_at: datetime | None
    value: int | None
    value_unit: Unit | None
    until_at: datetime | None
    old_due_at: datetime | None
    new_due_at: datetime | None
    share: int | None
    ceiling: int | None
    is_above: bool
    shirking: bool
    exempt: bool


class ActorOut(BaseModel):
    name: str
    post: str
    organisation: str


class CollectorOut(BaseModel):
    """采集员 whose beat and shift it was; `beat` by its name, `shift` in words: when, and whether it was entered late."""

    id: int
    name: str
    beat: str
    shift: TextOut


class StoryOut(BaseModel):
    seq: int
    kind: EntryKind
    at: datetime
    happened_at: datetime
    actor: ActorOut
    title: TextOut
    stage: int
    status: Status
    reason: str | None
    reason_word: TextOut | None
    text: str | None
    basis: str | None
    source: Source | None
    answers: list[str]
    unit: UnitOut | None
    collector: str | None
    results: list[dict[str, Any]]
    marks: list[Mark]
    pictures: list[CasePictureOut]
    due_at: datetime | None
    cost: int | None
    took_seconds: int | None
    other: CaseRefOut | None
    channel: str | None
    round: int
    verified: bool | None
    closing_kind: ClosingKind | None
    old_due_at: datetime | None
    new_due_at: datetime | None
    missed: CollectorOut | None


class ActionFormOut(BaseModel):
    """What the form of an action begins with, and what it has to know. What does not concern the action is null."""

    model_config = {"extra": "forbid"}

    unit_id: int | None = None
    unit_name: str | None = None
    reason: TextOut | None = None
    kind: ClosingKind | None = None
    class_key: str | None = None
    row_key: str | None = None
    place: str | None = None
    answer_needed: bool | None = None
    answer: str | None = None
    limit_needed: bool | None = None
    inspection_always: bool | None = None
    steps: list[Step] | None = None
    needs_proof: bool | None = None
    form_for: list[str] | None = None
    form_needed: bool | None = None
    most_granted: int | None = None
    most: int | None = None
    unit: Unit | None = None
    most_days: int | None = None
    application: ApplicationOut | None = None
    collectors: list[CollectorOut] | None = None
    collector_id: int | None = None
    is_last: bool | None = None
    may_shirk: bool | None = None


class ActionOut(BaseModel):
    command: str
    label: TextOut
    primary: bool
    suggestion: ActionFormOut


class StayOut(BaseModel):
    entered_at: datetime
    left_at: datetime | None
    seconds: int
    late: bool


class StageOut(TextOut):
    """环节: each time that the case was in it; the last one is the stage as it stands."""

    stage: int
    state: Literal["to_come", "now", "done", "skipped"]
    stays: list[StayOut]


class ExpectedOut(BaseModel):
    command: str
    label: TextOut


class CaseDetailOut(CaseRowOut):
    descriptions: list[str]
    reports: list[ReportOut]
    before: list[CasePictureOut]
    after: list[CasePictureOut]
    row: StandardOut
    clocks: list[ClockOut]
    runs: list[ClockRunOut]
    tasks: list[TaskOut]
    assignments: list[AssignmentOut]
    applications: list[ApplicationOut]
    timeline: list[StoryOut]
    actions: list[ActionOut]
    expected: list[ExpectedOut]
    stages: list[StageOut]
    duplicates: list[CaseRowOut]
    merged_into: CaseRefOut | None
    merged_here: list[CaseRefOut]
    closing_kind: ClosingKind | None
    verified: bool | None
    verify_by_rule: bool
    exempt: bool
    difficulty: Difficulty | None
    now: datetime


class WhyNotOut(BaseModel):
    allowed: bool
    code: str | None
    why: TextOut


class TakenOut(BaseModel):
    id: UUID
    no: str
    status: Status
    replayed: bool


class BatchLineOut(BaseModel):
    id: UUID
    no: str
    done: bool
    status: Status | None
    seq: int | None
    code: str | None
    why: TextOut | None


class BatchOut(BaseModel):
    items: list[BatchLineOut]
    done: int
