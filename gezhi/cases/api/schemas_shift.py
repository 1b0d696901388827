"""Shapes of the shift hand-over. Moments are ISO 8601 in UTC."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated
from uuid import UUID

from pydantic import BaseModel, Field

Words = Annotated[str, Field(max_length=2_000)]


class TurnOut(BaseModel):
    starts_at: datetime
    ends_at: datetime
    people: list[str]


class SheetCaseOut(BaseModel):
    id: UUID
    no: str
    class_zh: str
    class_en: str
    place: str
    due_at: datetime | None
    late: bool


class SheetQueueOut(BaseModel):
    queue: str
    label_zh: str
    label_en: str
    count: int
    overdue: int
    soon: int
    urgent: list[SheetCaseOut]


class DoneOut(BaseModel):
    kind: str
    label_zh: str
    label_en: str
    count: int


class MatterOut(BaseModel):
    text: str
    case_id: UUID | None
    case_no: str | None


class TakenOverOut(BaseModel):
    handover_id: UUID
    by: str
    open: int
    matters: list[MatterOut]


class SheetOut(BaseModel):
    made_at: datetime
    open: int
    overdue: int
    taken_over: TakenOverOut | None
    done: list[DoneOut]
    queues: list[SheetQueueOut]
    late: list[SheetCaseOut]
    supervised: list[SheetCaseOut]
    weather: str
    notes: str
    matters: list[MatterOut]


class SaidOut(BaseModel):
    seq: int
    kind: str
    by: str
    at: datetime
    text: str


class HandoverOut(BaseModel):
    """`state`: signed, asked, answered or accepted; `late`: signed after the grace."""

    id: UUID
    organisation: str
    role: str
    starts_at: datetime
    ends_at: datetime
    state: str
    late: bool
    by: str
    signed_at: datetime
    accepted_by: str | None
    accepted_at: datetime | None


class HandoverDetailOut(HandoverOut):
    said: list[SaidOut]
    sheet: SheetOut
    may_take: bool
    may_answer: bool


class HandoverPageOut(BaseModel):
    items: list[HandoverOut]
    next_cursor: str | None


class DutyOut(BaseModel):
    """`duty`: none, off, on, due, to_take, to_answer or left; `until`: the end of the turn, or its beginning when off."""

    duty: str
    role: str
    until: datetime | None
    handover_id: UUID | None


class ShiftOut(BaseModel):
    """The desk as its sitter sees it. `sheet`: the draft of the turn that they are to hand over."""

    duty: DutyOut
    organisation: str
    turn: TurnOut | None
    following: TurnOut | None
    sheet: SheetOut | None
    may_sign: bool
    sign_from: datetime | None
    waiting: HandoverOut | None
    left_out: list[TurnOut]


class MatterIn(BaseModel):
    model_config = {"extra": "forbid"}

    text: Annotated[str, Field(min_length=1, max_length=500)]
    case_id: UUID | None = None


class HandingOverIn(BaseModel):
    model_config = {"extra": "forbid"}

    weather: Annotated[str, Field(max_length=50)] = ""
    notes: Words = ""
    matters: Annotated[list[MatterIn], Field(max_length=30)] = []


class SayingIn(BaseModel):
    model_config = {"extra": "forbid"}

    text: Annotated[str, Field(min_length=1, max_length=2_000)]


class AcceptingIn(BaseModel):
    model_config = {"extra": "forbid"}

    text: Words = ""
