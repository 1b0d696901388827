"""立案结案规范修订: a row is proposed, settled by a second person, in force from its day on, or withdrawn before it."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest

from gezhi.amendments.actions import decide_amendment, withdraw_amendment
from gezhi.calendars.rules.limits import Limit, Unit
from gezhi.catalog.queries import held_catalog
from gezhi.kernel.permissions import Role
from gezhi.kernel.problems import Problem
from gezhi.plumbing.journal.verify import verify_registers
from tests.amendments.test_amendments import LATER, city, doing, keeper
from tests.cases.city import LITTER, LITTER_ROW, City
from tests.cases.test_api import desk

__all__ = ["city"]


def sent(**row: Any) -> dict[str, Any]:
    told = {"class_key": LITTER, "condition": "垃圾成堆", "limit": "4小时", "closing": ["CLEAN"], **row}
    return {"rule": "standard-row", "row": told, "valid_from": LATER.isoformat(), "reason": "市规〔2026〕9号"}


def proposed(city: City, **row: Any) -> dict[str, Any]:
    answer = desk(city, Role.ADMINISTRATOR).call("POST", "/rules/amendments", sent(**row))
    assert answer.status_code == 201, answer.json()
    told: dict[str, Any] = answer.json()
    return told


def settled(city: City, told: dict[str, Any]) -> None:
    decide_amendment(told["id"], "同意", granted=True, doing=doing(city, city.actor(Role.LEADER)))


def test_a_changed_row_follows_the_old_one_on_its_day_and_a_case_keeps_the_old(city: City) -> None:
    case = city.begin()
    told = proposed(city, row_key=LITTER_ROW, level_limits={"A": "1紧急工作时", "B": ""})
    assert told["change"]["after"]["limit"] == {"zh": "4工作时", "en": "4 work hours"}
    settled(city, told)
    before, after = (held_catalog().rows_of(LITTER, LATER - timedelta(days=ago)) for ago in (1, 0))
    assert (LITTER_ROW in {row.key for row in before}, LITTER_ROW in {row.key for row in after}) == (True, False)
    (new,) = [row for row in after if row.condition_zh == "垃圾成堆"]
    assert (new.limit, new.closing_codes) == (Limit(4, Unit.WORK_HOUR, "office"), ("CLEAN",))
    assert [(one.level, one.limit) for one in new.level_limits] == [("A", Limit(1, Unit.URGENT_HOUR, "office"))]
    assert city.state(case).subject.row_key == LITTER_ROW
    shown = desk(city, Role.LEADER).call("GET", f"/catalog/classes/{LITTER}?on={LATER}").json()
    assert new.key in {row["key"] for row in shown["rows"]}
    assert list(verify_registers()) == []


def test_withdrawn_before_its_day_what_stood_goes_on(city: City) -> None:
    before = held_catalog().rows_of(LITTER, LATER)
    for row in ({"row_key": LITTER_ROW}, {}, {"row_key": LITTER_ROW, "ended": True}):
        told = proposed(city, **row)
        settled(city, told)
        assert held_catalog().rows_of(LITTER, LATER) != before
        withdraw_amendment(told["id"], "撤回", doing=doing(city, city.actor(Role.LEADER)))
        assert held_catalog().rows_of(LITTER, LATER) == before
    assert list(verify_registers()) == []


def test_of_two_proposals_about_one_row_the_later_is_not_approved_by_its_old_words(city: City) -> None:
    first, second = proposed(city, row_key=LITTER_ROW), proposed(city, row_key=LITTER_ROW, condition="垃圾散落")
    settled(city, first)
    with pytest.raises(Problem) as refused:
        settled(city, second)
    assert refused.value.code == "amendments.amendment.rule-has-moved"


@pytest.mark.parametrize(
    ("row", "field"),
    [
        ({"limit": "尽快"}, "limit"),
        ({"level_limits": {"B": "3"}}, "limit_b"),
        ({"closing": []}, "closing"),
        ({"closing": ["NONE"]}, "closing"),
        ({"condition": " "}, "condition"),
    ],
)
def test_what_is_wrong_is_told_at_its_field(city: City, row: dict[str, Any], field: str) -> None:
    answer = desk(city, Role.ADMINISTRATOR).call("POST", "/rules/amendments", sent(**row))
    assert answer.status_code == 422, answer.json()
    assert answer.json()["field"] == field


def test_who_proposes_a_row_does_not_settle_it(city: City) -> None:
    told = proposed(city)
    with pytest.raises(Problem) as own:
        decide_amendment(told["id"], "同意", granted=True, doing=doing(city, keeper(city)))
    assert own.value.code == "duties.proposal.own"
