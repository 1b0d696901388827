"""Clocks of a case started, ended, paused and resumed at the moment of a command."""

from __future__ import annotations

from msgspec.structs import replace

from gezhi.cases.rules.clocks.clock import ClockKind
from gezhi.cases.rules.facts import UnitShare
from gezhi.cases.rules.stages import Status
from tests.cases.world import DISPATCHER, HOUR, MINUTE, Walk, facts


def test_a_unit_of_which_nothing_was_counted_was_granted_and_given_nothing() -> None:
    assert facts(DISPATCHER, 0).share == UnitShare(granted=0, given=0)


def test_a_clock_starts_now_with_the_limit_of_its_stage() -> None:
    walk = Walk.to(Status.REGISTERED)
    begun = facts(DISPATCHER, walk.moment).start(ClockKind.DISPATCH)
    assert (begun, begun.due) == (walk.now.clock(ClockKind.DISPATCH), walk.moment + 15 * MINUTE)


def test_only_clocks_that_ran_and_have_not_ended_are_ended() -> None:
    walk = Walk.to(Status.HANDLING)
    now = facts(DISPATCHER, walk.moment + HOUR)
    ended = now.end(walk.now, ClockKind.ACCEPTANCE, ClockKind.REVIEW, ClockKind.HANDLING)
    assert [(clock.kind, clock.ended, clock.since) for clock in ended] == [(ClockKind.HANDLING, now.moment, None)]


def test_only_a_clock_that_runs_is_paused_and_only_one_that_stands_still_is_resumed() -> None:
    walk = Walk.to(Status.HANDLING)
    running = walk.now.clock(ClockKind.HANDLING)
    now, later = facts(DISPATCHER, walk.moment), facts(DISPATCHER, walk.moment + HOUR)
    assert running is not None
    assert (now.pause(walk.now, ClockKind.REVIEW), now.resume(walk.now, ClockKind.REVIEW)) == ((), ())
    assert now.resume(walk.now, ClockKind.HANDLING) == ()
    (paused,) = now.pause(walk.now, ClockKind.HANDLING)
    assert (paused.since, paused.paused) == (None, walk.moment)
    still = replace(walk.now, clocks=(paused,))
    assert now.pause(still, ClockKind.HANDLING) == ()
    (given_back,) = later.resume(still, ClockKind.HANDLING)
    (counted,) = later.resume(still, ClockKind.HANDLING, give_time_back=False)
    assert (given_back.since, given_back.used) == (later.moment, paused.used)
    assert (counted.since, counted.used, counted.due) == (later.moment, paused.used + HOUR, running.due)
