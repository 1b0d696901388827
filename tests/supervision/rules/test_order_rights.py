"""Who replies to an order, whom it supervises and who may lift it."""

from __future__ import annotations

import msgspec
import pytest

from gezhi.kernel.permissions import SYSTEM, Actor, Role, Scope
from gezhi.supervision.rules.order_rights import is_addressed, is_concerned, is_named, may_lift
from tests.supervision.rules.test_own_unit import ORDER, OTHER, OWN

ELSEWHERE = 100
NAMED = msgspec.structs.replace(ORDER, addressees=(3, 5))


def person(user: int, *, unit: int = ELSEWHERE, role: Role = Role.LEADER, level: int = 1) -> Actor:
    return Actor(user, user + 10, role, unit, Scope(organisations=(unit,)), level=level)


def test_those_whom_an_order_names_reply_and_nobody_else_of_the_unit() -> None:
    assert is_addressed(NAMED, person(3))
    assert is_addressed(NAMED, person(5, unit=OWN))
    assert not is_addressed(NAMED, person(4, unit=OWN))


def test_where_an_order_names_nobody_the_unit_replies() -> None:
    assert is_addressed(ORDER, person(4, unit=OWN))
    assert not is_addressed(ORDER, person(4, unit=OTHER))


def test_an_order_concerns_whom_it_names_and_the_unit_but_nobody_supervises_themselves() -> None:
    assert is_concerned(NAMED, person(3))
    assert is_concerned(NAMED, person(4, unit=OWN))
    assert not is_concerned(NAMED, person(4))
    own = msgspec.structs.replace(NAMED, ordered_by=3)
    assert not is_named(own, person(3))
    assert is_named(own, person(5))


@pytest.mark.parametrize(
    ("ordered", "lifts", "may"),
    [
        (Role.SYSTEM, person(4, role=Role.SUPERVISOR), True),
        (Role.SYSTEM, person(4, level=2), True),
        (Role.SUPERVISOR, person(4, role=Role.SUPERVISOR), False),
        (Role.SUPERVISOR, person(4, level=2), True),
        (Role.LEADER, person(4, role=Role.SUPERVISOR), False),
        (Role.LEADER, person(4, level=2), False),
        (Role.LEADER, person(4, level=1), True),
        (Role.LEADER, person(9, level=3), True),
        (Role.SUPERVISOR, person(9, role=Role.SUPERVISOR), True),
        (Role.LEADER, SYSTEM, True),
    ],
)
def test_who_lifts_an_order(ordered: Role, lifts: Actor, *, may: bool) -> None:
    assert may_lift(msgspec.structs.replace(ORDER, ordered_by=9, ordered_role=ordered), lifts) is may
