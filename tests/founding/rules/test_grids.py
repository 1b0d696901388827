"""A file of grids with twenty faults planted in it, of as many kinds as there are, and the same file without any."""

from __future__ import annotations

import json
from typing import Any

import shapely

from gezhi.founding.rules.check_folder import Checked
from gezhi.founding.rules.ground import GRIDS, OUTLINES
from tests.founding.folders import checked, clean

KNOWN, UNKNOWN, THIRD = "330782001001", "330782001002", "330782002001"
WEST, SOUTH, STEP, SIDE = 120.066, 29.2955, 0.0009, 6
COMMUNITIES = {KNOWN: (0, 0), UNKNOWN: (SIDE, 0), THIRD: (2 * SIDE, 0)}
AREA_M2 = 8_752.0

Feature = dict[str, Any]


def cell(column: float, row: float, width: float = 1, height: float = 1) -> shapely.Geometry:
    corners = (column, row, column + width, row + height)
    return shapely.box(*(round(at * STEP + (SOUTH if k % 2 else WEST), 7) for k, at in enumerate(corners)))


def feature(code: str, shape: shapely.Geometry | None, **more: Any) -> Feature:
    geometry = None if shape is None else json.loads(shapely.to_geojson(shape))
    return {"type": "Feature", "properties": {"BGCode": code, **more}, "geometry": geometry}


def grids() -> list[Feature]:
    """Three communities of 36 grids each, with the areas that they have."""
    return [
        feature(f"{code}{row * SIDE + column + 1:03d}", cell(x + column, y + row), Area=AREA_M2)
        for code, (x, y) in COMMUNITIES.items()
        for row in range(SIDE)
        for column in range(SIDE)
    ]


def folder(features: list[Feature], *, edition: str = "2026") -> Checked:
    """The outline of the first community is known, of the others that of their city."""
    outlines = json.loads(clean()[OUTLINES])
    outlines["features"].append({**feature("", cell(0, 0, SIDE, SIDE)), "properties": {"code": KNOWN}})
    files = {**clean(), OUTLINES: json.dumps(outlines).encode()}
    files[GRIDS] = json.dumps({"type": "FeatureCollection", "features": features}).encode()
    files["city.toml"] = files["city.toml"].replace(b'code = "2026" }', f'code = "{edition}" }}'.encode())
    return checked(files)


def told(found: Checked) -> list[tuple[str, int | None, str]]:
    return [(one.code, one.row, one.value) for one in found.report.findings if one.file == GRIDS]


def set_shape(one: Feature, shape: shapely.Geometry) -> None:
    """Its area is written nowhere from then on."""
    del one["properties"]["Area"]
    one["geometry"] = json.loads(shapely.to_geojson(shape))


def test_a_clean_file_of_grids_has_no_finding() -> None:
    assert folder(grids()).report.findings == []


def spoil() -> tuple[list[Feature], list[tuple[str, int | None, str]]]:
    """Twenty faults, and what is to be told of each: kind, number of the feature, value."""
    features = grids()
    by_code = {one["properties"]["BGCode"]: (number, one) for number, one in enumerate(features, 1)}
    faults: list[tuple[str, int | None, str]] = []

    def at(community: str, column: int, row: int) -> tuple[str, int, Feature]:
        code = f"{community}{row * SIDE + column + 1:03d}"
        return code, *by_code[code]

    def add(kind: str, code: str, shape: shapely.Geometry | None, value: str | None = None, **more: Any) -> None:
        features.append(feature(code, shape, **more))
        faults.append((kind, len(features), code if value is None else value))

    def change(kind: str, place: tuple[str, int, int], shape: shapely.Geometry) -> None:
        code, number, one = at(*place)
        set_shape(one, shape)
        faults.append((kind, number, code))

    # codes: none, too short, a letter too small, no number, twice, of a community that is none, of another city
    beyond = cell(0, 8)
    add("cell.missing", "", beyond)
    add("cell.bad-code", "33078200100190", beyond)
    add("cell.bad-code", f"{KNOWN}09a", beyond)
    add("cell.bad-code", f"{KNOWN}000", beyond)
    add("key.twice", f"{KNOWN}001", beyond)
    add("reference.missing", "330782001009001", beyond, "330782001009")
    add("reference.missing", "410102001001001", beyond, "410102001001")
    # shapes: none, a line, crossing itself, axes swapped, in no country
    add("shape.broken", f"{KNOWN}090", None)
    add("shape.broken", f"{KNOWN}091", shapely.LineString([(120.07, 29.3), (120.08, 29.3)]))
    add("shape.broken", f"{KNOWN}092", shapely.Polygon([(120, 29.3), (120.1, 29.4), (120.1, 29.3), (120, 29.4)]))
    add("shape.swapped", f"{KNOWN}093", shapely.box(29.3, 120.07, 29.301, 120.071))
    add("shape.not-degrees", f"{KNOWN}094", shapely.box(0.1, 0.1, 0.2, 0.2))
    # how they lie: the border of the community crossed, and a gap in it
    change("shape.outside", (KNOWN, 0, 0), cell(-0.2, 0, 1.2))
    change("shape.area", (KNOWN, 3, 3), cell(3, 3, 0.2))
    faults.append(("shape.gap", None, KNOWN))
    # two pieces, a hole, a rest, the same twice, an overlap
    change("shape.multi-part", (UNKNOWN, 1, 1), cell(7, 1, 0.4) | cell(7.6, 1, 0.4))
    faults.append(("shape.gap", at(UNKNOWN, 0, 0)[1] + 1, "、".join(f"{UNKNOWN}{k:03d}" for k in (2, 8, 14))))
    add("shape.twin", f"{UNKNOWN}091", cell(9, 1), f"{UNKNOWN}010、{UNKNOWN}091")
    faults[-1] = ("shape.twin", at(UNKNOWN, 3, 1)[1], faults[-1][2])
    add("shape.hole", f"{THIRD}090", cell(18, 0, 3, 3) - cell(19, 1))
    add("shape.sliver", f"{THIRD}091", cell(18, 3, 0.03, 3))
    code, number, one = at(THIRD, 0, 5)
    set_shape(one, cell(12, 5, 1.5))
    faults.append(("shape.overlap", number, f"{code}、{THIRD}032"))
    # areas that are written wrong, a grid that ended
    by_code[f"{THIRD}003"][1]["properties"]["Area"] = 12_000
    faults.append(("shape.area-differs", by_code[f"{THIRD}003"][0], f"{THIRD}003"))
    add("shape.ended", f"{THIRD}092", cell(14, 2), DEDate="20251231")
    return features, faults


def test_twenty_faults_are_all_named_by_code_and_feature_and_none_is_invented() -> None:
    features, faults = spoil()
    found = told(folder(features))
    assert len(faults) >= 20
    assert sorted(found, key=str) == sorted(faults, key=str)


def test_letters_are_no_part_of_a_code_before_the_edition_of_2026() -> None:
    features = grids()
    features[1]["properties"]["BGCode"] = f"{KNOWN}00A"
    assert told(folder(features)) == []
    assert told(folder(features, edition="2013")) == [("cell.bad-code", 2, f"{KNOWN}00A")]


def test_a_grid_with_the_code_of_another_leaves_no_gap() -> None:
    features = grids()
    features[1]["properties"]["BGCode"] = f"{KNOWN}001"
    features[-10]["properties"]["BGCode"] = ""
    assert told(folder(features)) == [
        ("key.twice", 2, f"{KNOWN}001"),
        ("cell.missing", len(features) - 9, ""),
    ]


def test_the_border_of_the_city_is_crossed_where_those_of_communities_are_not_known() -> None:
    features = grids()
    set_shape(features[-1], cell(3 * SIDE - 1, SIDE - 1, 6))
    assert told(folder(features)) == [("shape.across", len(features), f"{THIRD}036")]


def test_areas_of_another_unit_are_told_once() -> None:
    features = grids()
    for one in features:
        one["properties"]["Area"] = AREA_M2 / 10_000
    assert told(folder(features)) == [("shape.area-differs", 1, f"{KNOWN}001")]


def test_a_community_without_a_grid_is_told() -> None:
    features = [one for one in grids() if not one["properties"]["BGCode"].startswith(THIRD)]
    assert told(folder(features)) == [("community.without-grid", None, THIRD)]
