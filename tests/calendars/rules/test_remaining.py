from __future__ import annotations

import pytest

from gezhi.calendars.rules.limits import Unit
from gezhi.calendars.rules.remaining import Remaining, remaining
from tests.calendars.invented import ENDS_WITH_BUSINESS, OFFICE, at, compiled

CALENDAR = compiled(OFFICE)


@pytest.mark.parametrize(
    ("now", "due", "unit", "left"),
    [
        ("2026-03-02 09:00", "2026-03-02 15:30", Unit.WORK_HOUR, Remaining(Unit.WORK_HOUR, 4, late=False)),
        ("2026-03-02 09:00", "2026-03-04 15:30", Unit.WORK_HOUR, Remaining(Unit.WORK_HOUR, 20, late=False)),
        ("2026-03-02 15:00", "2026-03-02 15:30", Unit.WORK_HOUR, Remaining(Unit.MINUTE, 30, late=False)),
        ("2026-03-02 09:00", "2026-03-06 09:00", Unit.WORK_DAY, Remaining(Unit.WORK_DAY, 4, late=False)),
        ("2026-03-02 09:00", "2026-03-03 08:30", Unit.WORK_DAY, Remaining(Unit.WORK_HOUR, 7, late=False)),
        ("2026-03-06 09:00", "2026-03-04 08:30", Unit.WORK_DAY, Remaining(Unit.WORK_DAY, 2, late=True)),
        ("2026-03-02 18:30", "2026-03-02 18:00", Unit.WORK_HOUR, Remaining(Unit.MINUTE, 0, late=True)),
        ("2026-03-02 18:00", "2026-03-02 18:00", Unit.WORK_HOUR, Remaining(Unit.MINUTE, 0, late=False)),
        ("2026-10-01 20:00", "2026-10-01 23:59", Unit.URGENT_HOUR, Remaining(Unit.URGENT_HOUR, 3, late=False)),
        ("2026-03-02 09:00", "2026-03-02 10:00", Unit.WORK_HOUR, Remaining(Unit.WORK_HOUR, 1, late=False)),
        ("2026-03-02 09:00", "2026-03-02 09:59:59", Unit.WORK_HOUR, Remaining(Unit.MINUTE, 59, late=False)),
        ("2026-03-02 09:00", "2026-03-03 09:00", Unit.WORK_DAY, Remaining(Unit.WORK_DAY, 1, late=False)),
        ("2026-10-01 20:00", "2026-10-01 21:00", Unit.MINUTE, Remaining(Unit.URGENT_HOUR, 1, late=False)),
        ("2026-10-01 20:00", "2026-10-03 20:00", Unit.URGENT_DAY, Remaining(Unit.URGENT_DAY, 2, late=False)),
        ("2026-10-01 20:00", "2026-10-03 19:00", Unit.URGENT_DAY, Remaining(Unit.URGENT_HOUR, 47, late=False)),
        ("2026-10-03 20:00", "2026-10-01 20:00", Unit.URGENT_HOUR, Remaining(Unit.URGENT_DAY, 2, late=True)),
        ("2026-10-01 20:00", "2026-10-01 20:14", Unit.MINUTE, Remaining(Unit.MINUTE, 14, late=False)),
    ],
)
def test_what_is_left_is_told_in_the_largest_unit_that_people_count_in(
    now: str, due: str, unit: Unit, left: Remaining
) -> None:
    assert remaining(CALENDAR, now=at(now), due=at(due), unit=unit) == left


def test_what_is_left_to_the_end_of_business_counts_the_day_of_today() -> None:
    calendar = compiled(ENDS_WITH_BUSINESS)
    left = remaining(calendar, now=at("2026-03-02 08:00"), due=at("2026-03-03 18:00"), unit=Unit.WORK_DAY)
    assert left == Remaining(Unit.WORK_DAY, 2, late=False)
