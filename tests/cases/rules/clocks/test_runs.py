"""Every run of every clock, in all rounds, as the log tells it."""

from __future__ import annotations

from gezhi.cases.rules import commands
from gezhi.cases.rules.applications.extension import AskExtension
from gezhi.cases.rules.clocks.clock import ClockKind
from gezhi.cases.rules.clocks.runs import Run, runs_of, standing
from gezhi.cases.rules.stages import Status
from tests.cases.world import DISPATCHER, HOUR, MINUTE, MONDAY_MORNING, ROADS_MAN, SYSTEM, Walk

K = ClockKind


def runs(walk: Walk, *kinds: ClockKind) -> list[Run]:
    return [run for run in runs_of(walk.entries) if run.kind in kinds]


def test_each_round_has_its_own_runs() -> None:
    walk = Walk.to(Status.INSPECTING).inspect(passed=False).dispatch().receive().hand_over(after=9 * HOUR)
    first, second = runs(walk, K.HANDLING)
    assert (first.round, first.begun, first.ended, first.late) == (
        1, MONDAY_MORNING + 3 * MINUTE, MONDAY_MORNING + 4 * MINUTE + HOUR, False,
    )  # fmt: skip
    assert (second.round, second.ended, second.late) == (2, walk.moment, True)
    assert second.due < walk.moment
    assert [(run.round, run.late) for run in runs(walk, K.DISPATCH)] == [(1, False), (2, False)]


def test_a_run_that_goes_on_is_late_when_that_is_on_record() -> None:
    walk = Walk.to(Status.REGISTERED)
    (run,) = runs(walk, K.DISPATCH)
    assert (run.ended, run.late) == (None, False)
    walk.do(commands.RunOut(), SYSTEM, after=HOUR)
    (run,) = runs(walk, K.DISPATCH)
    assert (run.ended, run.late) == (None, True)
    (run,) = runs(walk.dispatch(), K.DISPATCH)
    assert (run.ended, run.late) == (walk.moment, True)


def test_more_time_moves_the_due_moment_of_the_run_that_goes_on() -> None:
    walk = Walk.to(Status.HANDLING)
    (before,) = runs(walk, K.HANDLING)
    walk.do(AskExtension(reason="工程量大", reason_code="other", value=1), ROADS_MAN).granted()
    (after,) = runs(walk, K.HANDLING)
    assert (after.begun, after.due) == (before.begun, before.due + HOUR)


def test_a_dispatch_that_was_undone_has_no_runs_and_ended_none() -> None:
    walk = Walk.to(Status.REGISTERED)
    before = runs_of(walk.entries)
    walk.dispatch().do(commands.Recall(reason="派遣后立即撤销"), DISPATCHER, after=5)
    assert runs_of(walk.entries) == before
    assert [entry.seq for entry in standing(walk.entries)] == [1, 2, 3]


def test_runs_stand_in_the_order_in_which_they_began() -> None:
    told = runs_of(Walk.to(Status.CLOSED).entries)
    assert [run.begun for run in told if run.kind is not K.WHOLE] == sorted(
        run.begun for run in told if run.kind is not K.WHOLE
    )
    assert all(run.ended is not None for run in told)


def test_a_run_that_stops_when_it_is_due_is_not_late() -> None:
    walk = Walk.to(Status.REGISTERED)
    (run,) = runs(walk, K.DISPATCH)
    (run,) = runs(walk.dispatch(after=run.due - walk.moment), K.DISPATCH)
    assert (run.ended, run.late) == (run.due, False)
