"""A limit as every door shows it, and days of a filter as moments."""

from __future__ import annotations

from datetime import date, timedelta

from pydantic import BaseModel

from gezhi.calendars.rules.limits import Limit, Unit
from gezhi.calendars.rules.office_days import midnight_of


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
