"""规定修订 on the real database: proposed by one, in force by another, both on record, whatever rule it is about."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import UUID

import msgspec
import pytest
from django.db import connection

from gezhi.amendments.actions import decide_amendment, propose_row, propose_settings
from gezhi.amendments.models import AmendmentEvent
from gezhi.amendments.rules.amendment import Amendment, AmendmentState, why_not_decide
from gezhi.cases.models import ApprovalRowVersion
from gezhi.cases.queries.registers import held_matrix
from gezhi.cases.rules.applications.matrix import MATRIX
from gezhi.cases.rules.clocks.clock import ClockKind
from gezhi.kernel.application_kinds import ApplicationKind
from gezhi.kernel.deeds import fold
from gezhi.kernel.permissions import Actor, Permission, Role
from gezhi.kernel.problems import Problem
from gezhi.notices.models import Notice
from gezhi.people.models import Post
from gezhi.people.queries import get_actor
from gezhi.plumbing.clock import system_clock
from gezhi.plumbing.journal.verify import verify_registers
from gezhi.plumbing.register_rows import Doing
from gezhi.plumbing.versions import forget_all
from gezhi.policy.models import LocalPolicyVersion
from gezhi.policy.queries import held_policy
from gezhi.supervision.models import RuleVersion
from gezhi.supervision.queries.rules import held_rules
from gezhi.supervision.rules.accountability_rules import ROWS
from gezhi.supervision.rules.automatic import LEVELS
from tests.cases.city import WEST, City, living_city
from tests.cases.test_api import Browser, desk

TODAY = (datetime.fromtimestamp(system_clock(), UTC) + timedelta(hours=8)).date()
LATER = TODAY + timedelta(days=7)
EXTENSION = ApplicationKind.EXTENSION
ROW = msgspec.structs.replace(MATRIX[EXTENSION], steps=("leader",))


@pytest.fixture
def city(_built: None, db: None) -> City:
    return living_city()


def doing(city: City, actor: Actor, key: UUID | None = None) -> Doing:
    return Doing(actor=actor, key=key or city.ids(), clock=city.clock, ids=city.ids)


def keeper(city: City) -> Actor:
    return city.actor(Role.ADMINISTRATOR)


def proposed(city: City, row: Any = ROW, valid_from: Any = TODAY) -> Amendment:
    return propose_row(row, valid_from=valid_from, reason="市政府令", doing=doing(city, keeper(city)))


def code_of(problem: pytest.ExceptionInfo[Problem]) -> str:
    return problem.value.code


def test_nothing_is_in_force_until_a_second_person_has_approved_it(city: City) -> None:
    waiting = proposed(city)
    assert held_matrix().on(LATER)[EXTENSION] == MATRIX[EXTENSION]
    with pytest.raises(Problem) as own:
        decide_amendment(waiting.id, "同意", granted=True, doing=doing(city, keeper(city)))
    assert code_of(own) == "duties.proposal.own"
    leader = city.actor(Role.LEADER)
    done = decide_amendment(waiting.id, "同意", granted=True, doing=doing(city, leader))
    assert (done.state, done.decided_by, done.in_force_from) == (AmendmentState.APPROVED, leader.user_id, TODAY)
    assert held_matrix().on(TODAY)[EXTENSION] == ROW
    version = ApprovalRowVersion.objects.get(valid_from=TODAY, kind=EXTENSION)
    assert (version.changed_by, version.approved_by, version.reason) == (
        keeper(city).user_id,
        leader.user_id,
        "市政府令",
    )


def test_another_administrator_may_approve_too(city: City) -> None:
    waiting = proposed(city)
    colleague = msgspec.structs.replace(keeper(city), user_id=keeper(city).user_id + 1)
    assert decide_amendment(waiting.id, "同意", granted=True, doing=doing(city, colleague)).state == "approved"


def test_refused_it_changes_nothing_and_keeps_its_reason(city: City) -> None:
    waiting, leader = proposed(city), city.actor(Role.LEADER)
    with pytest.raises(Problem) as blank:
        decide_amendment(waiting.id, " ", granted=False, doing=doing(city, leader))
    assert code_of(blank) == "duties.proposal.opinion-missing"
    assert decide_amendment(waiting.id, "依据不足", granted=False, doing=doing(city, leader)).state == "refused"
    with pytest.raises(Problem) as twice:
        decide_amendment(waiting.id, "同意", granted=True, doing=doing(city, leader))
    assert code_of(twice) == "duties.proposal.already-decided"
    assert held_matrix().on(LATER)[EXTENSION] == MATRIX[EXTENSION]


def test_both_persons_stand_in_a_log_that_gives_the_row_and_under_the_proof(city: City) -> None:
    waiting, leader = proposed(city), city.actor(Role.LEADER)
    decide_amendment(waiting.id, "同意", granted=True, doing=doing(city, leader))
    events = list(AmendmentEvent.objects.order_by("seq"))
    assert [(one.kind, one.user_id, one.text) for one in events] == [
        ("proposed", keeper(city).user_id, "市政府令"),
        ("approved", leader.user_id, "同意"),
    ]
    row = fold(Amendment, [one.changes for one in events])
    assert (row.before["steps"], row.after["steps"]) == (["dispatcher", "duty-officer"], ["leader"])
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM plumbing_journal WHERE register LIKE 'amendments%%'")
        assert cursor.fetchone() == (4,)
    assert list(verify_registers()) == []


def test_sent_again_nothing_is_done_twice(city: City) -> None:
    key, leader = city.ids(), city.actor(Role.LEADER)
    first = propose_row(ROW, valid_from=TODAY, reason="市政府令", doing=doing(city, keeper(city), key))
    assert propose_row(ROW, valid_from=TODAY, reason="市政府令", doing=doing(city, keeper(city), key)).id == first.id
    key = city.ids()
    for _ in range(2):
        assert decide_amendment(first.id, "同意", granted=True, doing=doing(city, leader, key)).state == "approved"
    assert AmendmentEvent.objects.count() == 2


def test_rows_of_supervision_and_accountability_go_the_same_way(city: City) -> None:
    level = msgspec.structs.replace(LEVELS[3], hours=40)
    overdue = msgspec.structs.replace(ROWS["overdue"], days=60)
    for row in (level, overdue):
        waiting = proposed(city, row, LATER)
        decide_amendment(waiting.id, "同意", granted=True, doing=doing(city, city.actor(Role.LEADER)))
    held = held_rules()
    assert (held.levels(TODAY)[3].hours, held.levels(LATER)[3].hours) == (LEVELS[3].hours, 40)
    assert held.accountability(LATER)["overdue"].days == 60
    assert list(RuleVersion.objects.values_list("approved_by", flat=True)) == [city.actor(Role.LEADER).user_id] * 2


def test_of_the_local_policy_only_the_named_settings_change_in_later_versions_too(city: City) -> None:
    leader, old = city.actor(Role.LEADER), held_policy().on(TODAY)
    coming = {"undo_seconds": 30, "missed_days": 9}
    for settings, day in ((coming, LATER), ({"undo_seconds": 0, "warn_percent": 70}, TODAY)):
        waiting = propose_settings(settings, valid_from=day, reason="试行", doing=doing(city, keeper(city)))
        decide_amendment(waiting.id, "同意", granted=True, doing=doing(city, leader))
    now, then = held_policy().on(TODAY), held_policy().on(LATER)
    assert now == msgspec.structs.replace(old, undo_seconds=0, warn_percent=70)
    assert then == msgspec.structs.replace(old, undo_seconds=30, missed_days=9, warn_percent=70)
    assert LocalPolicyVersion.objects.get(valid_from=TODAY).approved_by == leader.user_id


def test_a_limit_of_one_clock_leaves_those_of_the_others(city: City) -> None:
    old = held_policy().on(TODAY).stage_limits
    sent = {"stage_limits": {"dispatch": {"value": 25, "unit": "minute"}}}
    body = {"rule": "local-policy", "settings": sent, "valid_from": str(TODAY), "reason": "试行"}
    made = desk(city, Role.ADMINISTRATOR).send("/rules/amendments", body).json()
    answer = desk(city, Role.LEADER).send(f"/rules/amendments/{made['id']}/decision", {"granted": True, "text": "同意"})
    assert answer.status_code == 200
    forget_all()
    dispatch = msgspec.structs.replace(old[ClockKind.DISPATCH], value=25)
    assert held_policy().on(TODAY).stage_limits == {**old, ClockKind.DISPATCH: dispatch}


def test_a_list_of_reasons_is_changed_for_its_command_alone(city: City) -> None:
    before = held_policy().on(TODAY).reasons
    rows = [
        {"command": "reopen", "code": "again", "zh": "复发", "en": "Came back", "answer": ""},
        {"command": "reopen", "code": "other", "zh": "其他", "en": "Other", "answer": ""},
    ]
    waiting = propose_settings({"reasons": rows}, valid_from=TODAY, reason="试行", doing=doing(city, keeper(city)))
    decide_amendment(waiting.id, "同意", granted=True, doing=doing(city, city.actor(Role.LEADER)))
    after = held_policy().on(TODAY).reasons
    assert [one.code for one in after if one.command == "reopen"] == ["again", "other"]
    assert [one for one in after if one.command != "reopen"] == [one for one in before if one.command != "reopen"]
    with pytest.raises(Problem) as bad:
        propose_settings({"reasons": rows[:1]}, valid_from=TODAY, reason="试行", doing=doing(city, keeper(city)))
    assert code_of(bad) == "policy.reasons.bad-reasons"


def test_what_has_moved_since_it_was_proposed_is_not_approved_by_its_old_words(city: City) -> None:
    leader = city.actor(Role.LEADER)
    first, second = proposed(city), proposed(city, msgspec.structs.replace(ROW, most_granted=3))
    decide_amendment(first.id, "同意", granted=True, doing=doing(city, leader))
    with pytest.raises(Problem) as moved:
        decide_amendment(second.id, "同意", granted=True, doing=doing(city, leader))
    assert code_of(moved) == "amendments.amendment.rule-has-moved"
    assert decide_amendment(second.id, "已另行修订", granted=False, doing=doing(city, leader)).state == "refused"


def test_approved_after_its_day_it_counts_from_the_approval_on(city: City) -> None:
    waiting = proposed(city)
    city.clock.advance(2 * 86_400)
    done = decide_amendment(waiting.id, "同意", granted=True, doing=doing(city, city.actor(Role.LEADER)))
    assert done.in_force_from == TODAY + timedelta(days=2)
    assert held_matrix().on(TODAY)[EXTENSION] == MATRIX[EXTENSION]


@pytest.mark.parametrize(
    ("row", "valid_from", "reason", "code"),
    [
        (ROW, TODAY - timedelta(days=1), "市政府令", "amendments.amendment.in-the-past"),
        (MATRIX[EXTENSION], TODAY, "市政府令", "amendments.amendment.nothing-changed"),
        (ROW, TODAY, " ", "kernel.words.missing"),
        (msgspec.structs.replace(ROW, steps=()), TODAY, "市政府令", "cases.approval-matrix.bad-row"),
        (msgspec.structs.replace(LEVELS[1], share=600), TODAY, "提速", "supervision.automatic.levels-out-of-order"),
        (msgspec.structs.replace(LEVELS[1], level=7), TODAY, "提速", "supervision.automatic.bad-row"),
        (
            msgspec.structs.replace(ROWS["low_rate"], months=0),
            TODAY,
            "新年度",
            "supervision.accountability-rules.bad-row",
        ),
    ],
)
def test_what_cannot_be_a_rule_is_refused_when_it_is_proposed(
    city: City, row: Any, valid_from: Any, reason: str, code: str
) -> None:
    with pytest.raises(Problem) as problem:
        propose_row(row, valid_from=valid_from, reason=reason, doing=doing(city, keeper(city)))
    assert code_of(problem) == code


def test_the_doors_show_old_and_new_and_who_may_decide(city: City) -> None:
    administrator, leader, dispatcher = (
        desk(city, role) for role in (Role.ADMINISTRATOR, Role.LEADER, Role.DISPATCHER)
    )
    standing = administrator.call("GET", "/approvals").json()["rows"]
    row = next(one for one in standing if one["kind"] == "extension")
    words = {name: row[name] for name in row if name not in ("kind", "valid_from")}
    body = {
        "rule": "approval-matrix",
        "kind": "extension",
        "row": {**words, "steps": ["leader"]},
        "valid_from": str(TODAY),
        "reason": "试行",
    }
    assert dispatcher.send("/rules/amendments", body).status_code == 403
    made = administrator.send("/rules/amendments", body)
    assert (made.status_code, made.json()["may_decide"]) == (201, False)
    assert made.json()["why_not"]["zh"].startswith("这项修订由您本人提出")
    page = leader.call("GET", "/rules/amendments?state=pending").json()
    (waiting,) = page["items"]
    assert (page["pending"], waiting["may_decide"]) == (1, True)
    assert waiting["change"]["before"]["steps"] == ["dispatcher", "duty-officer"]
    assert waiting["change"]["after"]["steps"] == ["leader"]
    decision = f"/rules/amendments/{waiting['id']}/decision"
    for who in (administrator, dispatcher):
        assert who.send(decision, {"granted": True, "text": "同意"}).status_code == 403
    done = leader.send(decision, {"granted": True, "text": "同意"}).json()
    assert [one["kind"] for one in done["opinions"]] == ["proposed", "approved"]
    assert dispatcher.call("GET", f"/rules/amendments/{waiting['id']}").json()["may_decide"] is False
    forget_all()
    rows = administrator.call("GET", "/approvals").json()["rows"]
    assert next(one for one in rows if one["kind"] == "extension")["steps"] == ["leader"]
    assert administrator.send("/rules/amendments", {**body, "kind": "holiday"}).status_code == 422
    assert administrator.call("GET", "/rules/local-policy").json()["settings"]["undo_seconds"] == 60


def test_only_who_answers_for_the_whole_city_proposes_or_decides(city: City) -> None:
    waiting = proposed(city)
    for role in (Role.ADMINISTRATOR, Role.LEADER):
        Post.objects.filter(id=city.actor(role).post_id).update(region_codes=[WEST])
    forget_all()
    with pytest.raises(Problem) as refused:
        proposed(city)
    assert code_of(refused) == "amendments.amendment.not-the-whole-city"
    answer = (
        Browser()
        .sign_in(city.actor(Role.LEADER))
        .send(f"/rules/amendments/{waiting.id}/decision", {"granted": True, "text": "同意"})
    )
    assert (answer.status_code, answer.json()["code"]) == (403, "amendments.amendment.not-the-whole-city")


def test_who_may_decide_is_told_that_a_proposal_waits_and_who_proposed_it_what_was_decided(city: City) -> None:
    """Whoever may not decide, or answers for a part of the city alone, reads nothing of it."""
    waiting = proposed(city)
    told = {one.user_id: one for one in Notice.objects.filter(kind="amendment_waits")}
    leader = city.actor(Role.LEADER)
    assert leader.user_id in told
    assert keeper(city).user_id not in told
    for user_id in told:
        actor = get_actor(user_id, now=city.clock())
        assert why_not_decide(waiting, actor, held_policy().node) is None
        assert Permission.RULES_APPROVE in actor.permissions
    notice = told[leader.user_id]
    assert (notice.subject_kind, notice.title_zh) == ("approval-matrix", "审批规定的修订等待审批")
    assert "理由：市政府令" in notice.text_zh
    decide_amendment(waiting.id, "另行研究", granted=False, doing=doing(city, leader))
    answer = Notice.objects.get(kind="amendment_decided")
    assert (answer.user_id, answer.title_zh) == (keeper(city).user_id, "审批规定的修订未批准")
    assert answer.text_zh == f"{leader.name}：另行研究"
