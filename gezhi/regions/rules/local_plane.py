"""A flat plane in metres around a city, and the whole-number grid of 1e-7 degrees on which all borders lie."""

from __future__ import annotations

from typing import Any

import msgspec
import numpy as np
import shapely
from numpy.typing import NDArray

from gezhi.kernel.places import E7, metres_per_degree

Floats = NDArray[np.float64]
Shapes = NDArray[np.object_]


class LocalPlane(msgspec.Struct, frozen=True):
    """Metres east and north of an origin. Good to some thousandths within 30 km: for laying out, not for measuring."""

    lon: float
    lat: float

    def metres_of_e7(self, points: Floats) -> Floats:
        """Points (n, 2) in 1e-7 degrees as metres."""
        return np.asarray((points / E7 - (self.lon, self.lat)) * metres_per_degree(self.lat))

    def e7_of_metres(self, points: Floats) -> Floats:
        """Points (..., 2) in metres as whole 1e-7 degrees (kept as float64, in which they are exact)."""
        return np.asarray(np.rint((points / metres_per_degree(self.lat) + (self.lon, self.lat)) * E7))


def shapes_to_e7(shapes: Any) -> Any:
    """Geometry in degrees onto whole 1e-7 degrees."""
    return shapely.transform(shapes, lambda points: np.rint(points * E7))


def shapes_from_e7(shapes: Any) -> Any:
    """Geometry on whole 1e-7 degrees as degrees; equal points stay equal to the last bit."""
    return shapely.transform(shapes, lambda points: points / E7)


def area_m2(shapes: Any) -> Floats:
    """Area in square metres of polygons in degrees, by the length of a degree at each polygon's own latitude."""
    shapes = np.atleast_1d(np.asarray(shapes, dtype=object))
    bounds = shapely.bounds(shapes)
    _, per_lat = metres_per_degree(0.0)
    per_lon = per_lat * np.cos(np.radians((bounds[:, 1] + bounds[:, 3]) / 2))
    return np.asarray(shapely.area(shapes) * per_lon * per_lat)
