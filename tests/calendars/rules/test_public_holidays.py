from __future__ import annotations

from datetime import date

from gezhi.calendars.rules.public_holidays import FIRST_PUBLISHED, LAST_PUBLISHED, public_day


def test_the_notices_are_known_for_whole_years() -> None:
    assert date(2004, 1, 1) == FIRST_PUBLISHED
    assert (LAST_PUBLISHED.month, LAST_PUBLISHED.day) == (12, 31)


def test_the_notices_take_a_day_off_have_it_worked_or_leave_it_alone() -> None:
    """National Day, the Saturday that is worked for it, an ordinary Friday, and a year of which nothing is known."""
    days = (date(2026, 10, 1), date(2026, 10, 10), date(2026, 10, 9), date(2027, 10, 1))
    assert [public_day(day) for day in days] == [False, True, None, None]
