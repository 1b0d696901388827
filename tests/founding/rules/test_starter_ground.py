from __future__ import annotations

import json

import msgspec
import shapely

from gezhi.founding.rules.ground import GENERATE, OUTLINES, GroundSettings
from gezhi.founding.rules.starter_ground import MOST_REACH_M, starter_ground

SMALL, LARGE = shapely.box(120.0, 30.0, 120.02, 30.02), shapely.box(118.0, 29.0, 119.0, 30.0)


def test_each_county_has_its_outline_and_a_town_within_it() -> None:
    files = starter_ground({"330106": SMALL, "330127": LARGE})
    settings = msgspec.json.decode(files[GENERATE], type=GroundSettings)
    for shape, one in zip((SMALL, LARGE), settings.centres, strict=True):
        assert shape.contains(shapely.Point(one.lon, one.lat))
    small, large = (one.reach_m for one in settings.centres)
    assert 200 < small < 300
    assert large == MOST_REACH_M
    features = json.loads(files[OUTLINES])["features"]
    assert [one["properties"]["code"] for one in features] == ["330106", "330127"]


def test_without_outlines_nothing_is_generated() -> None:
    assert starter_ground({}) == {}
