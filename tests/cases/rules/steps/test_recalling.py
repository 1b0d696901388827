"""Undone within its window a dispatch is as if it had not been sent; recalled later, the dispatcher's time has run."""

from __future__ import annotations

from typing import Any

import msgspec
import pytest

from gezhi.cases.rules import commands
from gezhi.cases.rules.clocks.clock import Clock, ClockKind
from gezhi.cases.rules.clocks.runs import runs_of
from gezhi.cases.rules.clocks.stage_spans import stage_spans
from gezhi.cases.rules.columns import columns_of
from gezhi.cases.rules.stages import Status
from gezhi.policy.rules.local_policy import LocalPolicy
from tests.cases.world import (
    ACCEPTOR,
    DAY,
    DISPATCHER,
    HOUR,
    LEADER,
    MINUTE,
    PARKS,
    POWER,
    ROADS,
    ROADS_MAN,
    SYSTEM,
    Walk,
)

UNDO = commands.Recall(reason="派遣后立即撤销")


def dispatch_clock(walk: Walk) -> Clock:
    clock = walk.now.clock(ClockKind.DISPATCH)
    assert clock is not None
    return clock


def beside_the_log(walk: Walk) -> dict[str, Any]:
    """The case without what counts its entries."""
    state = walk.now
    fields = {name: getattr(state, name) for name in state.__struct_fields__ if name not in ("seq", "acted")}
    return fields | {name: value for name, value in columns_of(state).items() if name != "seq"}


def late_at_the_desk() -> Walk:
    return Walk.to(Status.REGISTERED).do(commands.RunOut(), SYSTEM, after=HOUR)


def sent_back() -> Walk:
    """In its second round at the desk."""
    return Walk.to(Status.INSPECTING).inspect(passed=False)


def with_owner() -> Walk:
    walk = Walk.to(Status.UNOWNED)
    return walk.do(commands.SettleOwner(unit_id=PARKS, basis="纪要", reason="园林处", manner="meeting"), LEADER)


@pytest.mark.parametrize("begin", [lambda: Walk.to(Status.REGISTERED), late_at_the_desk, sent_back, with_owner])
@pytest.mark.parametrize("after", [1, 59])
def test_undone_in_time_everything_is_as_if_it_had_not_been_sent(begin: Any, after: int) -> None:
    walk = begin()
    before, stages, runs = beside_the_log(walk), stage_spans(walk.entries, now=walk.moment + DAY), runs_of(walk.entries)
    end = walk.moment + DAY
    walk.dispatch(ROADS, POWER, after=5 * MINUTE).do(UNDO, DISPATCHER, after=after)
    assert beside_the_log(walk) == before
    assert (stage_spans(walk.entries, now=end), runs_of(walk.entries)) == (stages, runs)
    assert (walk.last.kind, walk.last.undoes, walk.last.reason) == (
        "dispatch_undone",
        walk.now.seq - 1,
        "派遣后立即撤销",
    )


def test_an_overdue_dispatch_that_was_undone_is_overdue_still_and_is_sent_late() -> None:
    walk = late_at_the_desk()
    due = dispatch_clock(walk).due
    walk.dispatch().do(UNDO, DISPATCHER, after=10)
    assert (dispatch_clock(walk).due, dispatch_clock(walk).raised, dispatch_clock(walk).since is not None) == (
        due, True, True,
    )  # fmt: skip
    assert dispatch_clock(walk.dispatch()).late is True


@pytest.mark.parametrize("late", [False, True])
def test_recalled_later_the_dispatchers_time_has_run_on(late: bool) -> None:
    walk = late_at_the_desk() if late else Walk.to(Status.REGISTERED)
    due = dispatch_clock(walk).due
    walk.dispatch().receive().do(commands.Recall(reason="派错单位"), DISPATCHER, after=5 * MINUTE)
    clock = dispatch_clock(walk)
    assert (walk.last.kind, clock.due, clock.since is not None, clock.raised) == ("recalled", due, True, late)
    assert dispatch_clock(walk.dispatch(PARKS, after=20 * MINUTE)).late is True
    assert walk.now.marks["recalled"] == 1


def test_what_was_received_or_is_older_than_the_window_is_recalled_and_not_undone() -> None:
    received = Walk.to(Status.REGISTERED).dispatch().receive(after=5).do(UNDO, DISPATCHER, after=5)
    older = Walk.to(Status.REGISTERED).dispatch().do(UNDO, DISPATCHER, after=60)
    assert [walk.last.kind for walk in (received, older)] == ["recalled", "recalled"]


def test_what_a_colleague_sent_is_recalled_and_not_undone() -> None:
    colleague = msgspec.structs.replace(DISPATCHER, user_id=42)
    assert Walk.to(Status.REGISTERED).dispatch().do(UNDO, colleague, after=5).last.kind == "recalled"


def test_a_remark_in_between_stays_and_does_not_hinder() -> None:
    walk = Walk.to(Status.REGISTERED).dispatch()
    walk.do(commands.Remind(text="请加快"), LEADER, after=5).do(commands.Note(text="已电话"), ACCEPTOR, after=5)
    walk.do(UNDO, DISPATCHER, after=5)
    assert (walk.last.kind, walk.now.marks, walk.now.assignments) == ("dispatch_undone", {"reminded": 1}, ())


def test_how_long_it_may_be_undone_is_set_by_the_city() -> None:
    policy = LocalPolicy(number_prefix="TW", undo_seconds=0)
    walk = Walk.to(Status.REGISTERED, policy=policy).dispatch()
    assert walk.do(UNDO, DISPATCHER, after=1).last.kind == "recalled"
    assert walk.dispatch().receive(ROADS_MAN).now.status is Status.HANDLING
