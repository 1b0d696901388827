from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from django.http import HttpRequest

from gezhi.kernel.permissions import Actor, Permission, Role, Scope

pytestmark = pytest.mark.django_db
ASKED: list[Permission] = []
PATHS = (
    "/regions",
    "/regions/990101",
    "/places?q=x",
    "/places/locate?lon=118.21&lat=31.6",
    "/map/extent",
    "/map/layers/borders?bbox=118.1,31.5,118.3,31.7&zoom=12",
    "/map/layers/streets?bbox=118.1,31.5,118.3,31.7&zoom=12",
    "/map/layers/grids?bbox=118.1,31.5,118.3,31.7&zoom=12",
)


@pytest.fixture
def signed_in() -> Iterator[None]:
    from gezhi.plumbing import doors

    actor = Actor(user_id=1, post_id=1, role=Role.COLLECTOR, organisation_id=1, scope=Scope())

    def authority(request: HttpRequest, permission: Permission) -> Actor:
        ASKED.append(permission)
        return actor

    before = doors._authority
    ASKED.clear()
    doors.set_authority(authority)
    yield
    doors.set_authority(before)


@pytest.mark.parametrize("path", PATHS)
def test_nobody_sees_the_ground_without_signing_in(api: Any, path: str) -> None:
    assert api.call("GET", path).status_code == 401


@pytest.mark.parametrize("path", PATHS)
def test_every_door_asks_for_the_right_to_read_the_map(api: Any, city: None, signed_in: None, path: str) -> None:
    assert api.call("GET", path).status_code == 200
    assert ASKED == [Permission.MAP_READ]


def test_regions_come_in_pages(api: Any, city: None, signed_in: None) -> None:
    first = api.call("GET", "/regions?within=990101&limit=2").json()
    rest = api.call("GET", f"/regions?within=990101&cursor={first['next_cursor']}").json()
    assert [item["name"] for item in first["items"] + rest["items"]] == ["鹭桥街道", "青石街道", "雁滩镇"]
    assert rest["next_cursor"] is None
    assert rest["items"][0]["kind_name"] == {"zh": "镇", "en": "town"}


def test_a_region_tells_what_contains_it_and_to_whom_it_reports(api: Any, city: None, signed_in: None) -> None:
    answer = api.call("GET", "/regions/990102").json()
    assert [one["name"] for one in answer["within"]] == ["云汀市", "云泽省"]
    assert [one["name"] for one in answer["reports_to"]] == ["云泽省"]


def test_an_unknown_region_is_not_found(api: Any, city: None, signed_in: None) -> None:
    assert api.call("GET", "/regions/123456").status_code == 404


def test_a_point_is_located_with_names(api: Any, city: None, signed_in: None) -> None:
    answer = api.call("GET", "/places/locate?lon=118.2155&lat=31.601").json()
    assert answer["grid_code"].startswith(answer["community_code"])
    assert answer["names"]["990100"] == "云汀市"
    assert answer["outside"] is False


@pytest.mark.parametrize(("query", "hint"), [("lon=31.601&lat=118.2155", "对调"), ("lon=113.6&lat=34.7", "CGCS2000")])
def test_a_point_outside_says_what_to_do(api: Any, city: None, signed_in: None, query: str, hint: str) -> None:
    answer = api.call("GET", f"/places/locate?{query}")
    assert (answer.status_code, answer.json()["code"]) == (422, "regions.locator.outside")
    assert hint in answer.json()["title"]


def test_a_layer_is_geojson(api: Any, city: None, signed_in: None) -> None:
    answer = api.call("GET", "/map/layers/grids?bbox=118.21,31.6,118.212,31.602&zoom=15")
    assert answer["Content-Type"] == "application/geo+json"
    told = answer.json()
    assert (told["type"], told["capped"], told["features"][0]["type"]) == ("FeatureCollection", False, "Feature")


@pytest.mark.parametrize("path", ["/map/layers/grids?bbox=1,2,3&zoom=15", "/map/layers/grids?bbox=3,2,1,0&zoom=15"])
def test_a_malformed_window_is_a_clear_answer(api: Any, city: None, signed_in: None, path: str) -> None:
    answer = api.call("GET", path)
    assert (answer.status_code, answer.json()["code"]) == (400, "regions.map-window.malformed")


def test_places_are_found_by_name_with_a_point_to_go_to(api: Any, city: None, signed_in: None) -> None:
    (place,) = api.call("GET", "/places?q=石板巷").json()["items"]
    assert place["within"] == ["鹭桥街道", "临川区", "云汀市", "云泽省"]
    west, south, east, north = place["bbox"]
    assert west < place["lon"] < east
    assert south < place["lat"] < north


def test_the_map_knows_where_to_open(api: Any, city: None, signed_in: None) -> None:
    assert api.call("GET", "/map/extent").json() == {"bbox": [118.1885, 31.588, 118.2395, 31.6165]}
