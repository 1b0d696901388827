from __future__ import annotations

import pytest

from gezhi.calendars.rules.limits import Limit, LimitNotPositive, Unit
from gezhi.calendars.rules.working_calendar import CalendarNeverOpens, Deadline, OutsideCalendar
from tests.calendars.invented import (
    ENDS_WITH_BUSINESS,
    NEVER_OPEN,
    OFFICE,
    SATURDAYS,
    SEATS,
    SUMMER,
    at,
    compiled,
)

CALENDARS = {
    definition.name: compiled(definition) for definition in (OFFICE, SUMMER, SATURDAYS, SEATS, ENDS_WITH_BUSINESS)
}


@pytest.mark.parametrize(
    ("calendar", "start", "value", "unit", "due"),
    [
        # natural time knows no holidays
        ("office", "2026-10-01 23:50", 15, Unit.MINUTE, "2026-10-02 00:05"),
        ("office", "2026-10-01 23:00", 2, Unit.URGENT_HOUR, "2026-10-02 01:00"),
        ("office", "2026-09-30 17:00", 2, Unit.URGENT_DAY, "2026-10-02 17:00"),
        # work hours stand still at noon, at night, on holidays; 10 October 2026 is a swapped Saturday
        ("office", "2026-03-02 11:00", 2, Unit.WORK_HOUR, "2026-03-02 15:00"),
        ("office", "2026-03-02 10:00", 2, Unit.WORK_HOUR, "2026-03-02 12:00"),
        ("office", "2026-03-02 17:00", 2, Unit.WORK_HOUR, "2026-03-03 09:00"),
        ("office", "2026-03-02 12:30", 1, Unit.WORK_HOUR, "2026-03-02 15:00"),
        ("office", "2026-03-06 17:30", 1, Unit.WORK_HOUR, "2026-03-09 08:30"),
        ("office", "2026-09-30 17:00", 2, Unit.WORK_HOUR, "2026-10-08 09:00"),
        ("office", "2026-10-09 17:00", 2, Unit.WORK_HOUR, "2026-10-10 09:00"),
        # a work day ends at the same position N working days later
        ("office", "2026-03-02 10:00:01", 1, Unit.WORK_DAY, "2026-03-03 10:00:01"),
        ("office", "2026-03-06 15:30", 3, Unit.WORK_DAY, "2026-03-11 15:30"),
        ("office", "2026-09-30 10:00", 3, Unit.WORK_DAY, "2026-10-10 10:00"),
        ("office", "2026-03-02 20:00", 1, Unit.WORK_DAY, "2026-03-03 18:00"),
        ("office", "2026-03-07 11:00", 1, Unit.WORK_DAY, "2026-03-09 18:00"),
        # every work day counts the same: a short summer day, a Saturday morning
        ("summer", "2026-05-29 10:00", 1, Unit.WORK_DAY, "2026-06-01 09:45"),
        ("summer", "2026-07-06 10:00", 2, Unit.WORK_DAY, "2026-07-08 10:00"),
        ("saturdays", "2026-03-06 10:00", 1, Unit.WORK_DAY, "2026-03-07 09:22:30"),
        ("saturdays", "2026-03-06 10:00", 2, Unit.WORK_DAY, "2026-03-09 10:00"),
        # an own row off, and one worked
        ("summer", "2026-03-05 10:00", 1, Unit.WORK_HOUR, "2026-03-06 09:00"),
        ("summer", "2026-03-06 17:30", 1, Unit.WORK_HOUR, "2026-03-07 08:30"),
        # shifts run day and night but for the hours in between
        ("seats", "2026-10-01 01:30", 1, Unit.WORK_HOUR, "2026-10-01 06:30"),
        ("seats", "2026-10-01 13:30", 1, Unit.WORK_HOUR, "2026-10-01 14:30"),
        ("seats", "2026-10-01 23:30", 1, Unit.WORK_HOUR, "2026-10-02 00:30"),
        # end of business of the Nth day; the day of the start does not count
        ("end-of-business", "2026-03-02 08:30", 1, Unit.WORK_DAY, "2026-03-03 18:00"),
        ("end-of-business", "2026-03-02 22:00", 1, Unit.WORK_DAY, "2026-03-03 18:00"),
        ("end-of-business", "2026-03-06 09:00", 1, Unit.WORK_DAY, "2026-03-07 12:00"),
        ("end-of-business", "2026-03-08 09:00", 2, Unit.WORK_DAY, "2026-03-10 18:00"),
        ("end-of-business", "2026-03-02 17:30", 1, Unit.WORK_HOUR, "2026-03-03 08:30"),
    ],
)
def test_a_limit_passes_when_the_working_calendar_says(
    calendar: str, start: str, value: int, unit: Unit, due: str
) -> None:
    held = CALENDARS[calendar]
    limit = Limit(value, unit, calendar)
    assert held.deadline(at(start), limit) == Deadline(at(due), provisional=False)
    assert held.elapsed(at(start), at(due), unit) == held.ticks(limit)


@pytest.mark.parametrize("calendar", CALENDARS)
def test_no_ticks_left_ends_at_once(calendar: str) -> None:
    """In the working time of a half Saturday's week, where a tick is longer than a second, and while all are away."""
    for start in (1_769_569_569, at("2026-03-02 12:30"), at("2026-03-08 09:00")):
        assert CALENDARS[calendar].add(start, Unit.WORK_DAY, 0) == Deadline(start, provisional=False)


def test_a_calendar_that_fails_a_law_is_printed_by_its_name() -> None:
    assert repr(CALENDARS["seats"]) == "WorkingCalendar('seats')"


def test_a_day_cut_short_by_an_own_row_counts_for_what_it_is() -> None:
    """4 March 2026 has 2 hours of the 7 that a work day counts; the 5th is off."""
    summer = CALENDARS["summer"]
    due = summer.deadline(at("2026-03-03 18:00"), Limit(1, Unit.WORK_DAY, "summer")).due
    assert summer.elapsed(at("2026-03-04 08:00"), at("2026-03-04 10:00"), Unit.WORK_DAY) == 7_200
    assert due == at("2026-03-06 15:42:51")


def test_beyond_the_published_year_a_deadline_is_provisional() -> None:
    office = CALENDARS["office"]
    assert not office.deadline(at("2026-12-31 16:00"), Limit(2, Unit.WORK_HOUR)).provisional
    assert office.deadline(at("2026-12-31 16:00:01"), Limit(2, Unit.WORK_HOUR)).provisional
    assert not office.deadline(at("2026-12-31 16:00"), Limit(2, Unit.URGENT_DAY)).provisional


@pytest.mark.parametrize(
    ("start", "due", "provisional"),
    [
        ("2026-12-25 15:00", "2026-12-25 17:00", False),
        ("2026-12-25 17:00", "2026-12-28 09:00", True),
        ("2026-12-26 09:00", "2026-12-28 10:00", True),
        ("2026-12-28 08:00", "2026-12-28 10:00", False),
        ("2026-12-31 17:00", "2027-01-04 09:00", True),
    ],
)
def test_a_limit_that_runs_over_the_weekend_before_an_unpublished_year_is_provisional(
    start: str, due: str, *, provisional: bool
) -> None:
    """The notice may have Saturday 26 December worked for New Year's Day; 1 January is off by law."""
    office = CALENDARS["office"]
    assert office.deadline(at(start), Limit(2, Unit.WORK_HOUR)) == Deadline(at(due), provisional)


def test_a_calendar_without_holidays_is_never_provisional() -> None:
    assert not CALENDARS["seats"].deadline(at("2027-06-01 16:00"), Limit(2, Unit.WORK_HOUR)).provisional


def test_no_time_left_ends_at_once_even_at_night() -> None:
    night = at("2026-03-02 23:00")
    assert CALENDARS["office"].add(night, Unit.WORK_HOUR, 0).due == night
    assert CALENDARS["office"].add(night, Unit.WORK_DAY, 0).due == night


def test_a_negative_rest_ends_before_the_start() -> None:
    assert CALENDARS["office"].add(at("2026-03-02 09:00"), Unit.WORK_HOUR, -7_200).due == at("2026-02-28 17:00")


def test_on_the_day_of_the_start_nothing_of_an_end_of_business_limit_is_used() -> None:
    held = CALENDARS["end-of-business"]
    assert held.elapsed(at("2026-03-02 09:00"), at("2026-03-02 17:00"), Unit.WORK_DAY) == 0
    assert held.elapsed(at("2026-03-02 09:00"), at("2026-03-03 18:00"), Unit.WORK_DAY) == held.day_ticks


def test_open_and_closed_are_told_to_the_second() -> None:
    moments = ("2026-03-02 07:59:59", "2026-03-02 08:00", "2026-03-02 11:59:59", "2026-03-02 12:00", "2026-03-01 09:00")
    assert [CALENDARS["office"].is_open(at(moment)) for moment in moments] == [False, True, True, False, False]


def test_the_first_working_period_of_a_calendar_is_open_like_every_other() -> None:
    office = CALENDARS["office"]
    first = office.opens[0]
    assert [office.is_open(moment) for moment in (first - 1, first)] == [False, True]


BOUNDARIES = {
    # after so many working seconds of Monday 2 March 2026: a period ends at its closing, and the next begins after it
    4 * 3600 - 1: "2026-03-02 11:59:59",
    4 * 3600: "2026-03-02 12:00",
    4 * 3600 + 1: "2026-03-02 14:00:01",
    8 * 3600: "2026-03-02 18:00",
    8 * 3600 + 1: "2026-03-03 08:00:01",
}


@pytest.mark.parametrize(("seconds", "due"), BOUNDARIES.items())
def test_a_full_period_ends_at_its_closing(seconds: int, due: str) -> None:
    for unit in (Unit.WORK_HOUR, Unit.WORK_DAY):
        assert CALENDARS["office"].add(at("2026-03-02 08:00"), unit, seconds).due == at(due)


def test_on_uneven_days_a_day_begins_where_the_one_before_is_full() -> None:
    """Every work day counts three and a half hours, so Monday's eight pass a little slower than Saturday's."""
    saturdays = CALENDARS["saturdays"]
    day = saturdays.day_ticks
    assert day == 12_600
    monday = at("2026-03-02 08:00")
    ends = {
        day: "2026-03-02 18:00",
        day + 1: "2026-03-03 08:00:02",
        2 * day: "2026-03-03 18:00",
        1: "2026-03-02 08:00:02",
    }
    assert {ticks: saturdays.add(monday, Unit.WORK_DAY, ticks).due for ticks in ends} == {
        ticks: at(due) for ticks, due in ends.items()
    }
    assert saturdays.elapsed(monday, at("2026-03-02 18:00"), Unit.WORK_DAY) == day
    assert saturdays.elapsed(monday, at("2026-03-03 08:00:01"), Unit.WORK_DAY) == day + 1


def test_the_laid_out_years_begin_before_the_first_opening() -> None:
    """1 January 2024 is a holiday: all that passes before the morning of the 2nd is no working time."""
    for name in ("office", "saturdays"):
        held = CALENDARS[name]
        assert held.add(at("2024-01-01 00:00"), Unit.WORK_HOUR, 0).due == at("2024-01-01 00:00")
        assert held.add(at("2024-01-01 00:00"), Unit.WORK_HOUR, 3_600).due == at("2024-01-02 09:00")
        assert held.add(at("2024-01-02 09:00"), Unit.WORK_HOUR, -3_600).due == at("2024-01-02 08:00")
        assert held.measure(at("2024-01-01 00:00"), at("2024-01-02 08:00:01"), Unit.WORK_HOUR) == 1
        assert not held.is_open(at("2024-01-01 12:00"))


def test_the_last_second_of_the_laid_out_years_still_counts() -> None:
    """31 December 2029 is a Monday."""
    for name in ("office", "saturdays"):
        held = CALENDARS[name]
        last = at("2029-12-31 23:59:59")
        assert held.measure(at("2029-12-31 17:00"), last, Unit.WORK_HOUR) == 3_600
        assert held.add(at("2029-12-31 17:00"), Unit.WORK_HOUR, 3_600).due == at("2029-12-31 18:00")
        for ticks in (1, 10**9):
            with pytest.raises(OutsideCalendar) as caught:
                held.add(last, Unit.WORK_DAY, ticks)
            assert caught.value.details == {"calendar": name}


def test_the_end_of_business_is_known_from_the_first_second_to_the_last() -> None:
    """The day of the start does not count, also where it is the first or the last that is laid out."""
    held = CALENDARS["end-of-business"]
    assert held.deadline(at("2024-01-01 00:00"), Limit(1, Unit.WORK_DAY)).due == at("2024-01-02 18:00")
    assert held.elapsed(at("2029-12-31 09:00"), at("2029-12-31 23:59:59"), Unit.WORK_DAY) == 0
    for moment in ("2023-12-31 23:59:59", "2030-01-01 00:00"):
        with pytest.raises(OutsideCalendar) as caught:
            held.add(at(moment), Unit.WORK_DAY, 0)
        assert caught.value.details == {"calendar": "end-of-business"}


def test_backward_in_time_less_than_nothing_has_passed() -> None:
    later, earlier = at("2026-03-03 09:00"), at("2026-03-02 09:00")
    assert CALENDARS["office"].elapsed(later, earlier, Unit.WORK_DAY) == -8 * 3600
    assert CALENDARS["end-of-business"].elapsed(later, earlier, Unit.WORK_DAY) < 0
    assert CALENDARS["office"].elapsed(later, earlier, Unit.URGENT_HOUR) == -86_400


def test_a_calendar_that_never_opens_is_refused() -> None:
    with pytest.raises(CalendarNeverOpens) as caught:
        compiled(NEVER_OPEN)
    assert "“never”" in caught.value.text()


@pytest.mark.parametrize("moment", ["2023-12-31 23:59:59", "2030-01-01 00:00"])
@pytest.mark.parametrize("unit", [Unit.WORK_HOUR, Unit.WORK_DAY])
def test_a_moment_outside_the_laid_out_years_is_refused(moment: str, unit: Unit) -> None:
    for name in ("office", "summer", "end-of-business"):
        with pytest.raises(OutsideCalendar):
            CALENDARS[name].add(at(moment), unit, 1)


@pytest.mark.parametrize("ticks", [10**9, -(10**9)])
@pytest.mark.parametrize("unit", [Unit.WORK_HOUR, Unit.WORK_DAY])
def test_a_deadline_outside_the_laid_out_years_is_refused(ticks: int, unit: Unit) -> None:
    for name in ("office", "summer"):
        with pytest.raises(OutsideCalendar):
            CALENDARS[name].add(at("2026-03-02 09:00"), unit, ticks)


def test_a_limit_of_nothing_grants_no_ticks() -> None:
    with pytest.raises(LimitNotPositive) as caught:
        CALENDARS["office"].ticks(Limit(0, Unit.WORK_DAY))
    assert (caught.value.field, caught.value.details) == ("value", {"value": 0})
    assert CALENDARS["office"].ticks(Limit(1, Unit.WORK_HOUR)) == 3_600
