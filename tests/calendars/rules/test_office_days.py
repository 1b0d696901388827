from __future__ import annotations

from datetime import date, timedelta

import chinese_calendar
import pytest

from gezhi.calendars.rules.office_days import (
    CalendarDefinition,
    DayKind,
    DayOverride,
    check_definition,
    day_of,
    midnight_of,
    month_start,
    windows_on,
)
from gezhi.calendars.rules.public_holidays import FIRST_PUBLISHED, LAST_PUBLISHED
from gezhi.calendars.rules.timetable import Timetable, WindowsOutOfOrder, windows_of_text
from tests.calendars.invented import DAY, MORNING, OFFICE, SATURDAYS, SEATS, at

MORE = windows_of_text("09:00-11:00")


def test_every_published_day_is_worked_exactly_when_the_library_says_so() -> None:
    days = (FIRST_PUBLISHED + timedelta(days=number) for number in range((LAST_PUBLISHED - FIRST_PUBLISHED).days + 1))
    wrong = [day for day in days if bool(windows_on(OFFICE, None, day)) is not chinese_calendar.is_workday(day)]
    assert wrong == []


def test_a_swapped_saturday_takes_the_hours_of_an_ordinary_working_day() -> None:
    assert windows_on(OFFICE, None, date(2026, 10, 10)) == DAY


def test_a_swapped_saturday_is_worked_as_long_as_a_weekday_where_saturdays_are_half_days() -> None:
    """17 October is an ordinary Saturday of this calendar."""
    assert windows_on(SATURDAYS, None, date(2026, 10, 10)) == DAY
    assert windows_on(SATURDAYS, DayOverride(date(2026, 10, 17), DayKind.WORK), date(2026, 10, 17)) == DAY
    assert windows_on(SATURDAYS, None, date(2026, 10, 17)) == MORNING


def test_beyond_the_published_years_plain_weekdays_count_but_for_the_holidays_of_the_law() -> None:
    """Friday 1 October 2027; the Thursday before it, the Saturday after it, and Monday 4 October; New Year's Eve."""
    assert windows_on(OFFICE, None, date(2027, 2, 5)) == ()
    assert windows_on(OFFICE, None, date(2027, 10, 1)) == ()
    assert windows_on(SEATS, None, date(2027, 10, 1)) != ()
    assert windows_on(OFFICE, None, date(2027, 9, 30)) == windows_on(OFFICE, None, date(2027, 10, 4)) == DAY
    assert windows_on(OFFICE, None, date(2027, 10, 2)) == ()


def test_a_notice_that_no_longer_holds_leaves_a_day_to_its_weekday() -> None:
    """Of 2026: Thursday 1 October, a holiday, and Saturday 10 October, worked for it."""
    off, worked = date(2026, 10, 1), date(2026, 10, 10)
    assert windows_on(OFFICE, DayOverride(off, DayKind.PLAIN), off) == DAY
    assert windows_on(OFFICE, DayOverride(worked, DayKind.PLAIN), worked) == ()
    assert windows_on(SATURDAYS, DayOverride(worked, DayKind.PLAIN), worked) == MORNING


def test_a_calendar_of_shifts_works_through_holidays() -> None:
    assert windows_on(SEATS, None, date(2026, 10, 1)) != ()


@pytest.mark.parametrize(
    ("override", "windows"),
    [
        (DayOverride(date(2026, 10, 1), DayKind.WORK), DAY),
        (DayOverride(date(2026, 10, 1), DayKind.WORK, MORE), MORE),
        (DayOverride(date(2026, 10, 1), DayKind.OFF), ()),
    ],
)
def test_an_own_row_goes_before_the_notice(override: DayOverride, windows: object) -> None:
    assert windows_on(OFFICE, override, date(2026, 10, 1)) == windows


def test_where_no_timetable_holds_nothing_is_worked() -> None:
    later = CalendarDefinition("later", "后设", (Timetable("全年", OFFICE.timetables[0].weekdays, date(2026, 3, 1)),))
    assert windows_on(later, None, date(2026, 2, 27)) == ()
    assert windows_on(later, None, date(2026, 3, 2)) == DAY


def test_a_swapped_sunday_takes_the_hours_of_the_first_weekday_that_is_worked() -> None:
    """10 October 2026 is a swapped Saturday; this office is shut on Mondays and has mornings only."""
    shut_on_mondays = CalendarDefinition("c", "日历", (Timetable("全年", ((), MORNING, *(DAY,) * 3, (), ())),))
    assert windows_on(shut_on_mondays, None, date(2026, 10, 10)) == MORNING


@pytest.mark.parametrize(
    ("moment", "day"),
    [
        ("2026-02-28 23:59:59", date(2026, 2, 28)),
        ("2026-03-01 00:00", date(2026, 3, 1)),
        ("2026-03-01 07:59:59", date(2026, 3, 1)),  # still the 28th in London
    ],
)
def test_the_day_is_the_one_on_the_wall_calendar_of_the_city(moment: str, day: date) -> None:
    assert day_of(at(moment)) == day


def test_a_day_begins_at_midnight_in_china() -> None:
    assert midnight_of(date(2026, 11, 24)) == 1_795_449_600
    assert [day_of(midnight_of(date(2026, 3, 1)) + beside) for beside in (0, -1)] == [
        date(2026, 3, 1),
        date(2026, 2, 28),
    ]


def test_a_month_begins_at_midnight_of_its_first_day_in_the_city() -> None:
    moments = ("2026-02-28 23:59:59", "2026-03-01 00:00", "2026-03-31 12:00")
    assert [month_start(at(moment)) for moment in moments] == [
        at("2026-02-01 00:00"),
        at("2026-03-01 00:00"),
        at("2026-03-01 00:00"),
    ]


def test_the_zone_may_be_another_one() -> None:
    """At half past eleven in the evening in China it is half past twelve of the next day one zone to the east."""
    moment = at("2026-02-28 23:30")
    assert day_of(moment, 9 * 3600) == date(2026, 3, 1)
    assert month_start(moment, 9 * 3600) == at("2026-02-28 23:00")


def test_periods_out_of_order_are_refused_in_a_timetable_and_in_an_own_row() -> None:
    backward = DAY[::-1]
    check_definition(OFFICE)
    for wrong in (
        CalendarDefinition("c", "日历", (Timetable("反", ((),) * 6 + (backward,)),)),
        CalendarDefinition("c", "日历", (), overrides=(DayOverride(date(2026, 3, 4), DayKind.WORK, backward),)),
    ):
        with pytest.raises(WindowsOutOfOrder):
            check_definition(wrong)


def test_a_calendar_counts_by_default_as_an_office_in_china_does() -> None:
    plain = CalendarDefinition("c", "日历", ())
    assert (plain.keeps_public_holidays, plain.zone_offset_s, plain.day_ticks) == (True, 28_800, 0)
