"""Shapes of what somebody who takes a report is told: the place, what may be the same, and the city."""

from __future__ import annotations

from pydantic import BaseModel

from gezhi.cases.shapes.schemas import CaseRowOut
from gezhi.catalog.shapes import StandardOut
from gezhi.plumbing.shapes import TextOut, WordOut
from gezhi.policy.rules.channels import ChannelGroup


class CaseLocationOut(BaseModel):
    grid_code: str | None
    community: str | None
    street: str | None
    county: str | None
    outside: bool
    level: str | None


class SuggestedUnitOut(BaseModel):
    id: int
    name: str
    reason: TextOut


class LookedOut(BaseModel):
    """查重范围: within how many metres and hours likely duplicates were looked for; of a class and those near to it, or
    of any class.
    """

    metres: int
    hours: int
    any_class: bool


class SuggestionOut(BaseModel):
    location: CaseLocationOut | None
    rows: list[StandardOut]
    unit: SuggestedUnitOut | None
    duplicates: list[CaseRowOut]
    looked: LookedOut


class ChannelOut(WordOut):
    """上报渠道. `sender`: the form asks who it was; `in_force`: one can report by it today. The others name old cases."""

    group: ChannelGroup
    sender: bool
    in_force: bool


class ReasonOut(TextOut):
    """理由: what may be given with a command, and the answer that it proposes to those who reported the case."""

    command: str
    code: str
    answer: str


class CityOut(BaseModel):
    code: str
    name: str
    centre: list[float]
    bounds: list[float]
    channels: list[ChannelOut]
    reasons: list[ReasonOut]
    units: dict[str, list[str]]
