"""Map layers by window and zoom, as GeoJSON: one statement each, whatever the window holds."""

from __future__ import annotations

from datetime import date
from typing import Any

import msgspec
import numpy as np
import shapely
from django.db import connection

from gezhi.regions.rules.levels import Level
from gezhi.regions.rules.map_window import MOST_FEATURES, MapWindow, classes_shown, levels_shown, shows_grids
from gezhi.regions.rules.street_network import StreetClass

_TOUCHED = """
box(point(west, south), point(east, north)) && box(point(%(west)s, %(south)s), point(%(east)s, %(north)s))
AND valid_from <= %(on)s AND (valid_to IS NULL OR valid_to >= %(on)s)
"""
_BORDERS = f"""
SELECT region_code, level, generated, wkb,
  (SELECT name FROM regions_region r WHERE r.code = o.region_code AND r.valid_from <= %(on)s
   ORDER BY r.valid_from DESC LIMIT 1)
FROM regions_region_outline o WHERE {_TOUCHED} AND level = ANY(%(only)s)
ORDER BY level, region_code LIMIT %(most)s
"""  # noqa: S608
_STREETS = f"""
SELECT id, street_class, generated, wkb FROM regions_street_line
WHERE {_TOUCHED} AND street_class = ANY(%(only)s) ORDER BY street_class, id LIMIT %(most)s
"""  # noqa: S608
_GRIDS = f"""
SELECT code, community_code, area_m2, generated, wkb FROM regions_unit_grid
WHERE {_TOUCHED} ORDER BY code LIMIT %(most)s
"""  # noqa: S608


class Layer(msgspec.Struct, frozen=True):
    """A GeoJSON FeatureCollection as text. `capped`: there was more than is shown; zoom in."""

    features: msgspec.Raw
    capped: bool
    type: str = "FeatureCollection"


def read_borders(window: MapWindow, *, on: date) -> Layer:
    """行政区划边界: outlines of the levels that are drawn at this zoom."""
    rows = _touched(_BORDERS, window, on, [int(level) for level in levels_shown(window.zoom)])
    return _layer(
        window,
        [row[3] for row in rows],
        [
            {"code": row[0], "level": Level(row[1]).name.lower(), "generated": row[2], "name": row[4] or row[0]}
            for row in rows
        ],
    )


def read_streets(window: MapWindow, *, on: date) -> Layer:
    """模拟道路: the streets of the classes that are drawn at this zoom, the greatest first."""
    rows = _touched(_STREETS, window, on, [int(one) for one in classes_shown(window.zoom)])
    return _layer(
        window,
        [row[3] for row in rows],
        [{"id": row[0], "class": StreetClass(row[1]).name.lower(), "generated": row[2]} for row in rows],
    )


def read_grids(window: MapWindow, *, on: date) -> Layer:
    """单元网格: the unit grids in the window; none before the map comes near."""
    rows = _touched(_GRIDS, window, on, []) if shows_grids(window.zoom) else []
    return _layer(
        window,
        [row[4] for row in rows],
        [{"code": row[0], "community": row[1], "area_m2": round(row[2]), "generated": row[3]} for row in rows],
    )


def _touched(statement: str, window: MapWindow, on: date, only: list[int]) -> list[tuple[Any, ...]]:
    values: dict[str, Any] = {
        "west": window.west,
        "south": window.south,
        "east": window.east,
        "north": window.north,
        "on": on,
        "only": only,
        "most": MOST_FEATURES + 1,
    }
    with connection.cursor() as cursor:
        cursor.execute(statement, values)
        rows: list[tuple[Any, ...]] = cursor.fetchall()
    return rows


def _layer(window: MapWindow, wkb: list[bytes], properties: list[dict[str, Any]]) -> Layer:
    shapes = shapely.from_wkb([bytes(one) for one in wkb[:MOST_FEATURES]])
    if window.tolerance:
        shapes = shapely.simplify(shapes, window.tolerance)
    shapes = shapely.transform(np.array(shapes, dtype=object), lambda points: np.round(points, 6))
    features = [
        {"type": "Feature", "geometry": msgspec.Raw(text.encode()), "properties": told}
        for text, told in zip(shapely.to_geojson(shapes), properties, strict=False)
    ]
    return Layer(features=msgspec.Raw(msgspec.json.encode(features)), capped=len(wkb) > MOST_FEATURES)
