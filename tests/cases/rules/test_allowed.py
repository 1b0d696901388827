"""In whose name somebody works on a case."""

from __future__ import annotations

import pytest

from gezhi.cases.rules import commands
from gezhi.cases.rules.allowed import is_in_scope, last_unit_of, part_of
from gezhi.cases.rules.facts import UnitFact
from gezhi.cases.rules.stages import Status
from gezhi.kernel.permissions import Actor, Role, Scope
from tests.cases.world import CREW, CREW_MAN, PARKS, PARKS_MAN, POWER, POWER_MAN, ROADS, ROADS_MAN, Walk

ABOVE_ALL = Actor(99, 1099, Role.HANDLER, 600, Scope(organisations=(ROADS, PARKS, POWER, CREW), only_own_work=True))


def with_crew(*units: int) -> Walk:
    """Dispatched to these units; the roads office has given its part to its crew."""
    leader = {ROADS: ROADS_MAN, PARKS: PARKS_MAN, POWER: POWER_MAN}[units[0]]
    walk = Walk.to(Status.REGISTERED).dispatch(*units).receive(leader)
    return walk.do(commands.Assign(unit_id=CREW), ROADS_MAN, units={CREW: UnitFact(CREW, "班组")})


def under(organisation: int, *below: int) -> Actor:
    return Actor(99, 1099, Role.HANDLER, organisation, Scope(organisations=below, only_own_work=True))


@pytest.mark.parametrize(
    ("units", "actor", "unit"),
    [
        ((ROADS,), ROADS_MAN, ROADS),
        ((ROADS,), CREW_MAN, CREW),
        ((POWER, ROADS), under(ROADS, ROADS, CREW), ROADS),
        ((ROADS, POWER), under(CREW, ROADS, CREW), CREW),
        ((ROADS, POWER), under(POWER, ROADS, POWER), POWER),
        ((POWER, ROADS), ABOVE_ALL, POWER),
        ((POWER, ROADS), under(600, CREW, ROADS), ROADS),
        ((POWER, ROADS), under(600, CREW), CREW),
        ((POWER, PARKS, ROADS), under(600, PARKS, ROADS), PARKS),
        ((ROADS,), under(ROADS), ROADS),
        ((ROADS,), PARKS_MAN, None),
    ],
    ids=[
        "the unit that has it",
        "a crew its own",
        "the very own before a crew below",
        "the very own though it lies deeper",
        "the very own though another leads",
        "the leading one before helpers and crews",
        "a helping unit before its crew",
        "a crew below",
        "of two helpers the first",
        "the own one outside every scope",
        "no part",
    ],
)
def test_somebody_works_in_the_name_of(units: tuple[int, ...], actor: Actor, unit: int | None) -> None:
    assert part_of(actor, with_crew(*units).now if ROADS in units else Walk.to(Status.HANDLING).now) == unit


def test_a_part_that_has_ended_is_nobodys() -> None:
    walk = with_crew(ROADS).do(commands.Revoke(reason="自行办理"), ROADS_MAN)
    assert (part_of(CREW_MAN, walk.now), part_of(ROADS_MAN, walk.now)) == (None, ROADS)


def test_who_handled_it_last_is_the_unit_that_led_last_by_itself_or_by_who_stands_above() -> None:
    closed = Walk.to(Status.CLOSED).now
    assert last_unit_of(under(ROADS), closed) == last_unit_of(under(600, ROADS), closed) == ROADS
    assert last_unit_of(PARKS_MAN, closed) is None
    assert last_unit_of(ROADS_MAN, Walk.to(Status.REGISTERED).now) is None


@pytest.mark.parametrize(
    ("scope", "within"),
    [
        (Scope(regions=("370902003",)), True),
        (Scope(regions=("370903", "3709")), True),
        (Scope(regions=("370903",)), False),
        (Scope(regions=("3709",), only_own_work=True), False),
        (Scope(organisations=(PARKS, ROADS), only_own_work=True), True),
        (Scope(regions=("370903",), organisations=(ROADS,)), True),
        (Scope(organisations=(PARKS,), only_own_work=True), False),
        (Scope(), False),
    ],
)
def test_a_case_lies_in_a_scope_by_its_place_or_by_its_units(scope: Scope, within: bool) -> None:
    actor = Actor(99, 1099, Role.HANDLER, 600, scope)
    assert is_in_scope(actor, ("370902003001007", "370902003001", "370902"), (ROADS,)) is within
