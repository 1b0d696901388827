"""The clock loop over ten thousand cases that are due, and a changed calendar over a hundred thousand that are open."""

from __future__ import annotations

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import date, timedelta

from django.db import connection

from gezhi.calendars.actions import override_days
from gezhi.calendars.rules.office_days import DayKind, DayOverride, day_of
from gezhi.cases.actions import raise_due_clocks, recompute_deadlines
from gezhi.cases.jobs import PARTS
from gezhi.plumbing.clock import Clock, system_clock
from gezhi.plumbing.ids import system_ids
from gezhi.plumbing.versions import forget_all
from gezhi.policy.rules.local_policy import OFFICE
from tests.bench.measures import Measure
from tests.bench.processor import timed

DUE, DUE_S = 10_000, 10.0
OPEN, OPEN_S = 100_000, 30.0
"""The budgets hold for so many; where fewer are measured, the time is taken in proportion."""
BEYOND_S = 400 * 86_400

# Cases at a unit, whose handling clock runs by the office calendar, as often as it takes.
COPY = """
    WITH template AS (
        SELECT c.*, row_number() OVER (ORDER BY c.id) - 1 AS place, count(*) OVER () AS places FROM cases_case c
        WHERE c.status IN ('dispatched', 'handling') AND c.next_due_at IS NOT NULL AND c.no NOT LIKE 'C%%'
    )
    INSERT INTO cases_case ({columns})
    SELECT {values} FROM generate_series(1, %s) AS i JOIN template t ON t.place = mod(i, t.places)
"""


def _fill_up(wanted: int) -> None:
    """Open cases up to this number, copies of those at units."""
    from gezhi.cases.models import Case

    own = {"id": "gen_random_uuid()", "no": "'C' || %s::text || '-' || i::text"}
    columns = [field.column for field in Case._meta.local_fields if field.column]
    sql = COPY.format(columns=", ".join(columns), values=", ".join(own.get(name, f"t.{name}") for name in columns))
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM cases_case WHERE next_due_at IS NOT NULL")
        missing = wanted - cursor.fetchone()[0]
        cursor.execute(sql.replace("'C' || %s::text", f"'C{wanted}'"), [missing])
        cursor.execute("VACUUM ANALYZE cases_case")


def _count(kind: str) -> int:
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM cases_log_entry WHERE kind = %s", [kind])
        return int(cursor.fetchone()[0])


def _later() -> int:
    """A moment at which every clock has run out."""
    return system_clock() + BEYOND_S


def measure_clocks(open_cases: int, due: int) -> Iterator[Measure]:
    _fill_up(open_cases)
    yield _measure_recompute()
    yield _measure_due(_later, due)


def _measure_recompute() -> Measure:
    before = _count("deadlines_recomputed")
    override_days(OFFICE, _holidays(day_of(system_clock())), clock=system_clock)
    forget_all()
    with timed() as took, ThreadPoolExecutor(PARTS) as pool:  # as the worker does its jobs
        list(pool.map(_recompute_part, range(PARTS)))
    moved = _count("deadlines_recomputed") - before
    return Measure(
        "calendar change",
        took.counts * OPEN / max(moved, 1),
        OPEN_S,
        "at most",
        f"s for {OPEN:,} open cases that move",
        f"measured: {moved:,} cases moved in {took.line}",
    )


def _recompute_part(part: int) -> None:
    recompute_deadlines(clock=system_clock, ids=system_ids, part=part, parts=PARTS)
    connection.close()


def _holidays(today: date) -> list[DayOverride]:
    """Days off around today, so that the deadlines of what runs now move."""
    return [DayOverride(today + timedelta(days=day), DayKind.OFF, name="停工") for day in range(-3, 4)]


def _measure_due(later: Clock, due: int) -> Measure:
    before, more = _count("clock_ran_out"), True
    with timed() as took:
        while more and _count("clock_ran_out") - before < due:
            more = raise_due_clocks(clock=later, ids=system_ids)
    raised = _count("clock_ran_out") - before
    return Measure(
        "clock loop",
        took.counts * DUE / max(raised, 1),
        DUE_S,
        "at most",
        f"s for {DUE:,} due cases",
        f"measured: {raised:,} cases raised in {took.line}",
    )
