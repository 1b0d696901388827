"""A unit that is supervised or held to account neither judges its own reply nor lifts its own order."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime
from uuid import UUID

import msgspec
import pytest

from gezhi.kernel.permissions import Actor, Permission, Role, Scope
from gezhi.supervision.rules import accountability as entries
from gezhi.supervision.rules import major_register as register
from gezhi.supervision.rules import order_steps as steps
from gezhi.supervision.rules.accountability import AccountabilityKind, AccountabilityRecord, EntryState
from gezhi.supervision.rules.available import acts_on_entry, acts_on_major, acts_on_order
from gezhi.supervision.rules.major_register import MajorCase, MajorState
from gezhi.supervision.rules.orders import Addressed, Order, OrderKind, OrderState
from gezhi.supervision.rules.own_unit import OwnUnit

NOW = int(datetime(2026, 3, 2, 9, tzinfo=UTC).timestamp())
DUE = NOW + 86_400
OWN, OTHER = 7, 8
RIGHTS = frozenset({Permission.SUPERVISION_WRITE, Permission.SUPERVISION_REPLY, Permission.CASES_ACT})
HEAD = Actor(3, 13, Role.LEADER, OWN, Scope(organisations=(OWN,)), permissions=RIGHTS)  # of the unit itself
CENTRE = Actor(4, 14, Role.LEADER, 100, Scope(regions=("",)), permissions=RIGHTS)
SIDE = (HEAD, msgspec.structs.replace(HEAD, role=Role.SUPERVISOR))

ORDER = Order(
    id=UUID(int=1), no="DB1", case_id=UUID(int=2), case_no="YT1", class_key="2026-matter-06010", area_code="990101001",
    kind=OrderKind.AUTOMATIC, level=1, addressee="contact", unit_id=OWN, due_at=DUE, ordered_at=NOW, ordered_by=0,
    ordered_role=Role.SYSTEM, state=OrderState.ANSWERED,
)  # fmt: skip
ENTRY = AccountabilityRecord(
    id=UUID(int=1), no="WZ1", natural_key="k", kind=AccountabilityKind.OVERDUE, unit_id=OWN, area_code="9901",
    cause="拖延", demand="整改", proposed_at=NOW, proposed_by=0,
)  # fmt: skip
MAJOR = MajorCase(
    id=UUID(int=1), no="ZD1", case_id=UUID(int=2), case_no="YT1", class_key="2026-matter-06010", area_code="990101001",
    level=2, plan="分三步", unit_id=OWN, due_at=DUE, listed_at=NOW, listed_by=1, asked_due_at=DUE + 9, asked_by=1,
)  # fmt: skip
STRIKING = msgspec.structs.replace(MAJOR, state=MajorState.STRIKING, strike_by=1)
REPORTED = msgspec.structs.replace(ENTRY, state=EntryState.REPORTED)
UP = Addressed(2, "head", (), DUE)

ON_ORDERS: dict[str, Callable[[Order, Actor], object]] = {
    "accept": lambda order, actor: steps.decide_accept(order, actor, "", now=NOW),
    "return": lambda order, actor: steps.decide_return(order, actor, "再报", DUE, now=NOW),
    "further": lambda order, actor: steps.decide_further(order, actor, "查明", DUE, now=NOW),
    "escalate": lambda order, actor: steps.decide_escalate(order, actor, UP, "升级"),
    "lift": lambda order, actor: steps.decide_lift(order, actor, "已解决", now=NOW),
}
ON_ENTRIES: dict[str, tuple[AccountabilityRecord, Callable[[AccountabilityRecord, Actor], object]]] = {
    "confirm": (ENTRY, lambda entry, actor: entries.decide_confirm(entry, actor, "整改", DUE, now=NOW)),
    "dismiss": (ENTRY, lambda entry, actor: entries.decide_dismiss(entry, actor, "证据不足", now=NOW)),
    "return": (REPORTED, lambda entry, actor: entries.decide_return_result(entry, actor, "再改", DUE, now=NOW)),
    "close": (
        REPORTED,
        lambda entry, actor: entries.decide_close(entry, actor, "到位", {"measure": "none"}, now=NOW),
    ),
}
ON_MAJOR: dict[str, tuple[MajorCase, Callable[[MajorCase, Actor], object]]] = {
    "decide_change": (MAJOR, lambda one, actor: register.decide_change(one, actor, "同意", granted=True, now=NOW)),
    "sign_strike_off": (STRIKING, lambda one, actor: register.decide_strike(one, actor, "同意", granted=True, now=NOW)),
}


@pytest.mark.parametrize("act", ON_ORDERS)
def test_an_order_to_the_own_unit_is_dealt_with_by_others(act: str) -> None:
    for actor in SIDE:
        with pytest.raises(OwnUnit):
            ON_ORDERS[act](ORDER, actor)
        assert act not in acts_on_order(ORDER, actor)
    ON_ORDERS[act](msgspec.structs.replace(ORDER, unit_id=OTHER), HEAD)
    ON_ORDERS[act](msgspec.structs.replace(ORDER, unit_id=None), HEAD)
    ON_ORDERS[act](ORDER, CENTRE)
    assert act in acts_on_order(ORDER, CENTRE)


@pytest.mark.parametrize("act", ON_ENTRIES)
def test_an_entry_about_the_own_unit_is_dealt_with_by_others(act: str) -> None:
    entry, decide = ON_ENTRIES[act]
    for actor in SIDE:
        with pytest.raises(OwnUnit):
            decide(entry, actor)
        assert act not in acts_on_entry(entry, actor)
    decide(msgspec.structs.replace(entry, unit_id=OTHER), HEAD)
    decide(entry, CENTRE)
    assert act in acts_on_entry(entry, CENTRE)


@pytest.mark.parametrize("act", ON_MAJOR)
def test_the_unit_that_leads_a_major_case_grants_itself_nothing(act: str) -> None:
    major, decide = ON_MAJOR[act]
    with pytest.raises(OwnUnit):
        decide(major, HEAD)
    assert act not in acts_on_major(major, HEAD)
    decide(major, CENTRE)
    assert act in acts_on_major(major, CENTRE)


def test_a_supervisor_of_the_leading_unit_proposes_no_strike_off() -> None:
    with pytest.raises(OwnUnit):
        register.decide_propose_strike(MAJOR, SIDE[1], "已核查", inspected=True, now=NOW)
    assert "propose_strike_off" not in acts_on_major(MAJOR, SIDE[1])


def test_the_own_unit_is_still_reminded_and_replies() -> None:
    waiting = msgspec.structs.replace(ORDER, state=OrderState.OPEN)
    assert acts_on_order(waiting, HEAD) == ("reply", "remind")
    assert acts_on_entry(msgspec.structs.replace(ENTRY, state=EntryState.CORRECTING), HEAD) == ("report",)
