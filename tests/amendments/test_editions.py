"""版本切换 on the real database: proposed, decided, in force from its day on, or withdrawn before it."""

from __future__ import annotations

from datetime import timedelta

import pytest

from gezhi.amendments.actions import decide_amendment, propose_row, withdraw_amendment
from gezhi.amendments.rules.amendment import Amendment
from gezhi.cases.queries.registers import held_matrix
from gezhi.cases.rules.applications.matrix import MATRIX
from gezhi.cases.rules.commands import Amend
from gezhi.catalog.models import EditionPeriod
from gezhi.catalog.queries import held_catalog
from gezhi.catalog.rules.editions import EditionSwitch
from gezhi.kernel.permissions import Role
from gezhi.kernel.problems import Problem
from gezhi.notices.models import Notice
from gezhi.plumbing.journal.verify import verify_registers
from gezhi.policy.queries import held_policy
from tests.amendments.test_amendments import EXTENSION, LATER, TODAY, city, doing, keeper, proposed
from tests.cases.city import LITTER, LITTER_ROW, City
from tests.cases.test_api import desk

__all__ = ["city"]
SWITCH = EditionSwitch("2013")
OLD_LITTER, OLD_ROW = "2013-matter-0201", "2013-matter-0201-1"


def approved(city: City, row: object = SWITCH) -> Amendment:
    waiting = proposed(city, row, LATER)
    return decide_amendment(waiting.id, "同意", granted=True, doing=doing(city, city.actor(Role.LEADER)))


def test_from_its_day_on_reports_carry_the_new_edition_and_open_cases_keep_theirs(city: City) -> None:
    before = city.begin()
    approved(city)
    catalog = held_catalog()
    assert [catalog.edition_on(day) for day in (LATER - timedelta(days=1), LATER)] == ["2026", "2013"]
    with pytest.raises(Problem, match="cases"):
        city.begin(city.reported(class_key=OLD_LITTER, row_key=OLD_ROW))
    city.clock.advance(7 * 86_400)
    after = city.begin(city.reported(class_key=OLD_LITTER, row_key=OLD_ROW))
    with pytest.raises(Problem, match="cases"):
        city.begin(city.reported(class_key=LITTER, row_key=LITTER_ROW))
    accepted = city.do(before, *city.next_move(before))
    assert accepted.problem is None
    moved = city.do(before, Amend(reason="门牌有误", address="鹭桥路12号"), city.actor(Role.ACCEPTOR, region="990101"))
    assert moved.problem is None
    assert [city.state(one).subject.class_key for one in (before, after)] == [LITTER, OLD_LITTER]
    assert list(verify_registers()) == []


def test_withdrawn_before_its_day_the_edition_in_force_goes_on(city: City) -> None:
    settled, leader = approved(city), city.actor(Role.LEADER)
    told = desk(city, Role.LEADER).call("GET", f"/rules/amendments/{settled.id}").json()
    assert (told["may_withdraw"], told["change"]["after"]["standard"]) == (True, "GB/T 30428.2-2013")
    key = city.ids()
    for _ in range(2):
        done = withdraw_amendment(settled.id, "培训未完成", doing=doing(city, leader, key))
        assert done.state == "withdrawn"
    assert held_catalog().edition_on(LATER) == "2026"
    assert EditionPeriod.objects.filter(valid_to=None).count() == 1
    notice = Notice.objects.get(kind="amendment_decided", title_zh="目录版本的修订已撤回")
    assert (notice.user_id, notice.text_zh) == (keeper(city).user_id, f"{leader.name}：培训未完成")
    with pytest.raises(Problem) as again:
        withdraw_amendment(settled.id, "再撤", doing=doing(city, leader))
    assert again.value.code == "amendments.amendment.nothing-to-withdraw"
    assert list(verify_registers()) == []


def test_what_waits_is_withdrawn_by_who_proposed_it_and_what_holds_by_nobody(city: City) -> None:
    waiting, leader = proposed(city), city.actor(Role.LEADER)
    with pytest.raises(Problem) as other:
        withdraw_amendment(waiting.id, "撤回", doing=doing(city, leader))
    assert other.value.code == "amendments.amendment.withdrawn-by-other"
    assert withdraw_amendment(waiting.id, "写错了", doing=doing(city, keeper(city))).state == "withdrawn"
    holding = proposed(city)
    decide_amendment(holding.id, "同意", granted=True, doing=doing(city, leader))
    with pytest.raises(Problem) as holds:
        withdraw_amendment(holding.id, "撤回", doing=doing(city, leader))
    assert holds.value.code == "amendments.amendment.holds-already"


def test_a_row_and_settings_that_are_settled_for_later_go_back_too(city: City) -> None:
    from tests.amendments.test_amendments import ROW

    row, leader = approved(city, ROW), city.actor(Role.LEADER)
    withdraw_amendment(row.id, "再议", doing=doing(city, leader))
    assert held_matrix().on(LATER)[EXTENSION] == MATRIX[EXTENSION]
    body = {"rule": "local-policy", "settings": {"undo_seconds": 30}, "valid_from": str(LATER), "reason": "试行"}
    made = desk(city, Role.ADMINISTRATOR).send("/rules/amendments", body).json()
    for deed, sent in (("decision", {"granted": True, "text": "同意"}), ("withdrawal", {"text": "再议"})):
        assert desk(city, Role.LEADER).send(f"/rules/amendments/{made['id']}/{deed}", sent).status_code == 200
    assert held_policy().on(LATER) == held_policy().on(TODAY)


def test_a_switch_never_begins_within_a_day(city: City) -> None:
    with pytest.raises(Problem) as today:
        propose_row(SWITCH, valid_from=TODAY, reason="新国标", doing=doing(city, keeper(city)))
    assert today.value.code == "catalog.editions.switch-too-early"
    waiting = proposed(city, SWITCH, LATER)
    city.clock.advance(8 * 86_400)
    done = decide_amendment(waiting.id, "同意", granted=True, doing=doing(city, city.actor(Role.LEADER)))
    assert done.in_force_from == LATER + timedelta(days=2)
