"""A limit as every door shows it."""

from __future__ import annotations

from pydantic import BaseModel

from gezhi.calendars.rules.limits import Limit, Unit


class LimitOut(BaseModel):
    value: int
    unit: Unit


def limit_out(limit: Limit) -> LimitOut:
    return LimitOut(value=limit.value, unit=limit.unit)
