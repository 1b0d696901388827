from __future__ import annotations

import json
from datetime import date, datetime
from typing import Any

import pytest
import shapely
from pyproj import Transformer

from gezhi.founding.rules.files.layers import Given, codes_of, day_of, draw, geojson_layer
from gezhi.founding.rules.findings import Findings
from gezhi.kernel.contents import Layer

FILE = "ground/grids.geojson"
BOX = shapely.box(120.07, 29.3, 120.0712, 29.301)
DAY = date(2026, 1, 1)
GIVEN = Given("", (), DAY)
A, B = "330782001001001", "330782001001002"


def layer(*shapes: Any, system: str = "EPSG:4490", **columns: list[Any]) -> Layer:
    codes = {"code": [f"33078200100100{number}" for number in range(1, len(shapes) + 1)]}
    wkb = [one if one is None or isinstance(one, bytes) else shapely.to_wkb(one) for one in shapes]
    return Layer("x", system, columns or codes, wkb)


def told(given: Layer, stated: str = "") -> list[tuple[str, int | None, str]]:
    findings = Findings()
    draw(given, FILE, Given(stated, (), DAY), findings)
    return [(one.code, one.row, one.value) for one in findings.report().findings]


@pytest.mark.parametrize(
    "name",
    ["code", "CODE", "BGCode", "bgcode", "单元网格标识码", "单元网格标", " 标识码 "],
)
def test_the_column_of_the_code_has_the_names_of_the_standards_in_any_writing(name: str) -> None:
    assert codes_of(Layer("x", "", {"name": ["x"], name: [A]}, [None])) == [A]


def test_a_code_may_be_a_number_and_a_column_that_nobody_knows_is_none() -> None:
    assert codes_of(Layer("x", "", {"code": [float(A), int(B), None, " x "]}, [None] * 4)) == [A, B, "", "x"]
    assert codes_of(Layer("x", "", {"dikuai": [A], "co": [B]}, [None])) is None
    assert told(layer(BOX, dikuai=[A])) == [("column.missing", None, "")]


def test_a_name_of_the_standard_goes_before_a_general_one() -> None:
    assert codes_of(Layer("x", "", {"编码": [B], "BGCODE": [A]}, [None])) == [A]


def test_shapes_of_a_zone_land_on_their_place_to_a_centimetre() -> None:
    there = Transformer.from_crs("EPSG:4490", "EPSG:4549", always_xy=True)
    drawn_there = shapely.transform(
        BOX, lambda points: shapely.get_coordinates(shapely.points(*there.transform(*points.T)))
    )
    findings = Findings()
    drawn = draw(layer(drawn_there, system="EPSG:4549"), FILE, GIVEN, findings)
    assert findings.totals == {}
    assert drawn.rows == {A: 1}
    assert shapely.equals_exact(drawn.shapes[A].normalize(), BOX.normalize(), tolerance=2e-7)


def test_a_layer_that_does_not_say_its_system_is_asked_for_it_and_a_statement_answers() -> None:
    assert told(layer(BOX, system="")) == [("shape.no-system", None, "")]
    assert told(layer(BOX, system=""), "cgcs2000") == []


LINE, BOWTIE = shapely.LineString([(120, 29), (121, 30)]), shapely.Polygon([(120, 29), (121, 30), (121, 29), (120, 30)])
SWAPPED = shapely.box(29.3, 120.07, 29.301, 120.071)


@pytest.mark.parametrize(
    ("shape", "code", "says"),
    [
        (None, "shape.broken", "没有图形"),
        (b"\x01\x02", "shape.broken", "没有图形"),
        (shapely.Polygon(), "shape.broken", "没有图形"),
        (LINE, "shape.broken", "不是面"),
        (BOWTIE, "shape.broken", "自相交（120.500000, 29.500000）"),
        (SWAPPED, "shape.swapped", "横纵坐标颠倒"),
        (shapely.box(10, 10, 10.1, 10.1), "shape.not-degrees", "不在中国境内"),
    ],
)
def test_what_is_no_area_in_its_place_is_told_with_its_feature_and_why(shape: Any, code: str, says: str) -> None:
    findings = Findings()
    drawn = draw(layer(BOX, shape, shapely.box(120.08, 29.3, 120.081, 29.301)), FILE, GIVEN, findings)
    (one,) = findings.report().findings
    assert (one.code, one.row, one.value) == (code, 2, B)
    assert says in one.says["zh"]
    assert list(drawn.shapes) == [A, "330782001001003"]


def test_a_file_whose_axes_are_swapped_is_told_once() -> None:
    assert told(layer(SWAPPED, SWAPPED)) == [("shape.swapped", None, FILE)]


def test_a_file_without_features_draws_nothing_and_says_so() -> None:
    findings = Findings()
    empty = geojson_layer(json.dumps({"type": "FeatureCollection", "features": []}), FILE, findings)
    assert empty is not None
    assert (empty.shapes, empty.columns) == ([], {})
    assert told(empty) == [("file.empty", None, "")]


def test_a_grid_that_has_ended_is_left_out_and_its_successor_may_lie_in_its_place() -> None:
    ended = ["20251231", "", "20260101"]
    findings = Findings()
    drawn = draw(layer(BOX, BOX, BOX, code=[A, B, "330782001001003"], DEDate=ended), FILE, GIVEN, findings)
    assert list(drawn.shapes) == [B, "330782001001003"]
    assert [(one.code, one.row, one.value) for one in findings.report().findings] == [("shape.ended", 1, A)]


@pytest.mark.parametrize(
    ("value", "day"),
    [
        ("20251231", DAY.replace(2025, 12, 31)),
        (20251231.0, DAY.replace(2025, 12, 31)),
        ("2025/12/31", DAY.replace(2025, 12, 31)),
        (DAY, DAY),
        (datetime(2026, 1, 1, 8), DAY),  # noqa: DTZ001 - a cell has no zone
        ("20251331", None),
        ("长期", None),
        (None, None),
    ],
)
def test_a_day_is_eight_digits_or_what_the_format_has(value: object, day: date | None) -> None:
    assert day_of(value) == day


def test_areas_are_those_that_are_written() -> None:
    drawn = draw(layer(BOX, BOX, code=[A, B], 面积=[12960.5, None]), FILE, GIVEN, Findings())
    assert drawn.areas == {A: 12960.5}
