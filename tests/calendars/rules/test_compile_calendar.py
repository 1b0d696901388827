from __future__ import annotations

from datetime import date
from typing import Any

import msgspec
import pytest

from gezhi.calendars.rules.compile_calendar import (
    compile_calendar,
    day_number,
    provisional_from,
    shortest_day_ticks,
    swap_from,
    worked_days,
)
from gezhi.calendars.rules.office_days import CalendarDefinition, DayKind, DayOverride, WorkDayRule
from gezhi.calendars.rules.timetable import Timetable, WindowsOutOfOrder, windows_of_text
from gezhi.calendars.rules.working_calendar import NEVER, CalendarNeverOpens, WorkingCalendar
from tests.calendars.invented import DAY, MORNING, NEVER_OPEN, OFFICE, SATURDAYS, SEATS, at

LONG = windows_of_text("08:00-12:00 14:00-18:00")
SHORT = windows_of_text("09:00-11:00")
SEVEN_DAYS = ((),) * 7

# Worked on two dates only: the first and the last day of 2026.
TWO_DAYS = CalendarDefinition(
    "two-days",
    "头尾两天",
    (Timetable("空", SEVEN_DAYS),),
    overrides=(
        DayOverride(date(2026, 1, 1), DayKind.WORK, LONG),
        DayOverride(date(2026, 12, 31), DayKind.WORK, SHORT),
    ),
    day_ticks=4 * 3600,
)
FIRST, LAST = 20_454, 20_818  # days since 1 January 1970


def test_the_compiled_calendar_is_the_sum_of_its_days() -> None:
    """A day of eight hours counts no more than the four that a work day has; one of two hours counts two."""
    assert _parts(TWO_DAYS) == {
        "name": "two-days",
        "opens": [at("2026-01-01 08:00"), at("2026-01-01 14:00"), at("2026-12-31 09:00")],
        "seconds_before": [0, 4 * 3600, 8 * 3600, 10 * 3600],
        "day_numbers": [FIRST, LAST],
        "day_seconds_before": [0, 8 * 3600, 10 * 3600],
        "day_ticks_before": [0, 4 * 3600, 6 * 3600],
        "day_ticks": 4 * 3600,
        "even_days": False,
        "end_of_business": False,
        "zone_offset_s": 8 * 3600,
        "starts_at": at("2026-01-01 00:00"),
        "ends_at": at("2027-01-01 00:00"),
        "provisional_from": at("2027-01-01 00:00"),
        "swap_from": at("2026-12-26 00:00"),
    }


def test_to_the_end_of_business_a_short_day_counts_like_a_long_one() -> None:
    to_the_end = msgspec.structs.replace(TWO_DAYS, work_day_rule=WorkDayRule.END_OF_BUSINESS)
    parts = _parts(to_the_end)
    assert (parts["end_of_business"], parts["day_ticks_before"]) == (True, [0, 4 * 3600, 8 * 3600])


def test_days_are_even_where_every_one_has_the_length_that_counts() -> None:
    assert _parts(OFFICE)["even_days"] is True
    assert _parts(SATURDAYS)["even_days"] is False
    assert _parts(msgspec.structs.replace(OFFICE, day_ticks=4 * 3600))["even_days"] is False


def test_a_calendar_counts_in_the_zone_of_its_city() -> None:
    """Where clocks are an hour ahead, everything is an hour earlier."""
    parts = _parts(msgspec.structs.replace(TWO_DAYS, zone_offset_s=9 * 3600))
    assert parts["opens"][0] == at("2026-01-01 07:00")
    assert (parts["starts_at"], parts["ends_at"]) == (at("2025-12-31 23:00"), at("2026-12-31 23:00"))
    assert (parts["provisional_from"], parts["swap_from"]) == (at("2026-12-31 23:00"), at("2026-12-25 23:00"))


def test_the_worked_days_are_those_of_the_whole_years_and_no_others() -> None:
    assert worked_days(TWO_DAYS, first_year=2026, last_year=2026) == [(FIRST, LONG), (LAST, SHORT)]
    around = worked_days(SEATS, first_year=2026, last_year=2027)
    assert [number for number, _ in around] == list(range(FIRST, FIRST + 365 + 365))


@pytest.mark.parametrize(
    ("weekdays", "hours"),
    [((*(DAY,) * 5, (), ()), 8), ((*(DAY,) * 5, MORNING, ()), 3.5), (SEVEN_DAYS, 8)],
    ids=["office", "half a Saturday", "only own days"],
)
def test_a_work_day_counts_what_the_shortest_weekday_has(weekdays: tuple[object, ...], hours: float) -> None:
    definition = CalendarDefinition("c", "日历", (Timetable("全年", weekdays),))  # type: ignore[arg-type]
    assert shortest_day_ticks(definition) == hours * 3600


def test_deadlines_are_provisional_from_the_day_after_the_last_published_one() -> None:
    published = msgspec.structs.replace(OFFICE, published_through=date(2026, 12, 31))
    assert provisional_from(published) == at("2027-01-01 00:00")
    assert provisional_from(SEATS) == NEVER


@pytest.mark.parametrize(
    ("last", "saturday"),
    [("2026-12-31", "2026-12-26"), ("2022-12-31", "2022-12-31"), ("2023-12-31", "2023-12-30")],
    ids=["Thursday", "Saturday", "Sunday"],
)
def test_the_next_notice_may_have_the_last_weekend_before_it_worked(last: str, saturday: str) -> None:
    published = msgspec.structs.replace(OFFICE, published_through=date.fromisoformat(last))
    assert swap_from(published) == at(f"{saturday} 00:00")
    assert swap_from(SEATS) == NEVER


def test_days_are_numbered_from_the_beginning_of_1970() -> None:
    assert [day_number(day) for day in (date(1970, 1, 1), date(1970, 1, 2), date(2026, 1, 1))] == [0, 1, FIRST]


def test_a_calendar_that_never_opens_is_refused_by_its_name() -> None:
    with pytest.raises(CalendarNeverOpens) as caught:
        _compiled(NEVER_OPEN)
    assert caught.value.details == {"calendar": "never"}


def test_periods_out_of_order_are_refused() -> None:
    wrong = msgspec.structs.replace(OFFICE, timetables=(Timetable("反", (LONG[::-1], *((),) * 6)),))
    with pytest.raises(WindowsOutOfOrder):
        _compiled(wrong)


def _compiled(definition: CalendarDefinition) -> WorkingCalendar:
    return compile_calendar(definition, first_year=2026, last_year=2026)


def _parts(definition: CalendarDefinition) -> dict[str, Any]:
    return msgspec.structs.asdict(_compiled(definition))
