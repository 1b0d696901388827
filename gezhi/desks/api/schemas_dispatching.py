"""Shapes of the dispatch desk that go out."""

from __future__ import annotations

from datetime import datetime
from decimal import Decimal
from typing import Literal
from uuid import UUID

from pydantic import BaseModel

from gezhi.cases.rules.clocks.lights import Light
from gezhi.cases.rules.state import End
from gezhi.cases.shapes.schemas import CaseRowOut
from gezhi.people.shapes import UnitOut
from gezhi.plumbing.shapes import TextOut


class LoadOut(BaseModel):
    """在办负荷: counts at work now, and what was finished in the last fourteen days."""

    in_hand: int
    overdue: int
    due_today: int
    finished: int


class HintOut(TextOut):
    code: str
    case: UUID | None


class ChoiceOut(BaseModel):
    """可选单位: a unit that the case may go to. `source`: rework, settled, table, alternative, nearby."""

    unit: UnitOut
    source: Literal["rework", "settled", "table", "alternative", "nearby"]
    reason: TextOut
    load: LoadOut
    overloaded: bool
    usable: bool


class TraceOut(BaseModel):
    """派遣轨迹: one unit that had the case, how that ended and what it said."""

    unit: UnitOut
    leading: bool
    round: int
    dispatched_at: datetime
    received_at: datetime | None
    handed_over_at: datetime | None
    ended_at: datetime | None
    end: End | None


class ReturnOut(BaseModel):
    unit: UnitOut
    at: datetime
    reason: str
    opinion: str


class NeighbourOut(BaseModel):
    id: UUID
    no: str
    open: bool
    unit: UnitOut | None
    metres: int
    lon: float
    lat: float
    light: Light


class WaitingOut(BaseModel):
    """待派遣案件 with everything that the desk shows beside it."""

    row: CaseRowOut
    suggested: int | None
    choices: list[ChoiceOut]
    hints: list[HintOut]
    trace: list[TraceOut]
    returns: list[ReturnOut]
    near: list[NeighbourOut]


class DispatchingOut(BaseModel):
    items: list[WaitingOut]
    next_cursor: str | None
    total: int
    total_is_more: bool
    now: datetime


class DispatchCountOut(BaseModel):
    dispatched: int
    in_time: int
    sent_back: int
    recalled: int
    to_another: int
    wrong: int
    accuracy: Decimal | None
    timeliness: Decimal | None
    seconds: int | None


class DispatchRecordOut(BaseModel):
    month: str
    mine: DispatchCountOut
    last_month: DispatchCountOut
    centre: DispatchCountOut
    people: int
    meaning: TextOut
