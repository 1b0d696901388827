"""Shapes that go out. Moments are ISO 8601 in UTC; texts come in both languages."""

from __future__ import annotations

from datetime import datetime
from typing import Any
from uuid import UUID

from ninja import Schema
from pydantic import Field


class ClassOut(Schema):
    key: str
    name: str
    name_en: str
    kind: str
    major: str
    major_en: str


class UnitOut(Schema):
    id: int
    name: str


class RegionNamesOut(Schema):
    county: str
    street: str | None
    community: str | None


class RemainingOut(Schema):
    unit: str
    value: int
    late: bool


class ClockOut(Schema):
    kind: str
    name_zh: str
    name_en: str
    state: str
    unit: str
    due_at: datetime
    warn_at: datetime
    started_at: datetime | None
    ended_at: datetime | None
    remaining: RemainingOut | None
    used_share: float
    provisional: bool
    late: bool
    light: str


class CaseRowOut(Schema):
    id: UUID
    no: str
    status: str
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
    priority_zh: str | None
    priority_en: str | None
    reported_at: datetime
    closed_at: datetime | None
    due_at: datetime | None
    warn_at: datetime | None
    clock: ClockOut | None
    light: str
    round: int
    pictures: int
    thumb: str | None
    report_count: int
    asking: str | None
    seq: int
    distance_m: int | None = None


class CasePageOut(Schema):
    items: list[CaseRowOut]
    next_cursor: str | None
    total: int
    total_is_more: bool
    change_cursor: str
    now: datetime


class ChangesOut(Schema):
    items: list[CaseRowOut]
    cursor: str
    now: datetime


class QueueOut(Schema):
    queue: str
    label_zh: str
    label_en: str
    count: int | None
    overdue: int | None
    soon: int | None


class QueuesOut(Schema):
    items: list[QueueOut]


class PictureOut(Schema):
    sha256: str
    url: str
    thumb: str
    at: datetime
    by: str | None
    use: str
    round: int


class ReportOut(Schema):
    id: UUID
    channel: str
    channel_zh: str
    channel_en: str
    at: datetime
    sender: str
    phone: str
    masked: bool
    description: str
    wants_answer: bool
    answered_at: datetime | None


class ConditionOut(Schema):
    code: str
    zh: str
    en: str


class RowOut(Schema):
    key: str | None
    condition_zh: str
    condition_en: str
    limit_value: int | None
    limit_unit: str | None
    closing: list[ConditionOut]
    gap: bool


class TaskOut(Schema):
    no: int
    kind: str
    collector: str
    issued_at: datetime
    answered_at: datetime | None
    passed: bool | None
    round: int


class AssignmentOut(Schema):
    no: int
    unit: UnitOut
    leading: bool
    round: int
    dispatched_at: datetime
    received_at: datetime | None
    handed_over_at: datetime | None
    ended_at: datetime | None
    end: str | None


class ActorOut(Schema):
    name: str
    post: str
    organisation: str


class StoryOut(Schema):
    seq: int
    kind: str
    at: datetime
    happened_at: datetime
    actor: ActorOut
    title_zh: str
    title_en: str
    stage: int
    status: str
    reason: str | None
    text: str | None
    basis: str | None
    source: str | None
    answers: list[str]
    unit: UnitOut | None
    collector: str | None
    results: list[dict[str, Any]]
    marks: list[str]
    pictures: list[PictureOut]
    took_seconds: int | None


class ActionOut(Schema):
    command: str
    label_zh: str
    label_en: str
    primary: bool
    suggestion: dict[str, Any]


class StageOut(Schema):
    stage: int
    zh: str
    en: str
    state: str
    entered_at: datetime | None
    left_at: datetime | None
    seconds: int
    late: bool


class ExpectedOut(Schema):
    command: str
    label_zh: str
    label_en: str


class CaseDetailOut(CaseRowOut):
    descriptions: list[str]
    reports: list[ReportOut]
    before: list[PictureOut]
    after: list[PictureOut]
    row: RowOut
    clocks: list[ClockOut]
    tasks: list[TaskOut]
    assignments: list[AssignmentOut]
    timeline: list[StoryOut]
    actions: list[ActionOut]
    expected: list[ExpectedOut]
    stages: list[StageOut]
    duplicates: list[CaseRowOut]
    merged_into: UUID | None
    closing_kind: str | None
    verified: bool | None
    verify_by_rule: bool
    now: datetime


class WhyNotOut(Schema):
    allowed: bool
    code: str | None
    why_zh: str
    why_en: str


class LocationOut(Schema):
    grid_code: str | None
    community: str | None
    street: str | None
    county: str | None
    outside: bool
    level: str | None


class SuggestedUnitOut(Schema):
    id: int
    name: str
    reason_zh: str
    reason_en: str


class SuggestionOut(Schema):
    location: LocationOut | None
    rows: list[RowOut]
    unit: SuggestedUnitOut | None
    duplicates: list[CaseRowOut]


class TakenOut(Schema):
    id: UUID
    no: str
    status: str
    replayed: bool


class MapOut(Schema):
    type: str
    features: list[dict[str, Any]]
    truncated: bool


class ChannelOut(Schema):
    key: str
    zh: str
    en: str


class CityOut(Schema):
    code: str
    name: str
    centre: list[float]
    bounds: list[float]
    channels: list[ChannelOut]
    units: dict[str, list[str]]
    closing_kinds: list[ChannelOut]
