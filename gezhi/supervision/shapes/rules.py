"""督办规定、问责规定: their rows as they come in and go out."""

from __future__ import annotations

from datetime import date
from typing import Annotated

import msgspec
from pydantic import BaseModel, Field, StringConstraints

from gezhi.calendars.rules.limits import Limit, limit_of
from gezhi.calendars.shapes import LimitOut, limit_out
from gezhi.plumbing.shapes import Exact
from gezhi.policy.rules.local_policy import OFFICE
from gezhi.supervision.rules.accountability import HUNDREDTHS, AccountabilityKind
from gezhi.supervision.rules.accountability_rules import AccountabilityRow
from gezhi.supervision.rules.addressees import ADDRESSEES, Addressee
from gezhi.supervision.rules.automatic import LevelRow

PLAIN = r"^[^\x00]*$"
Words = Annotated[str, StringConstraints(pattern=PLAIN, max_length=4_000)]


class RegisterLimitShape(Exact):
    value: int = Field(gt=0, le=1_000)
    unit: str


class LevelRowIn(Exact):
    """`share`: per mille of the limit, `hours`: work hours; the handling is late by both."""

    level: int
    active: bool = True
    share: int = Field(ge=0, le=100_000)
    hours: int = Field(ge=0, le=10_000)
    reply: RegisterLimitShape
    requirement: Words


class AccountabilityRowIn(Exact):
    kind: AccountabilityKind
    active: bool = True
    threshold: int = Field(ge=0, le=100_000)
    days: int = Field(30, ge=0, le=3_650)
    months: int = Field(0, ge=0, le=60)
    base: int = Field(0, ge=0, le=100_000)
    most_points: float = Field(5, ge=0, le=100)
    correct: RegisterLimitShape
    demand: Words


class LevelRowOut(BaseModel):
    level: int
    addressee: Addressee
    active: bool
    share: int
    hours: int
    reply: LimitOut
    requirement: str
    valid_from: date | None


class AccountabilityRowOut(BaseModel):
    kind: AccountabilityKind
    active: bool
    threshold: int
    days: int
    months: int
    base: int
    most_points: float
    correct: LimitOut
    demand: str
    valid_from: date | None


class RulesOut(BaseModel):
    """What is in force today, and what comes from a later day on."""

    levels: list[LevelRowOut]
    accountability: list[AccountabilityRowOut]
    coming_levels: list[LevelRowOut]
    coming_accountability: list[AccountabilityRowOut]


def level_row_out(row: LevelRow, valid_from: date | None = None) -> LevelRowOut:
    return LevelRowOut(
        level=row.level,
        addressee=ADDRESSEES[row.level],
        active=row.active,
        share=row.share,
        hours=row.hours,
        reply=limit_out(row.reply),
        requirement=row.requirement,
        valid_from=valid_from,
    )


def accountability_row_out(row: AccountabilityRow, valid_from: date | None = None) -> AccountabilityRowOut:
    return AccountabilityRowOut(
        kind=row.kind,
        active=row.active,
        threshold=row.threshold,
        days=row.days,
        months=row.months,
        base=row.base,
        most_points=row.most_points / HUNDREDTHS,
        correct=limit_out(row.correct),
        demand=row.demand,
        valid_from=valid_from,
    )


def level_row_of(row: LevelRowIn) -> LevelRow:
    fields = row.model_dump(exclude={"reply"})
    return msgspec.convert({**fields, "reply": _limit_of(row.reply)}, LevelRow)


def accountability_row_of(row: AccountabilityRowIn) -> AccountabilityRow:
    fields = row.model_dump(exclude={"correct", "most_points"})
    most = round(row.most_points * HUNDREDTHS)
    return msgspec.convert({**fields, "correct": _limit_of(row.correct), "most_points": most}, AccountabilityRow)


def _limit_of(shape: RegisterLimitShape) -> Limit:
    return limit_of(shape.value, shape.unit, calendar=OFFICE)
