from __future__ import annotations

from gezhi.calendars.rules.limits import Unit
from gezhi.cases.rules.clocks.clock import Clock, ClockKind
from gezhi.cases.rules.clocks.moves import Move, moves_of


def clock(kind: ClockKind, due: int) -> Clock:
    return Clock(kind=kind, calendar="office", unit=Unit.WORK_DAY, limit=9, due=due, warn=due, since=1)


def test_each_clock_of_a_step_is_told_beside_what_it_was_and_the_handling_first() -> None:
    before = [clock(ClockKind.ACCEPTANCE, 3), clock(ClockKind.HANDLING, 5), clock(ClockKind.WHOLE, 9)]
    after = [clock(ClockKind.WHOLE, 8), clock(ClockKind.ACCEPTANCE, 3), clock(ClockKind.HANDLING, 7)]
    assert moves_of(before, after) == (
        Move(ClockKind.HANDLING, 5, 7),
        Move(ClockKind.ACCEPTANCE, 3, 3),
        Move(ClockKind.WHOLE, 9, 8),
    )


def test_a_clock_that_a_step_begins_has_not_moved() -> None:
    assert moves_of([], [clock(ClockKind.HANDLING, 5)]) == ()
