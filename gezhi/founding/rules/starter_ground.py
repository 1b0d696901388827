"""起步地面: what the grids of a starter folder are generated from: outlines of its counties, and where the town is."""

from __future__ import annotations

import json
import math
from collections.abc import Mapping

import msgspec
import numpy as np
import shapely

from gezhi.founding.rules.ground import GENERATE, OUTLINES, GroundSettings
from gezhi.regions.rules.local_plane import area_m2
from gezhi.regions.rules.street_network import Centre, Fabric

FABRIC = Fabric(arterial_m=1500.0, fringe_block_m=1500.0, coarsening_m=2500.0)
REACH_SHARE = 0.12
"""How far the town reaches, as a share of the side of a square as large as its county."""
MOST_REACH_M = 4_000.0
DIGITS = 7


def starter_ground(outlines: Mapping[str, shapely.Geometry]) -> dict[str, str]:
    """The files by name; none without outlines."""
    if not outlines:
        return {}
    centres = tuple(_centre(shape) for _, shape in sorted(outlines.items()))
    features = [
        {
            "type": "Feature",
            "properties": {"code": code},
            "geometry": json.loads(shapely.to_geojson(shapely.set_precision(shape, 10**-DIGITS))),
        }
        for code, shape in sorted(outlines.items())
    ]
    settings = msgspec.json.encode(GroundSettings(centres=centres, fabric=FABRIC))
    return {
        GENERATE: msgspec.json.format(settings, indent=1).decode() + "\n",
        OUTLINES: json.dumps({"type": "FeatureCollection", "features": features}) + "\n",
    }


def _centre(shape: shapely.Geometry) -> Centre:
    point = shapely.point_on_surface(shape)
    reach = min(REACH_SHARE * math.sqrt(float(area_m2(np.array([shape]))[0])), MOST_REACH_M)
    return Centre(round(point.x, DIGITS), round(point.y, DIGITS), round(reach))
