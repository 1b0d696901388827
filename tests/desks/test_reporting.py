"""One problem, two reports, through the doors: what may be the same is shown, a caller joins, two cases are merged."""

from __future__ import annotations

from uuid import UUID, uuid4

import pytest
from django.db import connection

from gezhi.cases.queries.scope import picture_condition
from gezhi.cases.rules.stages import Status
from gezhi.kernel.permissions import Actor, Role
from tests.cases.city import City, living_city
from tests.cases.test_api import desk, refused


@pytest.fixture
def now_city(_built: None, db: None) -> City:
    return living_city()


def test_a_caller_without_a_class_is_told_what_may_be_the_same_and_what_was_looked_for(now_city: City) -> None:
    known = now_city.at(Status.HANDLING)
    spot = now_city.spot()
    told = desk(now_city, Role.ACCEPTOR).call("GET", f"/cases/suggest?lon={spot.lon}&lat={spot.lat}").json()
    assert [one["id"] for one in told["duplicates"]] == [str(known)]
    assert told["looked"] == {"metres": 50, "hours": 24, "any_class": True}
    assert (told["rows"], told["unit"]) == ([], None)


def test_a_caller_joins_an_open_case_in_one_act_and_hears_its_outcome(now_city: City) -> None:
    known = now_city.at(Status.HANDLING)
    acceptor = desk(now_city, Role.ACCEPTOR)
    contact = {"name": "李女士", "phone": "13900001111", "wants_answer": True}
    body = {"channel": "hotline", "description": "垃圾还在那里", "contact": contact}
    key = {"Idempotency-Key": str(uuid4())}
    answers = [acceptor.send(f"/cases/{known}/reports", body, **key) for _ in range(2)]
    assert [answer.status_code for answer in answers] == [201, 200]
    state = now_city.state(known)
    assert answers[0].json() == {"id": str(known), "no": state.no, "status": "handling", "replayed": False}
    assert [(one.channel, one.reachable) for one in state.reports] == [("collector", False), ("hotline", True)]
    shown = acceptor.call("GET", f"/cases/{known}").json()
    assert shown["reports"][1]["description"] == "垃圾还在那里"
    assert (shown["timeline"][-1]["kind"], shown["timeline"][-1]["channel"]) == ("report_added", "hotline")


def test_a_caller_does_not_join_what_is_finished_or_out_of_sight_or_with_a_wrong_number(now_city: City) -> None:
    acceptor, body = desk(now_city, Role.ACCEPTOR), {"channel": "hotline", "description": "还在"}
    closed = now_city.at(Status.CLOSED)
    assert refused(acceptor.send(f"/cases/{closed}/reports", body)) == (409, "cases.stages.not-in-this-status")
    assert acceptor.send(f"/cases/{uuid4()}/reports", body).status_code == 404
    known = now_city.at(Status.HANDLING)
    wrong = acceptor.send(f"/cases/{known}/reports", {**body, "contact": {"phone": "abc"}})
    assert wrong.status_code == 422
    assert len(now_city.state(known).reports) == 1


def test_both_cases_of_a_merge_link_to_each_other_and_the_unit_sees_the_pictures(now_city: City) -> None:
    goes_on, merged = now_city.at(Status.HANDLING), now_city.at(Status.HANDLING)
    officer = desk(now_city, Role.DUTY_OFFICER)
    assert (
        officer.act(merged, "merge", into=str(goes_on), reason="同一堆垃圾", reason_code="same-problem").status_code
        == 200
    )
    numbers = {case_id: now_city.state(case_id).no for case_id in (goes_on, merged)}
    shown = officer.call("GET", f"/cases/{merged}").json()
    assert shown["merged_into"] == {"id": str(goes_on), "no": numbers[goes_on]}
    assert shown["timeline"][-1]["other"] == shown["merged_into"]
    kept = officer.call("GET", f"/cases/{goes_on}").json()
    assert kept["merged_here"] == [{"id": str(merged), "no": numbers[merged]}]
    assert kept["reports"][1]["came_from"] == kept["timeline"][-1]["other"] == kept["merged_here"][0]
    assert [one["sha256"] for one in kept["before"]] == [*now_city.state(goes_on).before]
    assert set(now_city.state(merged).before) < set(now_city.state(goes_on).before)


def merge(city: City, case_id: UUID, into: UUID) -> None:
    answer = desk(city, Role.DUTY_OFFICER).act(
        case_id, "merge", into=str(into), reason="同一堆垃圾", reason_code="same-problem"
    )
    assert answer.status_code == 200, answer.content


def test_pictures_of_a_chain_of_merges_are_seen_at_its_end_as_their_own_cases_had_them(now_city: City) -> None:
    """The first was handled before; its unit's picture is evidence at the end of the chain, and by its unit."""
    first, second, last = now_city.at(Status.TO_INSPECT), now_city.at(Status.HANDLING), now_city.at(Status.HANDLING)
    officer = desk(now_city, Role.DUTY_OFFICER)
    own = officer.call("GET", f"/cases/{first}").json()
    merge(now_city, first, second)
    merge(now_city, second, last)
    kept = officer.call("GET", f"/cases/{last}").json()
    brought = {one["sha256"]: one for one in (*kept["before"], *kept["after"]) if one["merged"]}
    assert {one["sha256"] for one in (*own["before"], *own["after"])} < set(brought)
    for picture in (*own["before"], *own["after"]):
        assert brought[picture["sha256"]] == {**picture, "merged": True}
    assert [one["merged"] for one in kept["before"]] == [False, True, True]
    moved = [one for told in kept["timeline"] if told["kind"] == "report_added" for one in told["pictures"]]
    assert {one["by"] for one in moved} == {own["before"][0]["by"]}
    leading = now_city.state(last).leading
    assert leading is not None
    handler = now_city.handler_of(leading.unit)
    assert [sha for sha in brought if not sees(handler, sha)] == []
    assert [sha for sha in brought if sees(now_city.handler_of(now_city.unit("990100-cleaning-east")), sha)] == []


def sees(actor: Actor, sha256: str) -> bool:
    where, values = picture_condition(actor)
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT FROM plumbing_picture p WHERE sha256 = %s AND {where}", [sha256, *values])
        return cursor.fetchone() is not None


def test_only_what_the_rule_takes_is_offered_to_merge_into(now_city: City) -> None:
    """Not the case itself, nothing finished or merged, and for a registered case nothing that is not."""
    handled, again, other = now_city.at(Status.HANDLING), now_city.at(Status.HANDLING), now_city.at(Status.TO_CLOSE)
    fresh, closed = now_city.begin(now_city.reported()), now_city.at(Status.CLOSED)
    merge(now_city, again, other)
    officer = desk(now_city, Role.DUTY_OFFICER)

    def offered(*case_ids: UUID, words: str = "") -> set[str]:
        ids = "&".join(f"id={one}" for one in case_ids)
        answer = officer.call("GET", f"/cases/merge-targets?{ids}&q={words}").json()
        assert all(row["thumb"] for row in answer["items"])
        return {row["id"] for row in answer["items"]}

    for words in ("", now_city.state(handled).no[-4:], now_city.state(closed).place.address):
        assert {str(closed), str(again), str(handled)} & offered(handled, words=words) == set()
    assert offered(handled) == {str(other)}
    assert offered(fresh) == {str(handled), str(other)}
    assert offered(handled, other) == set()
    assert offered(handled, words=now_city.state(other).no) == {str(other)}
    assert refused(officer.call("GET", f"/cases/merge-targets?id={uuid4()}")) == (404, "kernel.not-found")
