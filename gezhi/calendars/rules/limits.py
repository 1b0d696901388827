"""处置时限: a limit is a positive number of one unit, counted by one named calendar."""

from __future__ import annotations

from enum import StrEnum
from typing import Final

import msgspec

from gezhi.kernel.moments import DAY_S, HOUR_S, MINUTE_S
from gezhi.kernel.problems import Problem


class Unit(StrEnum):
    """工作时限单位. Urgent units and minutes run day and night; work units stand still outside working hours."""

    MINUTE = "minute"
    URGENT_HOUR = "urgent_hour"
    URGENT_DAY = "urgent_day"
    WORK_HOUR = "work_hour"
    WORK_DAY = "work_day"


UNIT_NAMES: Final = {
    Unit.MINUTE: ("分钟", "minutes"),
    Unit.URGENT_HOUR: ("紧急工作时", "urgent hours"),
    Unit.URGENT_DAY: ("紧急工作日", "urgent days"),
    Unit.WORK_HOUR: ("工作时", "work hours"),
    Unit.WORK_DAY: ("工作日", "work days"),
}
NATURAL_SECONDS: Final = {Unit.MINUTE: MINUTE_S, Unit.URGENT_HOUR: HOUR_S, Unit.URGENT_DAY: DAY_S}
"""Units that count natural time, holidays too (紧急工作时, 紧急工作日)."""


class UnknownUnit(Problem):
    code = "calendars.limits.unknown-unit"
    status = 422
    title = "时限单位“{unit}”不存在，请选用分钟、紧急工作时、紧急工作日、工作时或工作日。"
    title_en = "There is no limit unit '{unit}': use minute, urgent_hour, urgent_day, work_hour or work_day."


class LimitNotPositive(Problem):
    code = "calendars.limits.not-positive"
    status = 422
    title = "时限必须是大于零的整数，现为“{value}”，请更正。"
    title_en = "A limit must be a whole number above zero, not '{value}'."


class Limit(msgspec.Struct, frozen=True):
    """How long something may take, in which unit, by which calendar. Build it from outside input with `limit_of`."""

    value: int
    unit: Unit
    calendar: str = "office"


def unit_of(text: str) -> Unit:
    """The unit of this code, or `UnknownUnit`."""
    try:
        return Unit(text)
    except ValueError:
        raise UnknownUnit(unit=text, field="unit") from None


def limit_of(value: int, unit: str, *, calendar: str) -> Limit:
    """A checked limit (时限): a known unit and a whole value above zero."""
    if value != int(value) or value <= 0:
        raise LimitNotPositive(value=value, field="value")
    return Limit(int(value), unit_of(unit), calendar)
