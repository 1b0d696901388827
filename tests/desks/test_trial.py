"""责任试算: what the rules of record answer is what happens to the next case there."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any

import pytest

from gezhi.calendars.rules.office_days import day_of
from gezhi.cases.rules.stages import Status
from gezhi.duties.actions import add_row
from gezhi.duties.rules.duty_row import DutyRowData
from gezhi.kernel.permissions import Role
from gezhi.people.queries import held_directory
from gezhi.plumbing.clock import system_clock
from tests.cases.city import LITTER, City, living_city
from tests.cases.test_api import desk, refused


@pytest.fixture
def now_city(_built: None, db: None) -> City:
    return living_city()


def asked(city: City, **more: Any) -> Any:
    query = "&".join(f"{name}={value}" for name, value in {"class_key": LITTER, **more}.items())
    return desk(city, Role.DISPATCHER).call("GET", f"/duties/trial?{query}")


def test_the_answer_is_what_happens_to_a_case_that_is_dispatched_at_that_moment(now_city: City) -> None:
    case_id = now_city.at(Status.HANDLING)
    state = now_city.state(case_id)
    assert state.leading is not None
    at = state.leading.dispatched
    spot = now_city.spot()
    answer = asked(now_city, lon=spot.lon, lat=spot.lat, at=moment_of(at)).json()
    assert answer["unit_id"] == state.leading.unit
    assert [one["verdict"] for one in answer["rows"]][:1] == ["decides"]
    assert answer["rows"][0]["row"]["unit_id"] == answer["unit_id"]
    assert f"责任清单第 {answer['rows'][0]['row']['id']} 行" in answer["why"]["zh"]
    assert (answer["place"]["areas"][0]["code"], answer["place"]["level"]["level"]) == (spot.code, "A")
    first = answer["standards"][0]
    assert (first["row"]["limit"], first["by_level"]) == ({"value": 2, "unit": "work_hour"}, True)
    handling = next(clock for clock in state.clocks if clock.kind == "handling")
    assert datetime.fromisoformat(first["due_at"]).timestamp() == handling.due


def moment_of(at: int) -> str:
    return datetime.fromtimestamp(at, UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


def test_who_decides_an_extension_and_until_when_each_stage_may_take_is_told(now_city: City) -> None:
    spot = now_city.spot()
    answer = asked(now_city, lon=spot.lon, lat=spot.lat).json()
    extension = next(one for one in answer["approvals"] if one["kind"] == "extension")
    assert extension["steps"] == ["dispatcher", "duty-officer"]
    told = {one["step"]: one for one in answer["deciders"]}
    assert told["dispatcher"]["posts"]
    assert set(extension["above"]) <= set(told)
    assert [one["clock"] for one in answer["stages"]][:3] == ["acceptance", "send_verification", "verification"]
    acceptance = answer["stages"][0]
    assert (acceptance["clock"], acceptance["limit"]["unit"]) == ("acceptance", "minute")
    assert acceptance["due_at"] > answer["at"]


def test_a_row_for_the_class_takes_over_from_its_day_and_the_old_one_says_why_it_yields(now_city: City) -> None:
    spot, today = now_city.spot(), day_of(system_clock())
    before = asked(now_city, code=spot.code).json()
    other = next(unit for unit in held_directory().organisations if unit != before["unit_id"])
    row = DutyRowData(
        edition="2026", kind="matter", selector="06010", area_code=spot.code, unit_id=other, valid_from=today
    )
    number = add_row(row, reason="试算", actor=now_city.actor(Role.LEADER), clock=system_clock)
    after = asked(now_city, code=spot.code).json()
    assert (after["unit_id"], after["rows"][0]["row"]["id"]) == (other, number)
    assert after["rows"][1]["row"]["id"] == before["rows"][0]["row"]["id"]
    assert after["rows"][1]["verdict"] in {"wider-area", "wider-class"}


@pytest.mark.parametrize(
    ("more", "code"),
    [
        ({}, "duties.duty-row.place-missing"),
        ({"code": "990101999"}, "duties.proposal.unknown-area"),
        ({"lon": 20, "lat": 20}, "regions.locator.outside"),
        ({"code": "990101001", "class_key": "2026-matter-99999"}, "catalog.catalog.unknown-class"),
        ({"code": "990101001", "at": "2001-01-01T00:00:00Z"}, "catalog.editions.none-in-force"),
    ],
)  # fmt: skip
def test_a_question_that_has_no_answer_says_why(now_city: City, more: dict[str, Any], code: str) -> None:
    status, told = refused(asked(now_city, **more))
    assert (status, told) == (409 if "at" in more else 422, code)


def test_an_answer_costs_the_session_and_no_further_statement_for_a_point(
    now_city: City, statement_count: Callable[[], Any]
) -> None:
    spot = now_city.spot()
    somebody = desk(now_city, Role.DISPATCHER)
    path = f"/duties/trial?class_key={LITTER}&lon={spot.lon}&lat={spot.lat}"
    somebody.call("GET", path)
    with statement_count() as counted:
        assert somebody.call("GET", path).status_code == 200
    assert counted.total == 1
