"""What the clock loop, a changed calendar and remarks write into the log of a case."""

from __future__ import annotations

import msgspec
import pytest

from gezhi.cases.rules import commands
from gezhi.cases.rules.clocks.clock import ClockKind
from gezhi.cases.rules.clocks.deadline import Timing
from gezhi.cases.rules.entries import Charge
from gezhi.cases.rules.stages import Status
from gezhi.cases.rules.steps.running_out import NothingMoved, NothingRanOut
from gezhi.kernel.words import WordsMissing, WordsTooLong
from tests.calendars.invented import SATURDAYS, at, compiled
from tests.cases.world import (
    ACCEPTOR,
    CALENDARS,
    DAY,
    DISPATCHER,
    DUTY_OFFICER,
    HOUR,
    LEADER,
    MINUTE,
    ROADS,
    ROADS_MAN,
    SUPERVISOR,
    SYSTEM,
    Walk,
)

RUN_OUT = commands.RunOut()
SATURDAY_WORK = Timing({**CALENDARS, "office": msgspec.structs.replace(compiled(SATURDAYS), name="office")})


def test_a_running_out_is_put_on_record_once() -> None:
    walk = Walk.to(Status.REPORTED)
    with pytest.raises(NothingRanOut):
        walk.do(RUN_OUT, SYSTEM, after=15 * MINUTE)
    walk.do(RUN_OUT, SYSTEM, after=15 * MINUTE + 1)
    assert (walk.last.text, walk.now.marks["ran_out"]) == ("acceptance", 1)
    with pytest.raises(NothingRanOut):
        walk.do(RUN_OUT, SYSTEM, after=DAY)


def test_each_clock_that_ran_out_is_charged_by_itself_and_no_other() -> None:
    charges = (Charge(ClockKind.HANDLING, ROADS), Charge(ClockKind.RECEIPT, ROADS), Charge(ClockKind.DISPATCH, 200))
    walk = Walk.to(Status.DISPATCHED).do(RUN_OUT, SYSTEM, after=3 * DAY, charges=charges)
    assert walk.last.charges == charges[:2]


def test_clocks_that_ran_out_together_stand_in_one_entry() -> None:
    walk = Walk.to(Status.DISPATCHED).do(RUN_OUT, SYSTEM, after=3 * DAY)
    assert walk.last.text == "whole,receipt,handling"
    assert all(clock.raised for clock in walk.last.clocks)
    assert walk.now.status is Status.DISPATCHED


def test_a_running_out_does_not_make_what_somebody_looked_at_stale() -> None:
    walk = Walk.to(Status.DISPATCHED)
    seen = walk.now.seq
    walk.do(RUN_OUT, SYSTEM, after=3 * HOUR).do(commands.Receive(), ROADS_MAN, seen=seen)
    assert walk.now.status is Status.HANDLING


def test_a_changed_calendar_is_written_as_new_deadlines() -> None:
    walk = Walk.to(Status.REGISTERED)
    walk.dispatch(after=4 * DAY)
    before = {clock.kind: clock.due for clock in walk.now.clocks}
    friday_evening = Walk.to(Status.REGISTERED).dispatch(after=4 * DAY + 8 * HOUR + 30 * MINUTE)
    friday_evening.do(commands.Recompute(reason="周六上午上班"), SYSTEM, timing=SATURDAY_WORK)
    assert {clock.kind for clock in friday_evening.last.clocks} == {
        ClockKind.RECEIPT, ClockKind.HANDLING, ClockKind.WHOLE,
    }  # fmt: skip
    with pytest.raises(NothingMoved):
        walk.do(commands.Recompute(reason="周六上午上班"), SYSTEM, timing=SATURDAY_WORK)
    assert {clock.kind: clock.due for clock in walk.now.clocks} == before


def test_remarks_leave_status_clocks_and_what_was_seen_as_they_are() -> None:
    walk = Walk.to(Status.HANDLING)
    before, seen = walk.now, walk.now.seq
    walk.do(commands.Note(text="已电话联系"), ACCEPTOR)
    walk.do(commands.Remind(text="请加快"), LEADER)
    walk.do(commands.FindMissed(collector_id=11, basis="巡查轨迹", reason="当日巡查经过未报"), SUPERVISOR)
    state = walk.now
    assert (state.status, state.clocks, state.acted) == (before.status, before.clocks, before.acted)
    assert (state.marks["reminded"], state.marks["missed"], walk.last.charged_to) == (1, 1, 11)
    walk.do(commands.HandOver(pictures=("x",)), ROADS_MAN, seen=seen)
    assert walk.now.status is Status.HANDLED


@pytest.mark.parametrize(
    ("text", "problem"),
    [("  ", WordsMissing), ("字" * 2001, WordsTooLong), ("字" * 2000, None)],
    ids=["none", "too many", "most"],
)
def test_a_remark_says_something_and_not_too_much(text: str, problem: type[Exception] | None) -> None:
    walk = Walk.to(Status.HANDLING)
    if problem is None:
        walk.do(commands.Note(text=text), DUTY_OFFICER)
        return
    with pytest.raises(problem):
        walk.do(commands.Note(text=text), DUTY_OFFICER)


def test_the_whole_case_moves_with_its_handling_when_a_calendar_changes() -> None:
    walk = Walk(moment=at("2026-03-06 15:30")).report().accept().register().dispatch().receive()
    before = {kind: walk.now.clock(kind) for kind in (ClockKind.HANDLING, ClockKind.WHOLE)}
    walk.do(commands.Recompute(reason="周六上午上班"), SYSTEM, timing=SATURDAY_WORK)
    after = {kind: walk.now.clock(kind) for kind in before}
    assert all(before.values())
    assert all(after.values())
    moved = {kind: after[kind].due - before[kind].due for kind in before}  # type: ignore[union-attr]
    assert moved[ClockKind.HANDLING] < 0
    assert moved[ClockKind.WHOLE] == moved[ClockKind.HANDLING]


def test_before_the_dispatch_the_whole_case_grows_with_a_holiday() -> None:
    walk = Walk(moment=at("2026-03-06 15:30")).report(timing=SATURDAY_WORK).accept(timing=SATURDAY_WORK)
    before = due(walk, ClockKind.WHOLE)
    walk.do(commands.Recompute(reason="周六休息"), SYSTEM)
    assert due(walk, ClockKind.WHOLE) > before + DAY
    with pytest.raises(NothingMoved):
        walk.do(commands.Recompute(reason="周六休息"), SYSTEM)


def ran_out_on_saturday() -> Walk:
    """Dispatched on Friday evening; its unit worked on Saturdays, and let the time run out."""
    walk = Walk(moment=at("2026-03-06 15:30")).report(timing=SATURDAY_WORK).accept(timing=SATURDAY_WORK).register()
    walk.do(commands.Dispatch(unit_id=ROADS, reason="现场商定"), DISPATCHER, timing=SATURDAY_WORK).receive()
    walk.do(RUN_OUT, SYSTEM, after=at("2026-03-07 18:00") - walk.moment, timing=SATURDAY_WORK)
    assert raised(walk) == {ClockKind.HANDLING}
    return walk


def raised(walk: Walk) -> set[ClockKind]:
    return {clock.kind for clock in walk.now.clocks if clock.raised}


def due(walk: Walk, kind: ClockKind) -> int:
    clock = walk.now.clock(kind)
    assert clock is not None
    return clock.due


def test_what_had_run_out_and_has_time_again_may_run_out_again() -> None:
    walk = ran_out_on_saturday().do(commands.Recompute(reason="周六休息"), SYSTEM)
    again = due(walk, ClockKind.HANDLING)
    assert (again > walk.moment, raised(walk)) == (True, set())
    walk.do(RUN_OUT, SYSTEM, after=again + 1 - walk.moment)
    assert (walk.last.text, raised(walk)) == ("handling", {ClockKind.HANDLING})


def test_what_has_no_time_left_by_the_new_calendar_has_run_out_already() -> None:
    soon = ran_out_on_saturday().do(commands.Recompute(reason="周六休息"), SYSTEM)
    handling = due(soon, ClockKind.HANDLING)
    for moment, still in (
        (handling - 1, set()),
        (handling, {ClockKind.HANDLING}),
    ):
        walk = ran_out_on_saturday()
        walk.do(commands.Recompute(reason="周六休息"), SYSTEM, after=moment - walk.moment)
        assert (due(walk, ClockKind.HANDLING), raised(walk)) == (handling, still)


def test_a_case_without_a_limit_has_no_whole_clock_to_move() -> None:
    walk = Walk().call_in()
    assert walk.now.clock(ClockKind.WHOLE) is None
    with pytest.raises(NothingMoved):
        walk.do(commands.Recompute(reason="周六上午上班"), SYSTEM, timing=SATURDAY_WORK)


def test_a_suspended_case_has_nothing_to_recompute_and_the_second_time_nothing_has() -> None:
    suspended = Walk.to(Status.SUSPENDED)
    with pytest.raises(NothingMoved):
        suspended.do(commands.Recompute(reason="周六上午上班"), SYSTEM, timing=SATURDAY_WORK)
    for status in (Status.REPORTED, Status.REGISTERED, Status.DISPATCHED, Status.HANDLED, Status.TO_CLOSE):
        walk = Walk.to(status)
        with pytest.raises(NothingMoved):
            walk.do(commands.Recompute(reason="没有改动"), SYSTEM)
    moved = Walk(moment=at("2026-03-06 15:30")).report().accept().register().dispatch()
    moved.do(commands.Recompute(reason="周六上午上班"), SYSTEM, timing=SATURDAY_WORK)
    with pytest.raises(NothingMoved):
        moved.do(commands.Recompute(reason="周六上午上班"), SYSTEM, timing=SATURDAY_WORK)


def test_a_suspension_that_woke_by_itself_is_not_late_however_late_the_loop_comes() -> None:
    walk = Walk.to(Status.SUSPENDED)
    until = due(walk, ClockKind.SUSPENSION)
    walk.do(RUN_OUT, SYSTEM, after=until + HOUR - walk.moment)
    clock = walk.now.clock(ClockKind.SUSPENSION)
    assert clock is not None
    assert (clock.ended, clock.late, walk.last.kind) == (until, False, "woken")
