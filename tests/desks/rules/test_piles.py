"""Into which pile a case falls at its unit, and what a supervisor or a leader sees first."""

from __future__ import annotations

from gezhi.cases.rules import commands
from gezhi.cases.rules.applications.send_back import AskSendBack
from gezhi.cases.rules.clocks.clock import ClockKind
from gezhi.cases.rules.stages import Status
from gezhi.cases.rules.state import CaseState
from gezhi.desks.rules.overview import (
    Flow,
    Stock,
    Waiting,
    bands_of,
    figures_of,
    flows_of,
)
from gezhi.desks.rules.piles import Pile, own_part, pile_of
from gezhi.kernel.permissions import Actor, Role
from tests.calendars.invented import at
from tests.cases.world import CREW, CREW_MAN, PARKS, PARKS_MAN, POWER, POWER_MAN, ROADS, ROADS_MAN, UNITS, Walk

MIDNIGHT = at("2026-03-03 00:00")


def pile(state: CaseState, actor: Actor = ROADS_MAN, *, now: int, midnight: int = MIDNIGHT) -> Pile:
    part = own_part(actor, state)
    assert part is not None
    return pile_of(state, part, now=now, midnight=midnight)


def test_an_order_waits_to_be_received_then_is_due_today_then_late() -> None:
    walk = Walk.to(Status.DISPATCHED)
    assert pile(walk.now, now=walk.moment) is Pile.TO_RECEIVE
    walk.receive()
    assert pile(walk.now, now=walk.moment) is Pile.DUE_TODAY
    assert pile(walk.now, now=walk.moment, midnight=at("2026-03-02 12:00")) is Pile.IN_HAND
    assert pile(walk.now, now=at("2026-03-02 15:04")) is Pile.OVERDUE


def test_what_is_suspended_or_handed_over_asks_for_nothing() -> None:
    assert pile(Walk.to(Status.SUSPENDED).now, now=0) is Pile.SUSPENDED
    walk = Walk.to(Status.REGISTERED).dispatch(501, PARKS).receive()
    walk.do(commands.HandOver(pictures=(walk.picture(),)), PARKS_MAN)
    assert pile(walk.now, PARKS_MAN, now=walk.moment) is Pile.HANDED_OVER


def test_a_unit_is_late_by_the_handling_and_never_by_a_receipt_or_a_decision() -> None:
    walk = Walk.to(Status.REGISTERED).dispatch(ROADS, POWER).receive()
    walk.receive(POWER_MAN)
    walk.do(AskSendBack(reason="非本单位", reason_code="other"), ROADS_MAN)
    decision = walk.now.clock(ClockKind.APPROVAL)
    assert decision is not None
    assert pile(walk.now, POWER_MAN, now=decision.due + 1) is Pile.IN_HAND


def test_a_crew_receives_its_own_part() -> None:
    walk = Walk.to(Status.HANDLING)
    walk.do(commands.Assign(unit_id=CREW), ROADS_MAN, units={CREW: UNITS[PARKS]})
    assert pile(walk.now, CREW_MAN, now=walk.moment) is Pile.TO_RECEIVE
    walk.receive(CREW_MAN)
    assert pile(walk.now, CREW_MAN, now=walk.moment) is Pile.DUE_TODAY
    assert pile(walk.now, now=walk.moment) is Pile.DUE_TODAY
    walk.hand_over(CREW_MAN)
    assert pile(walk.now, now=walk.moment) is Pile.TO_CONFIRM


def test_a_leader_sees_the_own_approvals_first_and_a_supervisor_what_is_late() -> None:
    stock = Stock(open=9, late=2, handling_late=1)
    assert [one.key for one in figures_of(Role.LEADER, stock, Waiting())][:2] == ["to_decide", "late"]
    assert next(one.key for one in figures_of(Role.SUPERVISOR, stock, Waiting())) == "late"
    assert next(one.key for one in figures_of(Role.SUPERVISOR, stock, Waiting(1, 1))) == "to_decide"


def test_no_figure_stands_alone_and_each_names_its_list() -> None:
    figures = (*figures_of(Role.LEADER, Stock(), Waiting()), *flows_of(Stock(), Flow()))
    assert all(one.other_zh and one.other_en and one.listed["queue"] for one in figures)


def test_every_band_of_age_stands_also_where_nothing_is_that_old() -> None:
    assert [band.count for band in bands_of({0: 2, 3: 1})] == [2, 0, 0, 1]
