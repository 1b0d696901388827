from __future__ import annotations

import re
from collections.abc import Callable
from types import SimpleNamespace
from typing import Any

import pytest


@pytest.mark.parametrize(
    ("query", "names"),
    [
        ("role=collector", ["车行", "戴晨", "纪远"]),
        ("role=collector&organisation=jd", ["车行", "戴晨"]),
        ("organisation=roads", ["方圆"]),
        ("organisation=roads&role=dispatcher", []),
        ("organisation=jd&q=安", ["安然"]),
    ],
)
def test_people_are_found_by_role_and_organisation(
    sign_in: Callable[..., Any], api: Any, city: SimpleNamespace, query: str, names: list[str]
) -> None:
    sign_in("an")
    query = re.sub(r"(?<=organisation=)\w+", lambda code: str(city.bodies[code[0]]), query)
    assert [person["name"] for person in api.call("GET", f"/people?{query}").json()["items"]] == names


def test_the_names_of_what_was_chosen_before_are_asked_for_by_their_ids(
    sign_in: Callable[..., Any], api: Any, city: SimpleNamespace
) -> None:
    sign_in("an")
    people = {one["name"]: one["id"] for one in api.call("GET", "/people?role=collector").json()["items"]}
    found = api.call("GET", f"/people?role=collector&id={people['戴晨']}&id={people['车行']}&id=999999").json()["items"]
    assert {one["name"] for one in found} == {"戴晨", "车行"}
    bodies = api.call("GET", f"/organisations?id={city.bodies['roads']}").json()["items"]
    assert [one["id"] for one in bodies] == [city.bodies["roads"]]
    assert api.call("GET", "/organisations?id=x").status_code == 422


def test_an_unknown_organisation_is_not_found(sign_in: Callable[..., Any], api: Any) -> None:
    sign_in("an")
    assert api.call("GET", "/people?organisation=999999").status_code == 404
    assert api.call("GET", "/organisations/999999/below").status_code == 404


def test_organisations_are_told_with_their_numbers_and_paged(
    sign_in: Callable[..., Any], api: Any, city: SimpleNamespace
) -> None:
    sign_in("gu")
    first = api.call("GET", "/staffing?limit=5").json()
    rest = api.call("GET", f"/staffing?limit=5&cursor={first['next_cursor']}").json()
    told = {body["code"]: body for body in first["items"] + rest["items"]}
    assert [body["id"] for body in told.values()] == sorted(city.bodies.values())
    assert rest["next_cursor"] is None
    assert (told["jd"]["people"], told["jd"]["posts"], told["roads"]["vacant"], told["roads"]["handlers"]) == (
        5,
        5,
        2,
        1,
    )
    assert (told["roads-crew"]["kind"], told["roads-crew"]["platform_level"]) == ("contractor", 3)


def test_the_bodies_below_ones_own_are_open_to_everybody_and_others_to_who_may_see_people(
    sign_in: Callable[..., Any], api: Any, city: SimpleNamespace
) -> None:
    sign_in("che")
    own = api.call("GET", f"/organisations/{city.bodies['jd']}/below")
    assert [body["code"] for body in own.json()["items"]] == ["jd-east"]
    for door in ("below", "staff"):
        assert api.call("GET", f"/organisations/{city.bodies['roads']}/{door}").status_code == 404
    sign_in("an")
    other = api.call("GET", f"/organisations/{city.bodies['roads']}/below").json()
    assert [(body["code"], body["handlers"]) for body in other["items"]] == [("roads-crew", 1)]


def test_the_staff_of_a_body_is_told_by_post(sign_in: Callable[..., Any], api: Any, city: SimpleNamespace) -> None:
    sign_in("an")
    told = api.call("GET", f"/organisations/{city.bodies['roads']}/staff").json()
    assert told["organisation"]["name"]["zh"] == "市政工程处"
    assert [(one["post"]["role"], one["holders"]) for one in told["posts"]] == [("dispatcher", []), ("handler", [])]
    crew = api.call("GET", f"/organisations/{city.bodies['roads-crew']}/staff").json()
    assert crew["posts"][0]["holders"] == [{"id": city.users["fang"], "name": "方圆"}]


def test_who_answers_for_a_body_is_entered_by_its_administrator_and_ends_on_a_day(
    sign_in: Callable[..., Any], api: Any, city: SimpleNamespace
) -> None:
    roads, fang = city.bodies["roads"], city.users["fang"]
    named = {"kind": "contact", "user_id": fang, "valid_from": "2026-01-01"}
    sign_in("an")
    assert api.call("POST", f"/organisations/{roads}/officers", named).status_code == 403
    sign_in("gu")
    refused = api.call("POST", f"/organisations/{roads}/officers", named)
    assert (refused.status_code, refused.json()["code"]) == (422, "people.officers.cannot-reply")  # of a crew below
    crew = city.bodies["roads-crew"]
    told = api.call("POST", f"/organisations/{crew}/officers", named).json()
    assert [(one["kind"], one["person"]["name"]) for one in told["officers"]] == [("contact", "方圆")]
    again = api.call("POST", f"/organisations/{crew}/officers", named)
    assert (again.status_code, again.json()["code"]) == (409, "people.officers.named-already")
    for door, body in ((999_999, named), (crew, {**named, "user_id": 999_999})):
        assert api.call("POST", f"/organisations/{door}/officers", body).status_code == 404
    officer = told["officers"][0]["id"]
    standing = api.call("GET", f"/organisations/{crew}/officers").json()
    assert [(one["person"]["name"], one["valid_to"]) for one in standing["current"]] == [("方圆", None)]
    assert (standing["coming"], standing["past"], standing["may_change"]) == ([], [], True)
    early = api.call("POST", f"/officers/{officer}/end", {"last_day": "2025-12-31"})
    assert (early.status_code, early.json()["code"]) == (422, "people.appointments.ends-before-start")
    assert api.call("POST", f"/officers/{officer}/end", {"last_day": "2026-01-31"}).json()["officers"] == []


def test_who_answered_and_will_answer_for_a_body_stands_beside_who_does(
    sign_in: Callable[..., Any], api: Any, city: SimpleNamespace
) -> None:
    crew, fang = city.bodies["roads-crew"], city.users["fang"]
    sign_in("gu")
    path = f"/organisations/{crew}/officers"
    for kind, day in (("contact", "2026-01-01"), ("head", "2030-01-01")):
        assert api.call("POST", path, {"kind": kind, "user_id": fang, "valid_from": day}).status_code == 200
    contact = api.call("GET", path).json()["current"][0]["id"]
    assert api.call("POST", f"/officers/{contact}/end", {"last_day": "2026-01-31"}).status_code == 200
    told = api.call("GET", path).json()
    shown = {part: [(one["kind"], one["valid_from"], one["valid_to"]) for one in told[part]] for part in PARTS}
    assert shown == {
        "current": [],
        "coming": [("head", "2030-01-01", None)],
        "past": [("contact", "2026-01-01", "2026-01-31")],
    }
    assert [(one["id"], one["post"]["role"]) for one in told["candidates"]] == [(fang, "handler")]
    sign_in("an")
    read = api.call("GET", path).json()
    assert (read["may_change"], read["candidates"], len(read["past"])) == (False, [], 1)
    sign_in("che")
    assert api.call("GET", path).status_code == 404


PARTS = ("current", "coming", "past")
