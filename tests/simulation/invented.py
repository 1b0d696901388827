"""The days over which tests let the invented city work."""

from __future__ import annotations

from datetime import date

from gezhi.calendars.rules.office_days import midnight_of
from gezhi.simulation.actions import CityToBuild, create_city
from gezhi.simulation.rules.duty_plan import period_until
from tests.fixtures import FixedClock

UNTIL = date(2026, 3, 2)
TEN = midnight_of(UNTIL) + 10 * 3_600
DAYS = 9


def build(days: int = DAYS, *, seed: int = 1) -> None:
    order = CityToBuild(preset="yunting", period=period_until(UNTIL, days), seed=seed)
    create_city(order, clock=FixedClock(TEN))
