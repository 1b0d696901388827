"""Shapes that go out. Moments are ISO 8601 in UTC; texts come in both languages."""

from __future__ import annotations

from datetime import datetime

from pydantic import BaseModel

from gezhi.cases.shapes.schemas import CaseRowOut
from gezhi.plumbing.shapes import TextOut


class CasePageOut(BaseModel):
    items: list[CaseRowOut]
    next_cursor: str | None
    total: int
    total_is_more: bool
    change_cursor: str
    now: datetime


class ChangeOut(BaseModel):
    row: CaseRowOut
    belongs: bool
    later: bool


class ChangesOut(BaseModel):
    items: list[ChangeOut]
    cursor: str
    now: datetime


class QueueOut(BaseModel):
    queue: str
    label: TextOut
    count: int | None
    overdue: int | None
    soon: int | None


class QueuesOut(BaseModel):
    items: list[QueueOut]
