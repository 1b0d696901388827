from __future__ import annotations

from datetime import date, timedelta

from gezhi.calendars.rules.public_holidays import FIRST_PUBLISHED, LAST_PUBLISHED, public_day, published_days


def test_the_notices_are_known_for_whole_years() -> None:
    assert date(2004, 1, 1) == FIRST_PUBLISHED
    assert (LAST_PUBLISHED.month, LAST_PUBLISHED.day) == (12, 31)


def test_the_notices_take_a_day_off_have_it_worked_or_leave_it_alone() -> None:
    """National Day, the Saturday that is worked for it, and an ordinary Friday."""
    days = (date(2026, 10, 1), date(2026, 10, 10), date(2026, 10, 9))
    assert [public_day(day) for day in days] == [False, True, None]


def test_of_a_year_without_a_notice_the_holidays_are_known_that_the_law_dates() -> None:
    """元旦, 劳动节, 国庆节 of 2027; every other day is as its weekday."""
    year = [date(2027, 1, 1) + timedelta(days=day) for day in range(365)]
    off = ["01-01", "05-01", "05-02", "10-01", "10-02", "10-03"]
    assert [f"{day:%m-%d}" for day in year if public_day(day) is False] == off
    assert not any(public_day(day) for day in year)


def test_a_notice_is_told_in_its_order_with_the_names_of_its_holidays() -> None:
    told = published_days(2026)
    assert (len(told), told[:4]) == (
        39,
        [
            (date(2026, 1, 1), False, "元旦"),
            (date(2026, 1, 2), False, "元旦"),
            (date(2026, 1, 3), False, "元旦"),
            (date(2026, 1, 4), True, "元旦"),
        ],
    )
    assert published_days(2027) == []
