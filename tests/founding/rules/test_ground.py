from __future__ import annotations

import json
from typing import Any

import pytest

from gezhi.founding.rules.ground import GENERATE, GRIDS, OUTLINES
from tests.founding.folders import Fault, checked, clean, is_told, spoilt

SECOND = "330782001001002"
RING = "[120.065, 29.295], [120.085, 29.295], [120.085, 29.305], [120.065, 29.305], [120.065, 29.295]"
SWAPPED = "[29.295, 120.065], [29.295, 120.085], [29.305, 120.085], [29.305, 120.065], [29.295, 120.065]"
FAULTS = [
    Fault("ground.missing", GRIDS, "", None, None),
    Fault("file.malformed", GRIDS, "]}\n", "]\n", None, "", "Input data was truncated"),
    Fault("cell.missing", OUTLINES, '"330782"', '""', 1, "code"),
    Fault("key.twice", GRIDS, SECOND, "330782001001001", 2, "code", "330782001001001"),
    Fault("cell.bad-code", GRIDS, SECOND, "33078200100100", 2, "code", "33078200100100"),
    Fault("reference.missing", GRIDS, SECOND, "330782001009002", 2, "code", "330782001009"),
    Fault("reference.missing", OUTLINES, '"330782"', '"330783"', 1, "code", "330783"),
    Fault("shape.broken", GRIDS, "[120.0712, 29.301], [120.0724, 29.301], [120.0724, 29.302]",
          "[120.0712, 29.301], [120.0724, 29.302], [120.0724, 29.301]", 2, "geometry", SECOND),
    Fault("shape.not-degrees", OUTLINES, RING, RING.replace("29.", "59."), 1, "geometry", "330782"),
    Fault("shape.swapped", OUTLINES, RING, SWAPPED, None, "geometry", OUTLINES),
    Fault("shape.other-system", OUTLINES, '"type"', '"crs": {"properties": {"name": "EPSG:2433"}}, "type"', None, "",
          "Beijing 1954 / 3-degree Gauss-Kruger CM 108E"),
    Fault("shape.unknown-system", OUTLINES, '"type"', '"crs": {"properties": {"name": "ours"}}, "type"', None, "",
          "ours"),
]  # fmt: skip
DRAWN = {
    "shape.outside", "shape.overlap", "shape.gap", "shape.area", "community.without-grid", "shape.shifted",
    "shape.no-system", "file.empty",
}  # fmt: skip
"""Planted by shapes of their own below."""
ALONE = {"file.malformed", "cell.missing", "key.twice", "cell.bad-code"}


def grids(**moved: Any) -> dict[str, bytes]:
    """The folder with some grids given another ring; None takes a grid away."""
    collection = json.loads(clean()[GRIDS])
    kept = []
    for feature in collection["features"]:
        code = feature["properties"]["code"]
        ring = moved.get(f"g{code}", feature["geometry"]["coordinates"][0])
        if ring is not None:
            kept.append({**feature, "geometry": {"type": "Polygon", "coordinates": [ring]}})
    return clean() | {GRIDS: json.dumps({**collection, "features": kept}).encode()}


def told(files: dict[str, bytes]) -> list[tuple[str, str, int | None, str]]:
    return [(one.code, one.file, one.row, one.value) for one in checked(files).report.findings]


def box(west: float, south: float, east: float, north: float) -> list[list[float]]:
    return [[west, south], [east, south], [east, north], [west, north], [west, south]]


@pytest.mark.parametrize("fault", [one for one in FAULTS if one.code in ALONE or one.file == OUTLINES], ids=str)
def test_a_file_of_shapes_is_told_what_is_wrong_with_it(fault: Fault) -> None:
    assert is_told(fault)


def test_neither_grids_nor_what_they_grow_from_is_told() -> None:
    assert told(spoilt(GRIDS, "", None)) == [("ground.missing", GRIDS, None, "")]


def test_a_grid_of_an_unknown_community_is_told() -> None:
    assert told(spoilt(GRIDS, SECOND, "330782001009002")) == [("reference.missing", GRIDS, 2, "330782001009")]


def test_a_shape_that_crosses_itself_is_told_with_its_feature() -> None:
    (fault,) = [one for one in FAULTS if one.code == "shape.broken"]
    assert told(spoilt(fault.file, fault.old, fault.new)) == [("shape.broken", GRIDS, 2, SECOND)]


def test_a_grid_beyond_the_border_of_its_community_is_told() -> None:
    outlines = json.loads(clean()[OUTLINES])
    community = {
        "type": "Feature",
        "properties": {"code": "330782001001"},
        "geometry": {"type": "Polygon", "coordinates": [box(120.07, 29.3, 120.072, 29.302)]},
    }
    outlines["features"].append(community)
    files = clean() | {OUTLINES: json.dumps(outlines).encode()}
    assert told(files) == [
        ("shape.outside", GRIDS, 2, "330782001001002"),
        ("shape.outside", GRIDS, 4, "330782001001004"),
    ]


def test_grids_that_overlap_are_told_in_square_metres() -> None:
    files = grids(g330782001001001=box(120.07, 29.301, 120.0714, 29.302))
    (finding,) = checked(files).report.findings
    assert (finding.code, finding.value) == ("shape.overlap", "330782001001001、330782001001002")
    assert finding.says["zh"].endswith("重叠 2156 平方米")


def test_a_hole_in_a_community_is_told_where_its_border_is_known() -> None:
    outlines = json.loads(clean()[OUTLINES])
    border = {"type": "Polygon", "coordinates": [box(120.07, 29.3, 120.0724, 29.302)]}
    outlines["features"].append({"type": "Feature", "properties": {"code": "330782001001"}, "geometry": border})
    files = grids(g330782001001003=None) | {OUTLINES: json.dumps(outlines).encode()}
    assert told(files) == [("shape.gap", GRIDS, None, "330782001001")]


def test_a_grid_that_is_uncommonly_small_is_told_and_a_community_without_any() -> None:
    small = grids(g330782001001001=box(120.07, 29.301, 120.0701, 29.302))
    assert told(small) == [("shape.area", GRIDS, 1, "330782001001001")]
    emptied = grids(**{f"g33078200200100{number}": None for number in (1, 2, 3, 4)})
    assert told(emptied) == [("community.without-grid", GRIDS, None, "330782002001")]


def test_an_outline_in_the_wrong_place_is_told() -> None:
    outlines = json.loads(clean()[OUTLINES])
    street = {"type": "Polygon", "coordinates": [box(120.08, 29.3, 120.09, 29.302)]}
    outlines["features"].append({"type": "Feature", "properties": {"code": "330782001"}, "geometry": street})
    found = told(clean() | {OUTLINES: json.dumps(outlines).encode()})
    assert [one for one in found if one[1] == OUTLINES] == [("shape.outside", OUTLINES, 2, "330782001")]


def test_regions_without_an_outline_get_that_of_what_lies_in_them() -> None:
    city = checked(clean()).city
    assert city is not None
    codes = [row.code for row in city.outlines]
    assert codes == ["330782", "330782001", "330782001001", "330782001002", "330782002", "330782002001"]
    assert (len(city.grids), city.generated) == (12, None)


GENERATED = {"centres": [{"lon": 120.075, "lat": 29.3, "reach_m": 500}], "seed": 3, "fabric": {"arterial_m": 700}}


def test_grids_may_be_generated_inside_an_outline_instead() -> None:
    files = spoilt(GRIDS, "", None) | {GENERATE: json.dumps(GENERATED).encode()}
    city = checked(files).city
    assert city is not None
    assert city.generated is not None
    assert (city.generated.counties, city.generated.seed, city.generated.fabric.arterial_m) == (("330782",), 3, 700)
    assert (city.grids, [row.code for row in city.outlines]) == ((), ["330782"])


@pytest.mark.parametrize(
    ("generated", "code"),
    [
        ('{"centre": []}', "setting.invalid"),
        ("{", "file.malformed"),
        (json.dumps({**GENERATED, "outlines": {"330782": [[120, 29], [121, 30]]}}), "shape.broken"),
    ],
)
def test_what_grids_are_to_grow_from_is_checked(generated: str, code: str) -> None:
    files = spoilt(GRIDS, "", None) | {GENERATE: generated.encode()}
    assert [one[:2] for one in told(files)] == [(code, GENERATE)]
