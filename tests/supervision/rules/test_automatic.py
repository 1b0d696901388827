"""超时督办: thresholds by share and by work hours, and the order of the levels."""

from __future__ import annotations

import pytest

from gezhi.calendars.rules.limits import Limit, Unit
from gezhi.cases.rules.clocks.clock import Clock, ClockKind
from gezhi.cases.rules.clocks.deadline import Timing
from gezhi.supervision.rules.automatic import (
    LEVELS,
    BadLevelRow,
    Judged,
    LevelRow,
    LevelsOutOfOrder,
    check_levels,
    judge,
    level_above,
    moment_of,
)
from tests.cases.world import CALENDARS
from tests.fixtures import MONDAY_MORNING

HOUR = 3_600
TIMING = Timing(CALENDARS)
REPLY = Limit(4, Unit.WORK_HOUR, "office")


def row(level: int, share: int = 0, hours: int = 0, *, active: bool = True) -> LevelRow:
    return LevelRow(level=level, share=share, hours=hours, reply=REPLY, requirement="请处理", active=active)


def clock(limit_hours: int = 10) -> Clock:
    """A natural clock that ran out on Monday at nine."""
    return Clock(
        kind=ClockKind.HANDLING,
        calendar="office",
        unit=Unit.URGENT_HOUR,
        limit=limit_hours * HOUR,
        due=MONDAY_MORNING,
        warn=MONDAY_MORNING,
        since=MONDAY_MORNING - limit_hours * HOUR,
    )


@pytest.mark.parametrize(
    ("share", "hours", "after"),
    [(200, 0, 2 * HOUR), (1_000, 0, 10 * HOUR), (0, 1, HOUR), (200, 1, 2 * HOUR), (50, 1, HOUR), (200, 3, 3 * HOUR)],
)
def test_a_level_is_reached_by_the_share_and_never_before_the_work_hours(share: int, hours: int, after: int) -> None:
    assert moment_of(row(1, share, hours), clock(), TIMING) == MONDAY_MORNING + after


@pytest.mark.parametrize(
    ("late", "level", "next_after"),
    [(0, 0, 2), (1.99, 0, 2), (2, 1, 5), (4.9, 1, 5), (5, 2, 10), (10, 3, None), (99, 3, None)],
)
def test_the_highest_level_reached_counts(late: float, level: int, next_after: int | None) -> None:
    rows = [row(1, 200), row(2, 500), row(3, 1_000)]
    expected = Judged(level, None if next_after is None else MONDAY_MORNING + next_after * HOUR)
    assert judge(rows, clock(), TIMING, now=MONDAY_MORNING + int(late * HOUR)) == expected


def test_a_level_out_of_use_is_passed_over() -> None:
    rows = [row(1, 200), row(2, 500, active=False), row(3, 1_000)]
    assert judge(rows, clock(), TIMING, now=MONDAY_MORNING + 6 * HOUR) == Judged(1, MONDAY_MORNING + 10 * HOUR)


def test_the_presets_are_in_order() -> None:
    assert check_levels(dict(LEVELS)) == LEVELS
    assert LEVELS[1].hours == 4  # a street vendor's two hours are no reason to call the vice mayor


def test_the_next_level_is_the_next_in_use() -> None:
    rows = [row(1, 200), row(2, 500, active=False), row(3, 1_000)]
    assert [level_above(rows, level) for level in (0, 1, 3)] == [1, 3, None]


@pytest.mark.parametrize(
    "wrong", [row(1), row(4, 100), row(1, -1, 3), LevelRow(level=1, share=1, hours=0, reply=REPLY, requirement=" ")]
)
def test_a_row_without_sense_is_refused(wrong: LevelRow) -> None:
    with pytest.raises(BadLevelRow):
        check_levels({wrong.level: wrong})


@pytest.mark.parametrize("higher", [row(2, 100, 9), row(2, 200, 8), row(2, 900, 7), row(2, 900)])
def test_a_higher_level_comes_later(higher: LevelRow) -> None:
    with pytest.raises(LevelsOutOfOrder):
        check_levels({1: row(1, 200, 8), 2: higher})
