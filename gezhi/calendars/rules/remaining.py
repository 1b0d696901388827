"""剩余时限 / 超时: what is left of a deadline, in the largest unit that people count it in."""

from __future__ import annotations

from typing import Final

import msgspec

from gezhi.calendars.rules.limits import DAY_S, HOUR_S, MINUTE_S, NATURAL_SECONDS, Unit
from gezhi.calendars.rules.working_calendar import WorkingCalendar

URGENT: Final = ((Unit.URGENT_DAY, DAY_S), (Unit.URGENT_HOUR, HOUR_S))
WORKING: Final = ((Unit.WORK_HOUR, HOUR_S),)
COARSER_FROM: Final = 2 * DAY_S


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
        return _natural(last - first, late)
    if unit is Unit.WORK_DAY:
        days = abs(calendar.measure(first, last, unit)) // calendar.day_ticks
        if days:
            return Remaining(unit, days, late)
    seconds = calendar.measure(first, last, Unit.WORK_HOUR)
    if seconds >= HOUR_S:
        return Remaining(Unit.WORK_HOUR, seconds // HOUR_S, late)
    return Remaining(Unit.MINUTE, seconds // MINUTE_S, late)


def _natural(seconds: int, late: bool) -> Remaining:
    if seconds >= COARSER_FROM:
        return Remaining(Unit.URGENT_DAY, seconds // DAY_S, late)
    if seconds >= HOUR_S:
        return Remaining(Unit.URGENT_HOUR, seconds // HOUR_S, late)
    return Remaining(Unit.MINUTE, seconds // MINUTE_S, late)
