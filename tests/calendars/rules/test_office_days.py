from __future__ import annotations

from datetime import date, timedelta

import chinese_calendar
import pytest

from gezhi.calendars.rules.office_days import CalendarDefinition, DayKind, DayOverride, windows_on
from gezhi.calendars.rules.public_holidays import FIRST_PUBLISHED, LAST_PUBLISHED, public_day
from gezhi.calendars.rules.timetable import Timetable, windows_of_text
from tests.calendars.invented import DAY, MORNING, OFFICE, SATURDAYS, SEATS

MORE = windows_of_text("09:00-11:00")


def test_every_published_day_is_worked_exactly_when_the_library_says_so() -> None:
    days = (FIRST_PUBLISHED + timedelta(days=number) for number in range((LAST_PUBLISHED - FIRST_PUBLISHED).days + 1))
    wrong = [day for day in days if bool(windows_on(OFFICE, None, day)) is not chinese_calendar.is_workday(day)]
    assert wrong == []


def test_the_notices_take_a_day_off_have_it_worked_or_leave_it_alone() -> None:
    days = (date(2026, 10, 1), date(2026, 10, 10), date(2026, 10, 9), date(2027, 10, 1))
    assert [public_day(day) for day in days] == [False, True, None, None]


def test_a_swapped_saturday_takes_the_hours_of_an_ordinary_working_day() -> None:
    assert windows_on(OFFICE, None, date(2026, 10, 10)) == DAY


def test_a_swapped_saturday_keeps_its_own_hours_where_saturdays_are_worked() -> None:
    assert windows_on(SATURDAYS, None, date(2026, 10, 10)) == MORNING


def test_beyond_the_published_years_plain_weekdays_count() -> None:
    assert windows_on(OFFICE, None, date(2027, 10, 1)) == DAY
    assert windows_on(OFFICE, None, date(2027, 10, 2)) == ()


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
