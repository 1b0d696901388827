"""剩余时限 / 超时: what is left of a deadline, in the largest unit that people count it in."""

from __future__ import annotations

from typing import Final

import msgspec

from gezhi.calendars.rules.limits import NATURAL_SECONDS, Unit
from gezhi.calendars.rules.working_calendar import WorkingCalendar
from gezhi.kernel.moments import DAY_S, HOUR_S, MINUTE_S

DAYS_FROM: Final = 2 * DAY_S
"""Natural time is told in hours up to here (36 hours says more than 1 day), in days from here."""


class Remaining(msgspec.Struct, frozen=True):
    """剩 3 工作时 or 超 2 工作日, as pieces for a text in any language. Minutes of a work limit are working minutes."""

    unit: Unit
    value: int
    late: bool


def remaining(calendar: WorkingCalendar, *, now: int, due: int, unit: Unit) -> Remaining:
    """What is left (or over) between now and the deadline, whole and rounded down."""
    late = now > due
    first, last = (due, now) if late else (now, due)
    if unit in NATURAL_SECONDS:
        seconds, hour = last - first, Unit.URGENT_HOUR
        if seconds >= DAYS_FROM:
            return Remaining(Unit.URGENT_DAY, seconds // DAY_S, late)
    else:
        seconds, hour = calendar.measure(first, last, Unit.WORK_HOUR), Unit.WORK_HOUR
        days = calendar.measure(first, last, Unit.WORK_DAY) // calendar.day_ticks
        if unit is Unit.WORK_DAY and days > 0:
            return Remaining(unit, days, late)
    if seconds >= HOUR_S:
        return Remaining(hour, seconds // HOUR_S, late)
    return Remaining(Unit.MINUTE, seconds // MINUTE_S, late)
