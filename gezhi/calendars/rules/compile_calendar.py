"""Compiles a calendar into sorted whole numbers, so that one deadline is a few binary searches."""

from __future__ import annotations

from datetime import date, timedelta
from functools import lru_cache
from itertools import accumulate
from typing import Final

from gezhi.calendars.rules.office_days import CalendarDefinition, WorkDayRule, check_definition, windows_on
from gezhi.calendars.rules.timetable import Windows, length_of
from gezhi.calendars.rules.working_calendar import NEVER, CalendarNeverOpens, WorkingCalendar
from gezhi.kernel.moments import DAY_S, HOUR_S

SATURDAY: Final = 5
EPOCH_ORDINAL: Final = date(1970, 1, 1).toordinal()


@lru_cache(maxsize=16)
def compile_calendar(definition: CalendarDefinition, *, first_year: int, last_year: int) -> WorkingCalendar:
    """The working calendar over whole years, or `CalendarNeverOpens`; of one definition compiled once per process."""
    check_definition(definition)
    days = worked_days(definition, first_year=first_year, last_year=last_year)
    if not days:
        raise CalendarNeverOpens(calendar=definition.name)
    lengths = [length_of(windows) for _, windows in days]
    day_ticks = definition.day_ticks or shortest_day_ticks(definition)
    to_the_end = definition.work_day_rule is WorkDayRule.END_OF_BUSINESS
    counts = [day_ticks if to_the_end else min(length, day_ticks) for length in lengths]
    opens, spans = [], []
    for number, windows in days:
        midnight = number * DAY_S - definition.zone_offset_s
        opens += [midnight + window.opens for window in windows]
        spans += [window.closes - window.opens for window in windows]
    return WorkingCalendar(
        name=definition.name,
        opens=opens,
        seconds_before=list(accumulate(spans, initial=0)),
        day_numbers=[number for number, _ in days],
        day_seconds_before=list(accumulate(lengths, initial=0)),
        day_ticks_before=list(accumulate(counts, initial=0)),
        day_ticks=day_ticks,
        even_days=set(lengths) == {day_ticks},
        end_of_business=to_the_end,
        zone_offset_s=definition.zone_offset_s,
        starts_at=day_number(date(first_year, 1, 1)) * DAY_S - definition.zone_offset_s,
        ends_at=day_number(date(last_year + 1, 1, 1)) * DAY_S - definition.zone_offset_s,
        provisional_from=provisional_from(definition),
        swap_from=swap_from(definition),
    )


def worked_days(definition: CalendarDefinition, *, first_year: int, last_year: int) -> list[tuple[int, Windows]]:
    """The number (days since 1970) and the periods of every worked date of the years."""
    overrides = {override.on: override for override in definition.overrides}
    first, last = date(first_year, 1, 1).toordinal(), date(last_year, 12, 31).toordinal()
    days = map(date.fromordinal, range(first, last + 1))
    listed = ((day, windows_on(definition, overrides.get(day), day)) for day in days)
    return [(day_number(day), windows) for day, windows in listed if windows]


def shortest_day_ticks(definition: CalendarDefinition) -> int:
    """What every work day of a calendar counts: the working seconds of the shortest weekday worked."""
    weeks = (windows for timetable in definition.timetables for windows in timetable.weekdays if windows)
    return min(map(length_of, weeks), default=8 * HOUR_S)


def provisional_from(definition: CalendarDefinition) -> int:
    """The first moment of which the holidays are not yet published."""
    if not definition.keeps_public_holidays:
        return NEVER
    return (day_number(definition.published_through) + 1) * DAY_S - definition.zone_offset_s


def swap_from(definition: CalendarDefinition) -> int:
    """The last weekend of which they are: the notice of the next year may have it worked for New Year's Day."""
    if not definition.keeps_public_holidays:
        return NEVER
    last = definition.published_through
    saturday = last - timedelta(days=(last.weekday() - SATURDAY) % 7)
    return day_number(saturday) * DAY_S - definition.zone_offset_s


def day_number(day: date) -> int:
    return day.toordinal() - EPOCH_ORDINAL
