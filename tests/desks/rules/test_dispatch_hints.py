"""Whom a waiting case should go to, where it has been, and what speaks against a unit."""

from __future__ import annotations

from gezhi.cases.rules import commands
from gezhi.cases.rules.applications.send_back import AskSendBack
from gezhi.cases.rules.stages import Status
from gezhi.desks.rules.dispatch_hints import (
    Load,
    Neighbour,
    Standing,
    hints_of,
    overload_of,
    returns_of,
    trace_of,
)
from tests.cases.world import CREW, PARKS, ROADS, ROADS_MAN, UNITS, Walk

NEAR = Neighbour("c1", "TW-1", is_open=True, unit=PARKS, metres=30)


def codes(*hints: object) -> list[str]:
    return [hint.code for hint in hints]  # type: ignore[attr-defined]


def good(**changes: object) -> Standing:
    return Standing(**{"unit": ROADS, "is_valid": True, "has_handler": True, **changes})  # type: ignore[arg-type]


def sent_back() -> Walk:
    walk = Walk.to(Status.HANDLING)
    return walk.do(AskSendBack(reason="井盖属供电公司", reason_code="other"), ROADS_MAN).granted()


def test_the_trace_runs_from_the_first_unit_to_the_last_and_leaves_out_crews() -> None:
    walk = Walk.to(Status.HANDLING)
    walk.do(commands.Assign(unit_id=CREW), ROADS_MAN, units={CREW: UNITS[PARKS]})
    walk.do(commands.Revoke(reason="另有安排"), ROADS_MAN)
    walk.do(AskSendBack(reason="井盖属供电公司", reason_code="other"), ROADS_MAN).granted().dispatch(PARKS)
    assert [(part.unit, part.end) for part in trace_of(walk.now)] == [(ROADS, "sent_back"), (PARKS, None)]


def test_who_sent_it_back_is_told_with_the_reason_and_the_decision() -> None:
    (one,) = returns_of(sent_back().now)
    assert (one.unit, one.reason, one.opinion) == (ROADS, "井盖属供电公司", "情况属实")


def test_a_unit_without_anything_against_it_has_no_hints() -> None:
    assert hints_of(Walk.to(Status.REGISTERED).now, good(), ()) == ()


def test_each_thing_that_speaks_against_a_unit_is_said() -> None:
    state = sent_back().now
    assert codes(*hints_of(Walk.to(Status.REGISTERED).now, None, ())) == ["no_row"]
    assert codes(*hints_of(state, None, ())) == ["sent_this_back"]
    assert codes(*hints_of(state, good(is_valid=False), ())) == ["unit_gone", "sent_this_back"]
    assert codes(*hints_of(state, good(unit=PARKS, has_handler=False), ())) == ["no_account"]
    assert codes(*hints_of(state, good(unit=PARKS, returned_alike=2), ())) == ["returned_alike"]
    assert codes(*hints_of(state, good(unit=PARKS, load=Load(6, 6)), ())) == ["overloaded"]


def test_the_same_problem_at_another_unit_is_a_conflict_up_to_thirty_metres() -> None:
    state = Walk.to(Status.REGISTERED).now
    far = Neighbour("c1", "TW-1", is_open=True, unit=PARKS, metres=31)
    closed = Neighbour("c1", "TW-1", is_open=False, unit=PARKS, metres=3)
    own = Neighbour("c1", "TW-1", is_open=True, unit=ROADS, metres=3)
    (hint,) = hints_of(state, good(), (NEAR, far, closed, own))
    assert (hint.code, hint.case) == ("near_elsewhere", "c1")
    assert "30 米" in hint.zh


def test_overloaded_is_one_in_five_late_or_twice_what_a_fortnight_finishes() -> None:
    assert overload_of(Load(in_hand=4, overdue=4)) is None
    assert overload_of(Load(in_hand=10, overdue=1, finished=5)) is None
    assert overload_of(Load(in_hand=10, overdue=2, finished=9)) is not None
    assert overload_of(Load(in_hand=11, overdue=0, finished=5)) is not None
