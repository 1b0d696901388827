from __future__ import annotations

from datetime import date, timedelta

import pytest

from gezhi.calendars.rules.public_holidays import (
    FIRST_PUBLISHED,
    LAST_PUBLISHED,
    holidays_by_law,
    public_day,
    published_days,
)


def test_the_notices_are_known_for_whole_years() -> None:
    assert date(2004, 1, 1) == FIRST_PUBLISHED
    assert (LAST_PUBLISHED.month, LAST_PUBLISHED.day) == (12, 31)


def test_the_notices_take_a_day_off_have_it_worked_or_leave_it_alone() -> None:
    """National Day, the Saturday that is worked for it, and an ordinary Friday."""
    days = (date(2026, 10, 1), date(2026, 10, 10), date(2026, 10, 9))
    assert [public_day(day) for day in days] == [False, True, None]


BY_ALMANAC = {
    2027: "01-01 02-05 02-06 02-07 02-08 04-05 05-01 05-02 06-09 09-15 10-01 10-02 10-03",
    2028: "01-01 01-25 01-26 01-27 01-28 04-04 05-01 05-02 05-28 10-01 10-02 10-03",  # 中秋 on 3 October
    2033: "01-01 01-30 01-31 02-01 02-02 04-04 05-01 05-02 06-01 09-08 10-01 10-02 10-03",  # a leap month in winter
    2034: "01-01 02-18 02-19 02-20 02-21 04-05 05-01 05-02 06-20 09-27 10-01 10-02 10-03",
}


@pytest.mark.parametrize("year", BY_ALMANAC)
def test_of_a_year_without_a_notice_the_holidays_of_the_law_are_known_the_lunar_ones_too(year: int) -> None:
    """Every other day is as its weekday."""
    days = [day for at in range(366) if (day := date(year, 1, 1) + timedelta(days=at)).year == year]
    assert [f"{day:%m-%d}" for day in days if public_day(day) is False] == BY_ALMANAC[year].split()
    assert not any(map(public_day, days))


@pytest.mark.parametrize("year", range(2008, LAST_PUBLISHED.year + 1))
def test_what_the_law_takes_off_is_off_by_the_notice_of_every_year_too(year: int) -> None:
    """New Year's Eve and 2 May are holidays of the law since 2025."""
    by_law = list(holidays_by_law(year))
    younger = {by_law[1], date(year, 5, 2)} if year < 2025 else set()
    assert [day for day in by_law if day not in younger and day.weekday() < 5 and public_day(day) is not False] == []


def test_no_day_of_a_year_without_a_notice_is_swapped() -> None:
    year = [date(2027, 1, 1) + timedelta(days=day) for day in range(365)]
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
