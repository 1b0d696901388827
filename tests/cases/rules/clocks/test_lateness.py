"""What late means to a clock, at the unit, at closing; and that a column says when it can still become so."""

from __future__ import annotations

from typing import Any

import msgspec
import pytest

from gezhi.calendars.rules.limits import Unit
from gezhi.cases.rules.clocks.clock import Clock, ClockKind
from gezhi.cases.rules.clocks.lateness import handling_due, is_handled_late, is_past_due, part_due, ran_out
from gezhi.cases.rules.stages import Status
from gezhi.cases.rules.state import CaseState
from tests.cases.world import POWER, ROADS, Walk

DUE = 1_000


def handling(**changes: Any) -> Clock:
    return msgspec.structs.replace(
        Clock(kind=ClockKind.HANDLING, calendar="office", unit=Unit.WORK_HOUR, limit=4, due=DUE, warn=DUE - 100),
        **changes,
    )


def case_with(*clocks: Clock) -> CaseState:
    return msgspec.structs.replace(Walk.to(Status.HANDLING).now, clocks=clocks)


@pytest.mark.parametrize(
    ("clock", "moment", "past_due", "handled_late", "due"),
    [
        (handling(since=1), DUE, False, False, DUE),
        (handling(since=1), DUE + 1, True, False, DUE),
        (handling(since=1, raised=True), DUE + 1, True, False, DUE),
        (handling(paused=900), DUE + 1, False, False, None),  # handed over in time: a slow inspection is not its fault
        (handling(paused=DUE + 1, late=True), DUE + 2, True, True, None),
        (handling(paused=DUE + 1, late=True), 1, True, True, None),
        (handling(since=1, late=True), DUE - 1, True, True, DUE),  # sent back late to the same unit with nothing left
        (handling(ended=900), DUE + 1, False, False, None),
    ],
)
def test_late_at_the_unit_and_late_at_closing(
    clock: Clock, moment: int, past_due: bool, handled_late: bool, due: int | None
) -> None:
    state = case_with(clock)
    assert (is_past_due(state, moment), is_handled_late(state), handling_due(state)) == (past_due, handled_late, due)


def test_only_the_handling_clock_counts_against_the_unit() -> None:
    others = [msgspec.structs.replace(handling(since=1, late=True), kind=kind) for kind in ClockKind]
    at_work = {ClockKind.HANDLING, ClockKind.HELPING}
    state = case_with(*(clock for clock in others if clock.kind not in at_work))
    assert (is_past_due(state, DUE + 1), is_handled_late(state), handling_due(state)) == (False, False, None)


def test_once_the_leading_unit_has_handed_over_the_helpers_time_counts_and_the_case_is_not_late() -> None:
    state = case_with(handling(paused=900), msgspec.structs.replace(handling(since=1), kind=ClockKind.HELPING))
    assert (is_past_due(state, DUE + 1), is_handled_late(state), handling_due(state)) == (False, False, DUE)


def test_a_unit_is_late_with_its_own_part_until_it_has_handed_over() -> None:
    walk = Walk.to(Status.REGISTERED).dispatch(ROADS, POWER)
    due = handling_due(walk.now)
    assert [part_due(walk.now, part) for part in walk.now.open_assignments] == [due, due]
    walk.receive().hand_over()
    assert [part_due(walk.now, part) for part in walk.now.open_assignments] == [None, due]
    suspended = Walk.to(Status.SUSPENDED).now
    assert [part_due(suspended, part) for part in suspended.open_assignments] == [None]


@pytest.mark.parametrize(
    ("clock", "out"),
    [
        (handling(since=1), False),
        (handling(since=1, raised=True), True),
        (handling(ended=DUE + 1, late=True), True),
        (handling(ended=900), False),
    ],
)
def test_a_clock_has_run_out_where_it_is_on_record_or_where_it_ended_late(clock: Clock, out: bool) -> None:
    assert ran_out(clock) is out
