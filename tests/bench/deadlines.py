"""Deadlines by working calendar: a column of them, and one by one."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from functools import partial

import numpy as np

from gezhi.calendars.queries import held_calendars
from gezhi.calendars.rules.bulk import BulkCalendar
from gezhi.calendars.rules.limits import Limit, Unit
from gezhi.calendars.rules.working_calendar import WorkingCalendar
from gezhi.plumbing.clock import system_clock
from tests.bench.measures import Measure, median

SINGLE, ROUNDS = 20_000, 5
LEAST_A_SECOND, MOST_US = 2_000_000, 5.0
YEAR_S = 365 * 86_400
LIMITS = ((Unit.WORK_DAY, 3), (Unit.WORK_HOUR, 7))


def measure_deadlines(many: int) -> Iterator[Measure]:
    calendar, now = held_calendars().by_name["office"], system_clock()
    bulk = BulkCalendar(calendar)
    starts = np.random.default_rng(7).integers(now - YEAR_S, now + 30 * 86_400, many)
    some = starts[:SINGLE].tolist()
    speeds, singles, notes = [], [], []
    for unit, value in LIMITS:
        ticks = calendar.ticks(Limit(value, unit, "office"))
        speeds.append(many / _seconds(partial(bulk.add_many, starts, unit, ticks)))
        singles.append(1e6 / len(some) * _seconds(partial(_one_by_one, calendar, some, unit, ticks)))
        notes.append(f"{unit.value}: {speeds[-1]:,.0f} a second in bulk, one in {singles[-1]:.2f} µs")
    how = "deadlines a second and core, in bulk, slower unit"
    yield Measure("deadlines by working calendar", min(speeds), LEAST_A_SECOND, "at least", how, "\n".join(notes))
    yield Measure("one deadline", max(singles), MOST_US, "at most", "µs, slower unit")


def _one_by_one(calendar: WorkingCalendar, starts: list[int], unit: Unit, ticks: int) -> None:
    add = calendar.add
    for start in starts:
        add(start, unit, ticks)


def _seconds(work: Callable[[], object]) -> float:
    """Processor time of one run, the middle of several."""
    took = []
    for _ in range(ROUNDS):
        started = time.process_time()
        work()
        took.append(time.process_time() - started)
    return median(took)
