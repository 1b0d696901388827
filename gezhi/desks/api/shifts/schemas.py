"""Shapes of the shift hand-over. Moments are ISO 8601 in UTC."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated, Literal
from uuid import UUID

from pydantic import BaseModel, Field

from gezhi.cases.rules.clocks.clock import ClockKind
from gezhi.plumbing.shapes import Exact, TextOut

Desk = Literal["acceptor", "duty-officer", "dispatcher"]
State = Literal["signed", "asked", "answered", "accepted"]
Words = Annotated[str, Field(max_length=2_000)]


class TurnOut(BaseModel):
    starts_at: datetime
    ends_at: datetime
    people: list[str]


class SheetCaseOut(BaseModel):
    id: UUID
    no: str
    class_name: TextOut
    place: str
    due_at: datetime | None
    late: bool
    clock: ClockKind | None


class SheetQueueOut(BaseModel):
    queue: str
    label: TextOut
    count: int
    overdue: int
    soon: int
    urgent: list[SheetCaseOut]


class DoneOut(BaseModel):
    kind: str
    label: TextOut
    count: int


class PassedOnOut(BaseModel):
    text: str
    case_id: UUID | None
    case_no: str | None


class TakenOverOut(BaseModel):
    handover_id: UUID
    by: str
    open: int
    passed_on: list[PassedOnOut]


class SheetOut(BaseModel):
    made_at: datetime
    open: int
    overdue: int
    taken_over: TakenOverOut | None
    done: list[DoneOut]
    queues: list[SheetQueueOut]
    late: list[SheetCaseOut]
    supervised: list[SheetCaseOut]
    supervised_count: int
    weather: str
    notes: str
    passed_on: list[PassedOnOut]


class SaidOut(BaseModel):
    seq: int
    kind: State
    by: str
    at: datetime
    text: str


class HandoverOut(BaseModel):
    """`state`: signed, asked, answered or accepted; `late`: signed after the grace."""

    id: UUID
    organisation: str
    role: Desk
    starts_at: datetime
    ends_at: datetime
    state: State
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


class DeskDutyOut(BaseModel):
    """`duty`: none, off, on, due, to_take, to_answer or left; `until`: the end of the turn, or its beginning when
    off.
    """

    duty: Literal["none", "off", "on", "due", "to_take", "to_answer", "left"]
    until: datetime | None
    handover_id: UUID | None


class ShiftOut(BaseModel):
    """The desk as its sitter sees it. `sheet`: the draft of the turn that they are to hand over."""

    duty: DeskDutyOut
    organisation: str
    turn: TurnOut | None
    following: TurnOut | None
    sheet: SheetOut | None
    may_sign: bool
    sign_from: datetime | None
    waiting: HandoverOut | None
    left_out: list[TurnOut]


class PassedOnIn(Exact):
    text: Annotated[str, Field(min_length=1, max_length=500)]
    case_id: UUID | None = None


class HandingOverIn(Exact):
    weather: Annotated[str, Field(max_length=50)] = ""
    notes: Words = ""
    passed_on: Annotated[list[PassedOnIn], Field(max_length=30)] = Field(default_factory=list)


class SayingIn(Exact):
    text: Annotated[str, Field(min_length=1, max_length=2_000)]


class AcceptingIn(Exact):
    text: Words = ""
