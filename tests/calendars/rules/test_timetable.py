from __future__ import annotations

from datetime import date

import pytest

from gezhi.calendars.rules.timetable import (
    Season,
    Timetable,
    UnreadableWindows,
    Window,
    WindowsOutOfOrder,
    text_of_windows,
    timetable_on,
    windows_of_text,
)

WEEK = ((),) * 7


def test_periods_are_read_as_people_write_them_and_written_again() -> None:
    windows = windows_of_text("8:00-12:00 14:00–24:00")
    assert windows == (Window(28_800, 43_200), Window(50_400, 86_400))
    assert text_of_windows(windows) == "08:00-12:00 14:00-24:00"
    assert windows_of_text("") == ()
    assert windows_of_text("00:01-23:59") == (Window(60, 86_340),)
    assert text_of_windows((Window(60, 86_340),)) == "00:01-23:59"


def test_text_that_is_no_period_is_refused() -> None:
    with pytest.raises(UnreadableWindows) as caught:
        windows_of_text("08:00-09:00 8-12")
    assert (caught.value.field, caught.value.details) == ("windows", {"text": "08:00-09:00 8-12"})


@pytest.mark.parametrize("text", ["12:00-08:00", "08:00-08:00", "20:00-25:00", "08:00-12:00 11:00-13:00"])
def test_periods_that_run_backward_leave_the_day_or_overlap_are_refused(text: str) -> None:
    with pytest.raises(WindowsOutOfOrder) as caught:
        windows_of_text(text)
    assert (caught.value.field, caught.value.details) == ("windows", {"windows": text})


def test_periods_may_touch() -> None:
    assert len(windows_of_text("08:00-12:00 12:00-16:00")) == 2


@pytest.mark.parametrize(
    ("day", "name"),
    [
        (date(2026, 5, 31), "new"),
        (date(2026, 6, 1), "summer"),
        (date(2026, 8, 31), "summer"),
        (date(2026, 9, 1), "new"),
        (date(2024, 9, 1), "old"),
        (date(2024, 7, 1), "summer"),
    ],
)
def test_a_season_goes_before_the_whole_year_and_the_newer_before_the_older(day: date, name: str) -> None:
    timetables = (
        Timetable("summer", WEEK, season=Season((6, 1), (8, 31))),
        Timetable("old", WEEK),
        Timetable("new", WEEK, valid_from=date(2025, 1, 1)),
    )
    found = timetable_on(timetables, day)
    assert found is not None
    assert found.name == name


def test_a_season_may_run_over_new_year() -> None:
    one_day = Season((6, 1), (6, 1))
    assert [one_day.holds_on(date(2026, month, 1)) for month in (5, 6, 7)] == [False, True, False]
    winter = Season((11, 15), (3, 15))
    days = (date(2026, 11, 14), date(2026, 11, 15), date(2026, 1, 1), date(2026, 3, 15), date(2026, 3, 16))
    assert [winter.holds_on(day) for day in days] == [False, True, True, True, False]


def test_a_timetable_holds_between_its_dates_only() -> None:
    once = Timetable("once", WEEK, valid_from=date(2026, 2, 1), valid_to=date(2026, 2, 28))
    days = (date(2026, 1, 31), date(2026, 2, 1), date(2026, 2, 28), date(2026, 3, 1))
    assert [timetable_on((once,), day) for day in days] == [None, once, once, None]
