"""Which cases need the joint meeting, and since when nobody answers for them."""

from __future__ import annotations

import pytest
from msgspec.structs import replace

from gezhi.cases.rules import commands
from gezhi.cases.rules.applications.send_back import AskSendBack
from gezhi.cases.rules.columns import columns_of
from gezhi.cases.rules.difficulty import NAMES, difficulty_of, ownerless_since
from gezhi.cases.rules.stages import Status
from tests.cases.world import DISPATCHER, ROADS, ROADS_MAN, Walk


def test_the_age_of_what_nobody_owns_runs_from_the_question() -> None:
    walk = Walk.to(Status.UNOWNED)
    assert difficulty_of(walk.now) == "unowned"
    assert ownerless_since(walk.now) == columns_of(walk.now)["ownerless_since"] == walk.moment


def test_a_case_with_an_owner_has_no_such_age() -> None:
    assert columns_of(Walk.to(Status.HANDLING).now)["ownerless_since"] is None


def returned(times: int) -> Walk:
    """A registered case that units have sent back so many times."""
    walk = Walk.to(Status.REGISTERED)
    for _ in range(times):
        walk.dispatch().do(AskSendBack(reason="非本单位", reason_code="other"), ROADS_MAN).decide()
    return walk


@pytest.mark.parametrize(("times", "why"), [(0, None), (1, None), (2, "returned_twice"), (3, "returned_twice")])
def test_a_case_that_came_back_for_the_second_time_is_difficult(times: int, why: str | None) -> None:
    walk = returned(times)
    assert (walk.now.status, walk.now.marks.get("send_back_granted", 0)) == (Status.REGISTERED, times)
    assert difficulty_of(walk.now) == why


def test_it_is_no_longer_difficult_once_a_unit_has_it_or_its_owner_is_settled() -> None:
    assert difficulty_of(returned(2).dispatch().now) is None
    unowned = returned(2).do(commands.MarkUnowned(reason="两次回退"), DISPATCHER)
    assert difficulty_of(unowned.now) == "unowned"
    settled = unowned.do(
        commands.SettleOwner(unit_id=ROADS, reason="会商确定", basis="会议纪要", manner="meeting"), DISPATCHER
    ).now
    assert (settled.status, settled.settled_unit) == (Status.REGISTERED, ROADS)
    assert difficulty_of(settled) is None


def test_what_came_back_twice_is_without_owner_since_it_came_back() -> None:
    walk = returned(2)
    back = walk.moment
    walk.do(commands.Note(text="已电话联系"), DISPATCHER)
    assert ownerless_since(walk.now) == back < walk.moment


def test_where_no_such_clock_runs_it_counts_from_the_registration_or_else_the_report() -> None:
    state = returned(2).now
    stopped = replace(state, clocks=tuple(replace(clock, since=None) for clock in state.clocks))
    assert ownerless_since(replace(state, clocks=())) == ownerless_since(stopped) == state.registered
    assert state.registered != state.reported
    assert ownerless_since(replace(state, clocks=(), registered=None)) == state.reported


def test_the_reasons_have_their_names() -> None:
    assert NAMES == {
        "unowned": ("权责待明确", "Owner in question"),
        "returned_twice": ("两次以上回退", "Returned twice or more"),
    }
