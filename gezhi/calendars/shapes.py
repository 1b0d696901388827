"""A limit as every door shows it, days of a filter as moments, and the arrangement of a year as it is sent."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Annotated

from ninja import Path
from pydantic import BaseModel, Field, StringConstraints

from gezhi.calendars.rules.limits import Limit, Unit
from gezhi.calendars.rules.office_days import midnight_of
from gezhi.calendars.rules.year_plan import PlannedDay, YearPlan
from gezhi.plumbing.shapes import DayIn, Exact

MOST_DAYS = 120
Year = Annotated[int, Path(ge=1900, le=2999)]
Line = Annotated[str, StringConstraints(pattern=r"^[^\x00-\x1f\x7f]*$", max_length=200, strip_whitespace=True)]


class PlannedDayIn(Exact):
    on: DayIn
    worked: bool
    name: Annotated[str, StringConstraints(pattern=r"^[^\x00-\x1f\x7f]*$", max_length=60, strip_whitespace=True)] = ""


class YearIn(Exact):
    """`basis`: the notice of the State Council; `reason`: why a year that was entered is corrected."""

    days: Annotated[list[PlannedDayIn], Field(max_length=MOST_DAYS)]
    basis: Line
    reason: Line = ""


class LimitOut(BaseModel):
    value: int
    unit: Unit


def limit_out(limit: Limit) -> LimitOut:
    return LimitOut(value=limit.value, unit=limit.unit)


def first_moment(day: date | None) -> int | None:
    return None if day is None else midnight_of(day)


def moment_after(day: date | None) -> int | None:
    """The first moment that no longer belongs to a day."""
    return None if day is None or day == date.max else midnight_of(day + timedelta(days=1))


def plan_of(year: int, sent: YearIn) -> YearPlan:
    days = tuple(PlannedDay(one.on, one.worked, one.name) for one in sent.days)
    return YearPlan(year=year, days=days, basis=sent.basis, reason=sent.reason)
