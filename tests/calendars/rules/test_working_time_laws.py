"""The laws of working time: what must hold for every calendar, moment and limit."""

from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st

from gezhi.calendars.rules.bulk import BulkCalendar
from gezhi.calendars.rules.limits import NATURAL_SECONDS, Unit
from gezhi.calendars.rules.working_calendar import WorkingCalendar
from tests.calendars.invented import ENDS_WITH_BUSINESS, OFFICE, SATURDAYS, SEATS, SUMMER, at, compiled

EXACT = [compiled(definition) for definition in (OFFICE, SUMMER, SATURDAYS, SEATS)]
BY_DAYS = compiled(ENDS_WITH_BUSINESS)
BULK = [(calendar, BulkCalendar(calendar)) for calendar in (*EXACT, BY_DAYS)]

calendars = st.sampled_from(EXACT)
units = st.sampled_from(Unit)
moments = st.integers(at("2025-06-01 00:00"), at("2027-12-31 23:59"))
ticks = st.integers(0, 40 * 86_400 // 3)
laws = settings(max_examples=200)


@laws
@given(calendars, units, moments, ticks)
def test_add_then_measure_gives_the_limit_back(calendar: WorkingCalendar, unit: Unit, start: int, limit: int) -> None:
    assert calendar.elapsed(start, calendar.add(start, unit, limit).due, unit) == limit
    assert calendar.elapsed(start, calendar.add(start, unit, -limit).due, unit) == -limit


@laws
@given(calendars, units, moments, ticks, ticks)
def test_splitting_a_limit_changes_nothing(
    calendar: WorkingCalendar, unit: Unit, start: int, first: int, rest: int
) -> None:
    whole = calendar.add(start, unit, first + rest)
    assert calendar.add(calendar.add(start, unit, first).due, unit, rest) == whole


@laws
@given(calendars, units, moments, st.integers(0, 90 * 86_400), ticks)
def test_pausing_at_any_moment_keeps_the_deadline(
    calendar: WorkingCalendar, unit: Unit, start: int, pause: int, limit: int
) -> None:
    """A pause of no length changes nothing: used up to it, the rest added from it."""
    used = calendar.elapsed(start, start + pause, unit)
    resumed = calendar.add(start + pause, unit, limit - used)
    if used < limit:
        assert resumed == calendar.add(start, unit, limit)
    else:
        assert resumed.due <= start + pause


@laws
@given(calendars, units, moments, st.integers(0, 30 * 86_400), ticks, ticks)
def test_a_later_start_or_a_longer_limit_never_ends_earlier(
    calendar: WorkingCalendar, unit: Unit, start: int, later: int, limit: int, longer: int
) -> None:
    due = calendar.add(start, unit, limit).due
    assert calendar.add(start + later, unit, limit).due >= due
    assert calendar.add(start, unit, limit + longer).due >= due


@laws
@given(calendars, units, moments, moments, moments)
def test_measured_spans_add_up(calendar: WorkingCalendar, unit: Unit, a: int, b: int, c: int) -> None:
    assert calendar.elapsed(a, b, unit) + calendar.elapsed(b, c, unit) == calendar.elapsed(a, c, unit)


@laws
@given(st.sampled_from(sorted(NATURAL_SECONDS)), moments, ticks)
def test_urgent_units_ignore_calendars_and_holidays(unit: Unit, start: int, limit: int) -> None:
    assert {calendar.add(start, unit, limit).due for calendar in (*EXACT, BY_DAYS)} == {start + limit}


@laws
@given(calendars, moments, st.integers(1, 40 * 86_400 // 3))
def test_nothing_falls_due_while_everyone_is_away(calendar: WorkingCalendar, start: int, limit: int) -> None:
    """A working deadline lies inside a period or at its very end."""
    for unit in (Unit.WORK_HOUR, Unit.WORK_DAY):
        due = calendar.add(start, unit, limit).due
        assert calendar.is_open(due - 1)


@laws
@given(moments, st.integers(1, 20), st.integers(0, 20), st.integers(0, 30 * 86_400))
def test_whole_days_to_the_end_of_business_keep_the_laws(start: int, days: int, more: int, later: int) -> None:
    limit, longer = days * BY_DAYS.day_ticks, more * BY_DAYS.day_ticks
    due = BY_DAYS.add(start, Unit.WORK_DAY, limit).due
    assert BY_DAYS.elapsed(start, due, Unit.WORK_DAY) == limit
    assert BY_DAYS.add(due, Unit.WORK_DAY, longer).due == BY_DAYS.add(start, Unit.WORK_DAY, limit + longer).due
    assert BY_DAYS.add(start + later, Unit.WORK_DAY, limit).due >= due


@settings(max_examples=50)
@given(st.sampled_from(BULK), units, st.lists(st.tuples(moments, ticks), min_size=1, max_size=30))
def test_in_bulk_the_same_deadlines_come_out(
    pair: tuple[WorkingCalendar, BulkCalendar], unit: Unit, wanted: list[tuple[int, int]]
) -> None:
    import numpy as np

    calendar, bulk = pair
    starts, limits = np.array(wanted, dtype=np.int64).T
    due, provisional = bulk.add_many(starts, unit, limits)
    one_by_one = [calendar.add(start, unit, limit) for start, limit in wanted]
    assert due.tolist() == [deadline.due for deadline in one_by_one]
    assert provisional.tolist() == [deadline.provisional for deadline in one_by_one]
