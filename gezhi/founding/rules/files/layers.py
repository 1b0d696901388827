"""图层: the shapes of a file by their code, as CGCS2000 degrees on whole 1e-7 degrees; a finding for what is none."""

from __future__ import annotations

import re
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
_REASON = re.compile(r"([A-Za-z -]+?) ?\[(\S+) (\S+)\]")

Shapes = dict[str, shapely.Geometry]


class Feature(msgspec.Struct, frozen=True):
    geometry: msgspec.Raw
    properties: dict[str, Any] | None = None


class FeatureCollection(msgspec.Struct, frozen=True):
    features: list[Feature]
    crs: dict[str, Any] | None = None


class Drawn(msgspec.Struct, frozen=True):
    """The good shapes of a file by code, and the numbers of their features."""

    shapes: Shapes
    rows: dict[str, int]


NOTHING = Drawn({}, {})


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


def draw(layer: Layer, file: str, stated: str, helmert: tuple[float, ...], findings: Findings) -> Drawn:
    """`stated`: the system that city.toml names, whatever the file says of itself."""
    if not layer.shapes:
        findings.add("file.empty", file)
        return NOTHING
    codes = codes_of(layer)
    if codes is None:
        findings.add("column.missing", file, column="code")
        return NOTHING
    given = shapely.from_wkb(np.array(layer.shapes, dtype=object), on_invalid="ignore")
    shapes = _in_degrees(given, stated or layer.system, helmert, file, findings)
    if shapes is None:
        return NOTHING
    swapped = are_swapped(shapely.bounds(given))
    drawn = Drawn({}, {})
    for number, (code, shape, turned) in enumerate(zip(codes, shapes, swapped, strict=True), 1):
        if not code:
            findings.add("cell.missing", file, row=number, column="code")
        elif code in drawn.rows:
            findings.add("key.twice", file, row=number, column="code", value=code, first=drawn.rows[code])
        elif turned:
            findings.add("shape.swapped", file, row=number, column="geometry", value=code)
        elif is_good(code, shape, file, number, findings):
            drawn.shapes[code] = shape
        drawn.rows.setdefault(code, number)
    return drawn


def codes_of(layer: Layer) -> list[str] | None:
    """The codes of the features; None where no column is known to hold them."""
    named = {name.strip().lower(): name for name in reversed(layer.columns)}
    for known in CODES:
        for name, own in named.items():
            if name == known or (_is_cut(name) and known.startswith(name)):
                return [_code(value) for value in layer.columns[own]]
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
