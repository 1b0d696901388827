"""Shapes of the workbenches of units and of those who watch over them."""

from __future__ import annotations

from datetime import datetime

from pydantic import BaseModel

from gezhi.cases.rules.difficulty import Difficulty
from gezhi.cases.shapes.schemas import CaseRowOut
from gezhi.desks.api.schemas_dispatching import LoadOut
from gezhi.desks.rules.piles import Pile
from gezhi.people.shapes import UnitOut
from gezhi.plumbing.shapes import PictureOut, TextOut


class CrewPartOut(BaseModel):
    """下派情况: a crew that has the case from the unit, and the result that it handed up."""

    unit: UnitOut
    received: bool
    handed_up_at: datetime | None
    text: str
    pictures: list[PictureOut]


class UnitOrderOut(BaseModel):
    """工单: a case in the hands of the unit, with the unit's own part. `again`: the work comes back, in a later round or
    because more was asked for.
    """

    row: CaseRowOut
    pile: Pile
    again: bool
    unit: UnitOut
    leading: bool
    received_at: datetime | None
    handed_over_at: datetime | None
    dispatched_at: datetime
    crews: list[CrewPartOut]


class PileOut(TextOut):
    key: Pile
    count: int


class CrewOut(BaseModel):
    """班组: a body below the unit, its people and what it has in hand. `area`: the prefix of its region."""

    unit: UnitOut
    area: str
    level: int
    people: int
    load: LoadOut


class WorkbenchOut(BaseModel):
    unit: UnitOut
    level: int
    piles: list[PileOut]
    supervised: int
    items: list[UnitOrderOut]
    more: bool
    crews: list[CrewOut]
    load: LoadOut
    now: datetime


class FigureOut(TextOut):
    """指标卡: `against` says what `other` is, the figure to compare with; `listed`: the filters of its list."""

    key: str
    value: int
    other: int
    against: TextOut
    listed: dict[str, str]
    bad: bool


class UnitLineOut(BaseModel):
    unit: UnitOut
    in_hand: int
    overdue: int


class BandOut(TextOut):
    count: int


class OwnerlessOut(BaseModel):
    row: CaseRowOut
    difficulty: Difficulty
    since: datetime


class OverviewOut(BaseModel):
    needs: list[FigureOut]
    today: list[FigureOut]
    units: list[UnitLineOut]
    all_in_hand: int
    all_overdue: int
    bands: list[BandOut]
    ownerless: list[OwnerlessOut]
    now: datetime
