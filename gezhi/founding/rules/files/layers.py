"""图层: the shapes of a file by their code, as CGCS2000 degrees on whole 1e-7 degrees; a finding for what is none."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from datetime import date, datetime
from typing import Any, Final

import msgspec
import numpy as np
import shapely

from gezhi.founding.rules.files.systems import (
    ParametersMissing,
    UnknownSystem,
    are_swapped,
    convert_of,
    likely_system,
)
from gezhi.founding.rules.findings import Findings
from gezhi.kernel.contents import Layer
from gezhi.regions.rules.local_plane import Shapes as ShapeArray
from gezhi.regions.rules.local_plane import shapes_from_e7, shapes_to_e7

CHINA: Final = (73.0, 3.0, 136.0, 54.0)
SEVERAL: Final = (shapely.GeometryType.POLYGON, shapely.GeometryType.MULTIPOLYGON)
CODES: Final = ("code", "bgcode", "单元网格标识码", "标识码", "网格标识码", "区划代码", "行政区划代码", "代码", "编码")
"""属性项: what the column of the code is called in the standards and in offices."""
ENDS: Final = ("dedate", "终止时间", "终止日期")
AREAS: Final = ("area", "面积", "网格面积")
DBF_BYTES: Final = 10
MOST_SWAPPED: Final = 0.5
REASONS: Final = {
    "Self-intersection": "自相交",
    "Ring Self-intersection": "环自相接",
    "Hole lies outside shell": "孔在面外",
    "Nested shells": "部分相套",
    "Too few points in geometry component": "点数不足",
    "Interior is disconnected": "内部不连通",
}
_DAY = re.compile(r"(\d{4})[-/]?(\d{1,2})[-/]?(\d{1,2})", re.ASCII)
_REASON = re.compile(r"([A-Za-z -]+?) ?\[(\S+) (\S+)\]")

Shapes = dict[str, shapely.Geometry]


class Feature(msgspec.Struct, frozen=True):
    geometry: msgspec.Raw
    properties: dict[str, Any] | None = None


class FeatureCollection(msgspec.Struct, frozen=True):
    features: list[Feature]
    crs: dict[str, Any] | None = None


class Given(msgspec.Struct, frozen=True):
    """`system`: what city.toml states, whatever the file says of itself; `on`: the day on which shapes are to stand."""

    system: str
    helmert: tuple[float, ...]
    on: date


class Drawn(msgspec.Struct, frozen=True):
    """The good shapes of a file by code, the numbers of their features, and the areas that are written beside them;
    `others`: those without a code of their own.
    """

    shapes: Shapes
    rows: dict[str, int]
    areas: dict[str, float]
    others: list[shapely.Geometry]


NOTHING = Drawn({}, {}, {}, [])


def geojson_layer(text: str, file: str, findings: Findings) -> Layer | None:
    """GeoJSON as a layer; without a word on its system it is in degrees, longitude first."""
    try:
        collection = msgspec.json.decode(text.encode(), type=FeatureCollection)
    except msgspec.DecodeError as error:
        findings.add("file.malformed", file, value=error)
        return None
    shapes = shapely.from_geojson([bytes(one.geometry) for one in collection.features], on_invalid="ignore")
    names = dict.fromkeys(name for one in collection.features for name in one.properties or ())
    return Layer(
        name=file,
        system=str(((collection.crs or {}).get("properties") or {}).get("name", "EPSG:4490")),
        columns={name: [(one.properties or {}).get(name) for one in collection.features] for name in names},
        shapes=list(shapely.to_wkb(shapes)) if len(shapes) else [],
    )


def draw(layer: Layer, file: str, given: Given, findings: Findings) -> Drawn:
    """The shapes of a layer that stand on the day."""
    if not layer.shapes:
        findings.add("file.empty", file)
        return NOTHING
    codes = codes_of(layer)
    if codes is None:
        findings.add("column.missing", file, column="code")
        return NOTHING
    read = shapely.from_wkb(np.array(layer.shapes, dtype=object), on_invalid="ignore")
    shapes = _in_degrees(read, given.system or layer.system, given.helmert, file, findings)
    if shapes is None:
        return NOTHING
    swapped = are_swapped(shapely.bounds(read))
    ends, areas = (column_of(layer, names) or [None] * len(codes) for names in (ENDS, AREAS))
    drawn = Drawn({}, {}, {}, [])
    for number, (code, shape, turned, end) in enumerate(zip(codes, shapes, swapped, ends, strict=True), 1):
        last = day_of(end)
        if last is not None and last < given.on:
            findings.add("shape.ended", file, row=number, column="code", value=code, last=last)
            continue
        named = _is_named(code, number, drawn, file, findings)
        if turned:
            findings.add("shape.swapped", file, row=number, column="geometry", value=code)
        elif is_good(code, shape, file, number, findings):
            if named:
                drawn.shapes[code] = shape
            else:
                drawn.others.append(shape)
    drawn.areas.update(_written(drawn, areas))
    return drawn


def _is_named(code: str, number: int, drawn: Drawn, file: str, findings: Findings) -> bool:
    """Whether the feature has a code, which no other has before it."""
    first = drawn.rows.setdefault(code, number)
    if not code:
        findings.add("cell.missing", file, row=number, column="code")
    elif first != number:
        findings.add("key.twice", file, row=number, column="code", value=code, first=first)
    return bool(code) and first == number


def _written(drawn: Drawn, areas: Sequence[Any]) -> Iterator[tuple[str, float]]:
    for code in drawn.shapes:
        area = areas[drawn.rows[code] - 1]
        if isinstance(area, int | float) and area > 0:
            yield code, float(area)


def codes_of(layer: Layer) -> list[str] | None:
    """The codes of the features; None where no column is known to hold them."""
    column = column_of(layer, CODES)
    return None if column is None else [_code(value) for value in column]


def column_of(layer: Layer, names: Sequence[str]) -> list[Any] | None:
    """The column with the first of these names, in small letters or capitals."""
    named = {name.strip().lower(): name for name in reversed(layer.columns)}
    for known in names:
        for name, own in named.items():
            if name == known or (_is_cut(name) and known.startswith(name)):
                return layer.columns[own]
    return None


def day_of(value: Any) -> date | None:
    """日期型: a day, or the eight digits of one."""
    if isinstance(value, datetime):
        return value.date()
    if isinstance(value, date):
        return value
    match = _DAY.fullmatch(_code(value))
    try:
        return date(*map(int, match.groups())) if match else None
    except ValueError:
        return None


def _is_cut(name: str) -> bool:
    """A name in a DBF has at most ten bytes."""
    return not name.isascii() and len(name.encode("gb18030")) >= DBF_BYTES - 1


def _code(value: Any) -> str:
    return str(int(value)) if isinstance(value, float) and value.is_integer() else str(value or "").strip()


def _in_degrees(
    given: ShapeArray, system: str, helmert: tuple[float, ...], file: str, findings: Findings
) -> ShapeArray | None:
    """All shapes as CGCS2000 degrees; None where it cannot be told how, or all of them are swapped."""
    points = shapely.get_coordinates(given)
    if len(points) and are_swapped(shapely.bounds(given)).mean() > MOST_SWAPPED:
        findings.add("shape.swapped", file, column="geometry", value=file)
        return None
    if not system:
        likely_zh, likely_en = likely_system(points)
        findings.add("shape.no-system", file, zh=likely_zh, en=likely_en)
        return None
    try:
        convert = convert_of(system, helmert)
    except UnknownSystem as problem:
        findings.add("shape.unknown-system", file, value=problem.details["system"])
        return None
    except ParametersMissing as problem:
        findings.add("shape.other-system", file, value=problem.details["system"], datum=problem.details["datum"])
        return None
    converted = shapely.set_coordinates(given.copy(), convert(points)) if len(points) else given
    finite = np.isfinite(shapely.get_coordinates(converted)).all()
    return shapes_from_e7(shapes_to_e7(converted)) if finite else converted


def is_good(code: str, shape: shapely.Geometry | None, file: str, number: int | None, findings: Findings) -> bool:
    if shape is None or shape.is_empty or shapely.get_type_id(shape) not in SEVERAL or not shape.is_valid:
        zh, en = _why(shape)
        findings.add("shape.broken", file, row=number, column="geometry", value=code, zh=zh, en=en)
        return False
    west, south, east, north = shape.bounds
    if west < CHINA[0] or south < CHINA[1] or east > CHINA[2] or north > CHINA[3]:
        findings.add("shape.not-degrees", file, row=number, column="geometry", value=code)
        return False
    return True


def _why(shape: shapely.Geometry | None) -> tuple[str, str]:
    if shape is None or shape.is_empty:
        return "：没有图形", ": there is none"
    if shapely.get_type_id(shape) not in SEVERAL:
        return "：不是面", ": it is no area"
    reason = shapely.is_valid_reason(shape)
    match = _REASON.match(reason)
    if match is None:
        return f"：{REASONS.get(reason, reason)}", f": {reason}"
    place = ", ".join(f"{float(one):.6f}" for one in match.groups()[1:])
    return f"：{REASONS.get(match[1], match[1])}（{place}）", f": {match[1]} ({place})"
