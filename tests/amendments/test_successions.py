"""机构承接 as a change of rules: proposed by one, settled by another, withdrawn before the day."""

from __future__ import annotations

from typing import Any

from gezhi.kernel.permissions import Role
from gezhi.people.queries import held_directory
from tests.amendments.test_amendments import LATER, TODAY, city
from tests.cases.city import City
from tests.cases.test_api import desk

__all__ = ["city"]


def sent(city: City, **changes: Any) -> dict[str, Any]:
    units = {"unit_id": city.unit("990100-works"), "successor_id": city.unit("990100-parks")}
    return {"rule": "succession", **units, "valid_from": LATER.isoformat(), "reason": "机构改革方案", **changes}


def test_a_succession_waits_for_a_second_person_and_can_be_withdrawn_before_its_day(city: City) -> None:
    administrator, leader = desk(city, Role.ADMINISTRATOR), desk(city, Role.LEADER)
    made = administrator.call("POST", "/rules/amendments", sent(city))
    assert made.status_code == 201, made.json()
    told, path = made.json(), f"/rules/amendments/{made.json()['id']}"
    assert told["change"]["before"]["successor"] is None
    assert told["change"]["after"]["successor"]["zh"] == "云汀市园林处"
    assert held_directory(by_now=True).successions == ()
    assert leader.call("POST", f"{path}/decision", {"granted": True, "text": "同意"}).status_code == 200
    (settled,) = held_directory(by_now=True).successions
    assert (settled.arranged.successor, settled.on) == (city.unit("990100-parks"), LATER)
    again = administrator.call("POST", "/rules/amendments", sent(city))
    assert (again.status_code, again.json()["code"]) == (409, "people.succession.succeeded-already")
    assert leader.call("POST", f"{path}/withdrawal", {"text": "方案有变"}).status_code == 200
    assert held_directory(by_now=True).successions == ()


def test_what_cannot_be_is_refused_when_it_is_proposed(city: City) -> None:
    administrator = desk(city, Role.ADMINISTRATOR)

    def answer(**changes: Any) -> tuple[int, str, str | None]:
        told = administrator.call("POST", "/rules/amendments", sent(city, **changes))
        return told.status_code, told.json()["code"], told.json()["field"]

    parks = city.unit("990100-parks")
    assert answer(valid_from=TODAY.isoformat()) == (422, "people.succession.not-before-tomorrow", "valid_from")
    assert answer(unit_id=parks) == (422, "people.succession.successor-unfit", "successor_id")
    rows = [{"row_id": 987_654, "successor_id": parks}]
    assert answer(rows=rows) == (422, "successions.row-shares.rows-of-others", "rows")
