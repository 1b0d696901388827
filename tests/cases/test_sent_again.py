"""Reports and commands sent again, and keys that two people or two contents have in common."""

from __future__ import annotations

from typing import Any
from uuid import UUID

import pytest

from gezhi.cases.models import Case
from gezhi.cases.queries.case_page import list_entries
from gezhi.kernel.permissions import Role
from tests.cases.city import City
from tests.cases.test_api import Browser, desk, now_city, refused, report_of

__all__ = ["now_city"]

KEY = {"Idempotency-Key": "REQ-0001"}
REUSED = (422, "plumbing.doors.idempotency-key-reused")


def kinds_of(case_id: UUID) -> list[str]:
    return [str(entry.step.kind) for entry in list_entries(case_id)]


def test_two_people_who_count_their_reports_alike_begin_a_case_each(now_city: City) -> None:
    acceptor, collector = desk(now_city, Role.ACCEPTOR), Browser().sign_in(now_city.collector())
    first = acceptor.send("/cases", report_of(now_city), **KEY)
    own = report_of(now_city, channel="collector", contact=None, place="别处", pictures=[now_city.picture()])
    second = collector.send("/cases", own, **KEY)
    assert (first.status_code, second.status_code, second.json()["replayed"]) == (201, 201, False)
    assert first.json()["id"] != second.json()["id"]
    assert {first.json()["id"], collector.send("/cases", own, **KEY).json()["id"]} == {
        first.json()["id"],
        second.json()["id"],
    }


OTHER_REPORTS: dict[str, dict[str, Any]] = {
    "more words": {"description": "路边有一堆垃圾，有老人摔伤"},
    "another place": {"place": "A路与B路口"},
    "a few metres on": {"lon": 119.5},
    "another sender": {"contact": {"name": "李四", "phone": "13900001234", "wants_answer": True}},
    "no sender": {"contact": None},
    "another channel": {"channel": "web"},
    "no class": {"class_key": None, "row_key": None},
}


@pytest.mark.parametrize("case", OTHER_REPORTS)
def test_a_report_with_other_words_under_a_used_key_is_refused_and_not_lost_in_silence(
    now_city: City, case: str
) -> None:
    seat = desk(now_city, Role.ACCEPTOR)
    before = Case.objects.count()
    taken = seat.send("/cases", report_of(now_city), **KEY).json()
    answer = seat.send("/cases", report_of(now_city, **OTHER_REPORTS[case]), **KEY)
    assert refused(answer) == REUSED
    assert answer.json()["details"]["used_for"] == "POST /api/v1/cases"
    assert "没有办理" in answer.json()["title_zh"]
    assert Case.objects.count() == before + 1
    assert seat.send("/cases", report_of(now_city), **KEY).json() == {**taken, "replayed": True}


def test_two_people_act_on_one_case_under_one_key_and_both_are_done(now_city: City) -> None:
    case_id = now_city.begin()
    first, second = (Browser().sign_in(actor) for actor in now_city.people(Role.ACCEPTOR)[:2])
    path = f"/cases/{case_id}/commands"
    assert first.send(path, {"command": "note", "text": "已电话联系"}, **KEY).status_code == 200
    done = second.send(
        path, {"command": "refuse", "reason": "不属于职责", "reason_code": "other", "answer": "不属于城管职责"}, **KEY
    )
    assert (done.status_code, done.json()["status"]) == (200, "refused")
    assert kinds_of(case_id) == ["reported", "noted", "refused"]


def test_a_command_sent_again_after_its_own_entry_was_seen_is_answered_as_before(now_city: City) -> None:
    """The answer got lost, the page has meanwhile shown what was done: `seq` is no part of what is asked for."""
    case_id, seat = now_city.begin(), desk(now_city, Role.ACCEPTOR)
    answers = [
        seat.send(f"/cases/{case_id}/commands", {"command": "note", "text": "已电话联系", "seq": seq}, **KEY).json()[
            "seq"
        ]
        for seq in (1, 2)
    ]
    assert answers == [2, 2]
    assert kinds_of(case_id) == ["reported", "noted"]


def test_a_key_used_for_a_report_does_no_command_and_one_used_for_a_command_no_other(now_city: City) -> None:
    seat = desk(now_city, Role.ACCEPTOR)
    case_id = UUID(seat.send("/cases", report_of(now_city), **KEY).json()["id"])
    path, note = f"/cases/{case_id}/commands", {"command": "note", "text": "已电话联系"}
    assert refused(seat.send(path, note, **KEY)) == REUSED
    other = {"Idempotency-Key": "REQ-0002"}
    assert seat.send(path, note, **other).status_code == 200
    assert (
        refused(seat.send(path, {"command": "refuse", "reason": "不属于职责", "reason_code": "other"}, **other))
        == REUSED
    )
    assert refused(seat.send(f"/cases/{now_city.begin()}/commands", note, **other)) == REUSED
    assert kinds_of(case_id) == ["reported", "noted"]


def test_each_part_of_a_batch_is_judged_by_itself(now_city: City) -> None:
    seat, cases = desk(now_city, Role.ACCEPTOR), [now_city.begin() for _ in range(3)]

    def give(*which: int, text: str = "已电话联系") -> Any:
        body = {"command": {"command": "note", "text": text}, "cases": [{"id": str(cases[one])} for one in which]}
        return seat.send("/cases/commands", body, **KEY)

    assert give(0, 1).json()["done"] == 2
    assert [one["done"] for one in give(1, 2).json()["items"]] == [True, True]
    assert refused(give(0, 1, 2, text="没有联系上")) == REUSED
    assert [kinds_of(one) for one in cases] == [["reported", "noted"]] * 3


def test_a_key_whose_time_is_over_begins_a_new_case_and_no_command_stands_twice(now_city: City, settings: Any) -> None:
    from gezhi.plumbing.models import UsedKey

    seat = desk(now_city, Role.ACCEPTOR)
    first = seat.send("/cases", report_of(now_city), **KEY).json()
    UsedKey.objects.update(used_at="2026-01-01T00:00:00Z")
    second = seat.send("/cases", report_of(now_city), **KEY)
    assert (second.status_code, second.json()["id"] != first["id"]) == (201, True)
    commands = [list_entries(UUID(one["id"]))[0].command_id for one in (first, second.json())]
    assert len(set(commands)) == 2
