from __future__ import annotations

from datetime import date

import pytest

from gezhi.calendars.rules.office_days import DayKind, DayOverride
from gezhi.calendars.rules.timetable import windows_of_text
from tests.founding.folders import Fault, checked, clean, is_told, spoilt

FILE = "holidays.csv"
FAULTS = [
    Fault("cell.bad-hours", FILE, "09:00-12:00 14:00-17:00", "9 to 5", 3, "hours", "9 to 5"),
    Fault("cell.bad-hours", FILE, "14:00-17:00", "11:00-17:00", 3, "hours", "09:00-12:00 11:00-17:00"),
    Fault("cell.bad-hours", FILE, "off,,", "off,09:00-12:00,", 2, "hours", "09:00-12:00"),
]


@pytest.mark.parametrize("fault", FAULTS, ids=lambda one: one.value)
def test_hours_that_cannot_be_worked_are_told(fault: Fault) -> None:
    assert is_told(fault)


def test_days_are_laid_over_the_calendar_of_the_folder() -> None:
    city = checked(clean()).city
    assert city is not None
    (office,) = city.calendars
    assert office.overrides == (
        DayOverride(date(2026, 10, 26), DayKind.OFF, (), "义乌国际小商品博览会"),
        DayOverride(date(2026, 10, 31), DayKind.WORK, windows_of_text("09:00-12:00 14:00-17:00"), "调休"),
    )


def test_days_may_be_laid_over_a_shipped_calendar() -> None:
    city = checked(spoilt(FILE, "office,2026-10-31", "seats,2026-10-31")).city
    assert city is not None
    assert [(one.name, len(one.overrides)) for one in city.calendars] == [("office", 1), ("seats", 1)]
