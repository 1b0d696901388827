from __future__ import annotations

import numpy as np
import pytest

from gezhi.calendars.rules.bulk import BulkCalendar, Seconds
from gezhi.calendars.rules.compile_calendar import compile_calendar
from gezhi.calendars.rules.limits import Unit
from gezhi.calendars.rules.office_days import CalendarDefinition
from gezhi.calendars.rules.working_calendar import Deadline, OutsideCalendar
from gezhi.kernel.moments import DAY_S
from tests.calendars.invented import ENDS_WITH_BUSINESS, OFFICE, SATURDAYS, SEATS, SUMMER, at, compiled


def column(*moments: str) -> Seconds:
    return np.array([at(moment) for moment in moments], dtype=np.int64)


def test_one_limit_for_many_starts() -> None:
    due, provisional = BulkCalendar(compiled(OFFICE)).add_many(
        column("2026-03-02 11:00", "2026-12-25 17:00", "2026-12-28 11:00", "2026-12-31 17:00"), Unit.WORK_HOUR, 7_200
    )
    assert (
        due.tolist() == column("2026-03-02 15:00", "2026-12-28 09:00", "2026-12-28 15:00", "2027-01-04 09:00").tolist()
    )
    assert provisional.tolist() == [False, True, False, True]


@pytest.mark.parametrize("definition", [OFFICE, SUMMER, SATURDAYS, SEATS, ENDS_WITH_BUSINESS], ids=lambda one: one.name)
@pytest.mark.parametrize("unit", Unit)
def test_many_deadlines_are_those_that_come_out_one_by_one(definition: CalendarDefinition, unit: Unit) -> None:
    """Around every opening and closing of three weeks, one with a short day and one off, and a work day's end."""
    calendar = compiled(definition)
    week = range(at("2026-02-27 00:00"), at("2026-03-13 00:00"), 3_600)
    starts = [moment + off for moment in week for off in (-1, 0, 1, 1_800)]
    for ticks in (-calendar.day_ticks, -1, 0, 1, 3_601, calendar.day_ticks - 1, calendar.day_ticks, 9 * 3_600 + 7):
        due, provisional = BulkCalendar(calendar).add_many(np.array(starts, dtype=np.int64), unit, ticks)
        assert list(map(Deadline, due.tolist(), provisional.tolist())) == [
            calendar.add(start, unit, ticks) for start in starts
        ]


@pytest.mark.parametrize("unit", [Unit.WORK_HOUR, Unit.WORK_DAY])
def test_from_the_first_second_to_the_last_many_are_reckoned_as_one(unit: Unit) -> None:
    """The years begin on Monday 1 January 2024, a holiday, and end on Monday 31 December 2029."""
    first, near, last = at("2024-01-01 00:00"), at("2029-12-31 09:00"), at("2029-12-31 23:59:59")
    for definition in (OFFICE, SATURDAYS):
        calendar = compiled(definition)
        bulk = BulkCalendar(calendar)
        left = calendar.measure(near, last, unit)
        for start, ticks in ((first, 0), (first, 1), (last, 0), (near, left), (first + 9 * DAY_S, -1)):
            due, _ = bulk.add_many(np.array([start], dtype=np.int64), unit, ticks)
            assert due.tolist() == [calendar.add(start, unit, ticks).due]
        for start, ticks in ((first - 1, 0), (last + 1, 0), (near, left + 1), (first, -1)):
            with pytest.raises(OutsideCalendar) as caught:
                bulk.add_many(np.array([start], dtype=np.int64), unit, ticks)
            assert caught.value.details == {"calendar": definition.name}


def test_a_year_may_end_on_a_day_off() -> None:
    """31 December 2028 is a Sunday; the last working time was on the Friday before."""
    calendar = compile_calendar(OFFICE, first_year=2028, last_year=2028)
    bulk = BulkCalendar(calendar)
    due, _ = bulk.add_many(column("2028-12-31 12:00", "2028-12-31 12:00"), Unit.WORK_HOUR, np.array([0, -3_600]))
    assert due.tolist() == column("2028-12-31 12:00", "2028-12-29 17:00").tolist()


def test_no_starts_give_no_deadlines() -> None:
    for definition in (OFFICE, SUMMER, ENDS_WITH_BUSINESS):
        due, provisional = BulkCalendar(compiled(definition)).add_many(column(), Unit.WORK_DAY, 7_200)
        assert (due.tolist(), provisional.tolist()) == ([], [])
    _, provisional = BulkCalendar(compiled(OFFICE)).add_many(column("2026-03-02 11:00"), Unit.MINUTE, 1)
    assert provisional.dtype == np.bool_


@pytest.mark.parametrize("unit", [Unit.WORK_HOUR, Unit.WORK_DAY])
def test_one_start_or_deadline_outside_refuses_the_batch(unit: Unit) -> None:
    for definition in (OFFICE, SUMMER, ENDS_WITH_BUSINESS):
        bulk = BulkCalendar(compiled(definition))
        with pytest.raises(OutsideCalendar):
            bulk.add_many(column("2026-03-02 11:00", "2031-03-02 11:00"), unit, 1)
        with pytest.raises(OutsideCalendar):
            bulk.add_many(column("2026-03-02 11:00", "2029-12-28 11:00"), unit, 10**6)
