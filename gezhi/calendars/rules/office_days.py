"""工作日认定: is a date worked by a calendar, and in which periods."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from enum import StrEnum

import msgspec

from gezhi.calendars.rules.public_holidays import LAST_PUBLISHED, public_day
from gezhi.calendars.rules.timetable import Timetable, Windows, check_windows, length_of, timetable_on
from gezhi.kernel.moments import CHINA_OFFSET_S


class DayKind(StrEnum):
    """放假, 上班, or as the weekday is (a public notice that no longer holds)."""

    OFF = "off"
    WORK = "work"
    PLAIN = "week"


class WorkDayRule(StrEnum):
    """Where a limit of N work days ends. Cities differ [U], so it is a setting of the calendar."""

    SAME_POSITION = "same_position"
    END_OF_BUSINESS = "end_of_business"


class DayOverride(msgspec.Struct, frozen=True):
    """An own row for one date. Worked without periods takes those of an ordinary working day."""

    on: date
    kind: DayKind
    windows: Windows = ()
    name: str = ""


class CalendarDefinition(msgspec.Struct, frozen=True):
    """A named calendar as an administrator keeps it: `name` is its code, `title` what people read.

    `day_ticks` is how many ticks every work day counts, 0 for the length of the shortest weekday; it is fixed when the
    calendar is installed, since logs keep ticks. `published_through` is the last date whose holidays are known.
    """

    name: str
    title: str
    timetables: tuple[Timetable, ...]
    overrides: tuple[DayOverride, ...] = ()
    keeps_public_holidays: bool = True
    published_through: date = LAST_PUBLISHED
    work_day_rule: WorkDayRule = WorkDayRule.SAME_POSITION
    zone_offset_s: int = CHINA_OFFSET_S
    day_ticks: int = 0
    title_en: str = ""


def day_of(moment: int, zone_offset_s: int = CHINA_OFFSET_S) -> date:
    """The date on the wall calendar at a moment."""
    return (datetime.fromtimestamp(moment, tz=UTC) + timedelta(seconds=zone_offset_s)).date()


def midnight_of(day: date, zone_offset_s: int = CHINA_OFFSET_S) -> int:
    """The moment at which a day begins on the wall calendar."""
    return int(datetime(day.year, day.month, day.day, tzinfo=UTC).timestamp()) - zone_offset_s


def month_start(moment: int, zone_offset_s: int = CHINA_OFFSET_S) -> int:
    """The moment at which the month of a moment began on the wall calendar."""
    return midnight_of(day_of(moment, zone_offset_s).replace(day=1), zone_offset_s)


def check_definition(definition: CalendarDefinition) -> None:
    """Refuse a calendar whose periods are out of order."""
    for timetable in definition.timetables:
        for windows in timetable.weekdays:
            check_windows(windows)
    for override in definition.overrides:
        check_windows(override.windows)


def windows_on(definition: CalendarDefinition, override: DayOverride | None, day: date) -> Windows:
    """The working periods of a date: own row, then public notice, then weekday (工作日认定).

    A swapped workday is worked for a weekday that is off, so it is a whole day: it takes the periods of the first
    weekday worked where its own are none or fewer.
    """
    timetable = timetable_on(definition.timetables, day)
    weekdays = timetable.weekdays if timetable else ((),) * 7
    plain = weekdays[day.weekday()]
    if override is not None:
        if override.kind is DayKind.PLAIN:
            return plain
        return () if override.kind is DayKind.OFF else override.windows or _whole_day(plain, weekdays)
    notice = public_day(day) if definition.keeps_public_holidays else None
    if notice is None:
        return plain
    return _whole_day(plain, weekdays) if notice else ()


def _whole_day(plain: Windows, weekdays: tuple[Windows, ...]) -> Windows:
    return max((plain, next((windows for windows in weekdays if windows), ())), key=length_of)
