"""What a proposal to change a rule must hold, who may decide on it, and what the decision writes."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any
from uuid import UUID

import pytest
from msgspec.structs import replace

from gezhi.amendments.rules.amended_rules import AmendedRule
from gezhi.amendments.rules.amendment import (
    Amendment,
    AmendmentState,
    InThePast,
    NothingChanged,
    NotTheWholeCity,
    check_proposed,
    decided,
    first_day,
    why_not_decide,
)
from gezhi.duties.rules.proposal import AlreadyDecided, OpinionMissing, OwnProposal
from gezhi.kernel.deeds import Deed
from gezhi.kernel.permissions import Actor, Role, Scope

NODE, TODAY, NOW = "370900", date(2026, 11, 2), 1_772_413_200
WHOLE = Scope(regions=("3709",))
PROPOSER, LEADER = Actor(81, 1081, Role.ADMINISTRATOR, 100, WHOLE), Actor(71, 1071, Role.LEADER, 10, WHOLE)
OF_A_DISTRICT = replace(LEADER, scope=Scope(regions=("370902",)))
PROPOSED = Amendment(
    id=UUID(int=1),
    rule=AmendedRule.LOCAL_POLICY,
    row_key="",
    before={"undo_seconds": 60},
    after={"undo_seconds": 30},
    valid_from=TODAY,
    reason="误派较多",
    proposed_by=PROPOSER.user_id,
    proposed_at=NOW,
)


def test_a_rule_may_change_from_today_on_and_not_before() -> None:
    check_proposed(PROPOSED, today=TODAY)
    with pytest.raises(InThePast) as found:
        check_proposed(PROPOSED, today=TODAY + timedelta(days=1))
    assert found.value.field == "valid_from"


def test_what_is_proposed_differs_from_what_is_in_force() -> None:
    with pytest.raises(NothingChanged) as found:
        check_proposed(replace(PROPOSED, after=PROPOSED.before), today=TODAY)
    assert found.value.field == "change"


def test_a_second_person_of_the_whole_city_decides_and_only_once() -> None:
    assert why_not_decide(PROPOSED, LEADER, NODE) is None
    codes = [
        getattr(why_not_decide(amendment, actor, NODE), "code", None)
        for amendment, actor in (
            (PROPOSED, PROPOSER),
            (PROPOSED, OF_A_DISTRICT),
            (replace(PROPOSED, state=AmendmentState.APPROVED), LEADER),
        )
    ]
    assert codes == [OwnProposal.code, NotTheWholeCity.code, AlreadyDecided.code]


@pytest.mark.parametrize(("days", "starts"), [(-3, TODAY), (0, TODAY), (5, TODAY + timedelta(days=5))])
def test_it_is_in_force_from_its_day_but_never_before_the_approval(days: int, starts: date) -> None:
    assert first_day(replace(PROPOSED, valid_from=TODAY + timedelta(days=days)), TODAY) == starts


@pytest.mark.parametrize(
    ("granted", "kind", "changes"),
    [
        (True, "approved", {"state": AmendmentState.APPROVED, "in_force_from": TODAY}),
        (False, "refused", {"state": AmendmentState.REFUSED}),
    ],
)
def test_the_decision_stands_with_its_person_moment_and_words(granted: bool, kind: str, changes: Any) -> None:
    assert decided(PROPOSED, LEADER, granted=granted, text=" 已核对 ", now=NOW, today=TODAY) == Deed(
        kind, "已核对", {"decided_by": LEADER.user_id, "decided_at": NOW, **changes}
    )


def test_nobody_decides_without_a_word() -> None:
    with pytest.raises(OpinionMissing) as found:
        decided(PROPOSED, LEADER, granted=True, text="　", now=NOW, today=TODAY)
    assert found.value.field == "text"
