"""A unit that is supervised or held to account neither judges its own reply nor lifts its own order."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime
from uuid import UUID

import msgspec
import pytest

from gezhi.cases.rules.entries import OrderKind
from gezhi.cases.rules.stages import Status
from gezhi.kernel.permissions import Actor, Permission, Role, Scope
from gezhi.supervision.rules import accountability as entries
from gezhi.supervision.rules import major_register as register
from gezhi.supervision.rules import order_steps as steps
from gezhi.supervision.rules.accountability import AccountabilityKind, AccountabilityRecord, EntryState
from gezhi.supervision.rules.available import acts_on_entry, acts_on_major, acts_on_order
from gezhi.supervision.rules.major_register import MajorCase, MajorState
from gezhi.supervision.rules.orders import Addressed, Order, OrderState
from gezhi.supervision.rules.own_unit import OwnUnit
from tests.cases.world import POLICY, Walk

NOW = int(datetime(2026, 3, 2, 9, tzinfo=UTC).timestamp())
DUE = NOW + 86_400
OWN, OTHER = 7, 8
REPLY = Permission.SUPERVISION_REPLY
RIGHTS = frozenset({Permission.SUPERVISION_WRITE, REPLY, Permission.CASES_ACT})
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
TO_CLOSE = msgspec.structs.replace(Walk.to(Status.TO_CLOSE).now, major=2)
SEEING = msgspec.structs.replace(HEAD, scope=Scope(regions=("",), organisations=(OWN,)))
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
        lambda entry, actor: entries.decide_close(entry, actor, "到位", {"measure": "none"}, most_points=500, now=NOW),
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
        assert act not in acts_on_order(ORDER, actor, Status.HANDLING)
    ON_ORDERS[act](msgspec.structs.replace(ORDER, unit_id=OTHER), HEAD)
    ON_ORDERS[act](msgspec.structs.replace(ORDER, unit_id=None), HEAD)
    ON_ORDERS[act](ORDER, CENTRE)
    assert act in acts_on_order(ORDER, CENTRE, Status.HANDLING)


@pytest.mark.parametrize("act", ON_ENTRIES)
def test_an_entry_about_the_own_unit_is_dealt_with_by_others(act: str) -> None:
    entry, decide = ON_ENTRIES[act]
    for actor in SIDE:
        with pytest.raises(OwnUnit):
            decide(entry, actor)
        assert act not in acts_on_entry(entry, actor, NOW)
    decide(msgspec.structs.replace(entry, unit_id=OTHER), HEAD)
    decide(entry, CENTRE)
    assert act in acts_on_entry(entry, CENTRE, NOW)


@pytest.mark.parametrize("act", ON_MAJOR)
def test_the_unit_that_leads_a_major_case_grants_itself_nothing(act: str) -> None:
    major, decide = ON_MAJOR[act]
    with pytest.raises(OwnUnit):
        decide(major, HEAD)
    assert act not in acts_on_major(major, SEEING, TO_CLOSE, POLICY)
    decide(major, CENTRE)
    assert act in acts_on_major(major, CENTRE, TO_CLOSE, POLICY)


def test_a_supervisor_of_the_leading_unit_proposes_no_strike_off() -> None:
    with pytest.raises(OwnUnit):
        register.decide_propose_strike(MAJOR, SIDE[1], "已核查", inspected=True, now=NOW)
    assert "propose_strike_off" not in acts_on_major(
        MAJOR, msgspec.structs.replace(SEEING, role=Role.SUPERVISOR), TO_CLOSE, POLICY
    )
    assert "propose_strike_off" in acts_on_major(
        MAJOR, msgspec.structs.replace(CENTRE, role=Role.SUPERVISOR), TO_CLOSE, POLICY
    )


def test_the_own_unit_replies() -> None:
    waiting = msgspec.structs.replace(ORDER, state=OrderState.OPEN)
    assert acts_on_order(waiting, HEAD, Status.HANDLING) == ("reply",)
    assert acts_on_entry(msgspec.structs.replace(ENTRY, state=EntryState.CORRECTING), HEAD, NOW) == ("report",)


NAMED = msgspec.structs.replace(CENTRE, user_id=5, permissions=RIGHTS)  # the leader in charge, whom level 3 addresses
HANDLER = msgspec.structs.replace(HEAD, user_id=6, role=Role.HANDLER, permissions=frozenset({REPLY}))
AT_THREE = msgspec.structs.replace(ORDER, level=3, addressee="government", addressees=(NAMED.user_id,))


def test_exactly_the_people_whom_an_order_names_reply() -> None:
    waiting = msgspec.structs.replace(AT_THREE, state=OrderState.OPEN)
    assert acts_on_order(waiting, NAMED, Status.HANDLING) == ("reply",)
    assert acts_on_order(waiting, HANDLER, Status.HANDLING) == ()
    with pytest.raises(steps.NotYourOrder):
        steps.decide_reply(waiting, HANDLER, "在办", (), now=NOW)
    assert steps.decide_reply(waiting, NAMED, "已协调", (), now=NOW).kind == "replied"
    assert "reply" in acts_on_order(msgspec.structs.replace(waiting, addressees=()), HANDLER, Status.HANDLING)


@pytest.mark.parametrize("act", ON_ORDERS)
def test_whom_an_order_addresses_deals_with_it_no_further(act: str) -> None:
    order = msgspec.structs.replace(AT_THREE, level=2)
    with pytest.raises(steps.AddressedToYou):
        ON_ORDERS[act](order, NAMED)
    assert act not in acts_on_order(order, NAMED, Status.HANDLING)
    assert act in acts_on_order(order, CENTRE, Status.HANDLING)


DISTRICT = msgspec.structs.replace(CENTRE, user_id=9, level=2)
BY_SUPERVISOR = msgspec.structs.replace(ORDER, ordered_role=Role.SUPERVISOR, ordered_by=40)
BY_LEADER = msgspec.structs.replace(ORDER, ordered_role=Role.LEADER, ordered_by=41)


@pytest.mark.parametrize(
    ("order", "actor", "lifts"),
    [
        (ORDER, msgspec.structs.replace(CENTRE, role=Role.SUPERVISOR), True),
        (BY_SUPERVISOR, msgspec.structs.replace(CENTRE, role=Role.SUPERVISOR), False),
        (BY_SUPERVISOR, msgspec.structs.replace(CENTRE, role=Role.SUPERVISOR, user_id=40), True),
        (BY_SUPERVISOR, DISTRICT, True),
        (BY_LEADER, DISTRICT, False),
        (BY_LEADER, msgspec.structs.replace(DISTRICT, user_id=41), True),
        (BY_LEADER, CENTRE, True),
        (BY_LEADER, msgspec.structs.replace(CENTRE, role=Role.SUPERVISOR), False),
    ],
)
def test_only_the_right_ones_lift(order: Order, actor: Actor, *, lifts: bool) -> None:
    assert ("lift" in acts_on_order(order, actor, Status.HANDLING)) is lifts
    if lifts:
        assert steps.decide_lift(order, actor, "已解决", now=NOW).kind == "lifted"
    else:
        with pytest.raises(steps.NotTheOrderer):
            steps.decide_lift(order, actor, "已解决", now=NOW)


@pytest.mark.parametrize("status", [Status.CLOSED, Status.VOIDED, None])
def test_of_a_case_that_has_ended_nothing_more_is_demanded(status: Status | None) -> None:
    assert acts_on_order(ORDER, CENTRE, status) == ("accept", "lift")


@pytest.mark.parametrize(("due", "closes"), [(None, False), (NOW + 1, False), (NOW, False), (NOW - 1, True)])
def test_an_entry_closes_once_the_result_is_there_or_its_time_has_passed(due: int | None, *, closes: bool) -> None:
    entry = msgspec.structs.replace(ENTRY, state=EntryState.CORRECTING, due_at=due)
    assert ("close" in acts_on_entry(entry, CENTRE, NOW)) is closes
    if not closes:
        with pytest.raises(entries.ResultAwaited):
            entries.decide_close(entry, CENTRE, "到位", {"measure": "none"}, most_points=500, now=NOW)


@pytest.mark.parametrize(("points", "taken"), [(0, True), (500, True), (501, False), (99_900, False)])
def test_points_stay_within_the_bounds_of_the_rule(points: int, *, taken: bool) -> None:
    outcome: dict[str, object] = {"measure": "deduct", "points": points}
    if taken:
        deed = entries.decide_close(REPORTED, CENTRE, "到位", outcome, most_points=500, now=NOW)
        assert deed.changes["points"] == points
    else:
        with pytest.raises(entries.TooManyPoints) as refused:
            entries.decide_close(REPORTED, CENTRE, "到位", outcome, most_points=500, now=NOW)
        assert (refused.value.field, refused.value.text()) == ("points", "按问责规定，本条最多扣 5 分。")
