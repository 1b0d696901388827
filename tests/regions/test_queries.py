from __future__ import annotations

import json
from collections.abc import Callable
from contextlib import AbstractContextManager
from datetime import date
from typing import Any

import pytest

from gezhi.regions import queries
from gezhi.regions.rules.map_window import MapWindow

StatementCount = Callable[[], AbstractContextManager[Any]]
pytestmark = pytest.mark.django_db
TODAY = date(2026, 3, 2)
WHOLE = {"west": 118.18, "south": 31.58, "east": 118.25, "north": 31.62}


def window(zoom: float, **box: float) -> MapWindow:
    return MapWindow(**{**WHOLE, **box}, zoom=zoom)


def features(layer: queries.Layer) -> list[dict[str, Any]]:
    told: list[dict[str, Any]] = json.loads(bytes(layer.features))
    return told


def test_children_of_a_region_are_listed_page_by_page(city: None) -> None:
    first = queries.list_regions("990101", on=TODAY, limit=2)
    rest = queries.list_regions("990101", on=TODAY, after=first[-1].code)
    assert [row.name for row in first + rest] == ["鹭桥街道", "青石街道", "雁滩镇"]
    assert all(row.has_children for row in first + rest)
    assert [row.code for row in queries.list_regions("", on=TODAY)] == ["990000"]


def test_borders_appear_by_zoom(city: None) -> None:
    counted = {
        zoom: sorted(
            {feature["properties"]["level"] for feature in features(queries.read_borders(window(zoom), on=TODAY))}
        )
        for zoom in (6.0, 9.0, 10.0, 13.0)
    }
    assert counted == {6.0: [], 9.0: ["county"], 10.0: ["county", "street"], 13.0: ["community", "county", "street"]}


def test_a_border_tells_its_name_and_whether_it_is_generated(city: None) -> None:
    told = {
        feature["properties"]["code"]: feature["properties"]
        for feature in features(queries.read_borders(window(10.0), on=TODAY))
    }
    assert told["990101"] == {"code": "990101", "level": "county", "generated": False, "name": "临川区"}
    assert told["990101001"] == {"code": "990101001", "level": "street", "generated": True, "name": "鹭桥街道"}


def test_grids_appear_only_from_near_and_only_in_the_window(city: None) -> None:
    assert features(queries.read_grids(window(13.0), on=TODAY)) == []
    whole = features(queries.read_grids(window(14.0), on=TODAY))
    part = features(queries.read_grids(window(16.0, west=118.21, east=118.212, south=31.6, north=31.602), on=TODAY))
    assert len(whole) == 247
    assert 1 <= len(part) < 12
    assert {feature["properties"]["generated"] for feature in part} == {True}
    assert part[0]["geometry"]["type"] == "Polygon"


def test_a_layer_of_a_day_before_the_ground_is_empty(city: None) -> None:
    assert features(queries.read_grids(window(15.0), on=date(2019, 1, 1))) == []


def test_great_streets_come_first(city: None) -> None:
    classes = [feature["properties"]["class"] for feature in features(queries.read_streets(window(14.0), on=TODAY))]
    assert classes == sorted(classes, key=["expressway", "arterial", "secondary", "branch"].index)
    assert set(classes) == {"arterial", "secondary", "branch"}
    far = {feature["properties"]["class"] for feature in features(queries.read_streets(window(11.0), on=TODAY))}
    assert far == {"arterial"}


def test_too_many_features_are_capped_and_said_so(city: None, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("gezhi.regions.queries.layers.MOST_FEATURES", 10)
    layer = queries.read_grids(window(15.0), on=TODAY)
    assert (len(features(layer)), layer.capped) == (10, True)


@pytest.mark.parametrize("zoom", [9.0, 14.0])
def test_a_layer_is_one_statement_whatever_it_holds(city: None, statement_count: StatementCount, zoom: float) -> None:
    for read in (queries.read_borders, queries.read_streets, queries.read_grids):
        with statement_count() as counted:
            read(window(zoom), on=TODAY)
        assert counted.total <= 1


def test_whole_names_are_found_before_parts_of_names(city: None) -> None:
    places = queries.search_places("望湖", on=TODAY)
    assert [place.name for place in places] == ["望湖区", "望湖街道", "望湖社区"]
    assert places[2].within == ["望湖街道", "望湖区", "云汀市", "云泽省"]
    assert places[1].box is not None
    assert queries.search_places("青石社区", on=TODAY)[0].code == "990101002001"


def test_codes_find_regions_and_grids(city: None) -> None:
    places = queries.search_places("990101002001", on=TODAY)
    assert (places[0].kind, places[0].name) == ("community", "青石社区")
    assert places[1].kind == "grid"
    (grid,) = queries.search_places("990101002001001", on=TODAY)
    assert grid.within[0] == "青石社区"


@pytest.mark.parametrize("text", ["", "   ", "没有这个地方", "%", "\\"])
def test_nothing_found_is_an_empty_list(city: None, text: str) -> None:
    assert queries.search_places(text, on=TODAY) == []


def test_the_extent_is_the_box_of_all_grids(city: None) -> None:
    assert queries.get_extent(TODAY) == (118.1885, 31.588, 118.2395, 31.6165)
    assert queries.get_extent(date(2019, 1, 1)) is None


def test_extent_without_any_ground_is_none(db: None) -> None:
    assert queries.get_extent(TODAY) is None
