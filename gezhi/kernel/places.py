"""Points on the ground. Coordinates are CGCS2000 degrees, longitude first; in logs they are whole 1e-7 degrees."""

from __future__ import annotations

from math import asin, cos, radians, sin, sqrt

EARTH_RADIUS_M = 6_371_008.8
E7 = 10_000_000


def to_e7(degrees: float) -> int:
    """Degrees as whole 1e-7 degrees (about 1 cm): exact in a log, where a float is not."""
    return round(degrees * E7)


def from_e7(value: int) -> float:
    return value / E7


def metres_between(lon_a: float, lat_a: float, lon_b: float, lat_b: float) -> float:
    """Great-circle distance in metres."""
    half_lat = radians(lat_b - lat_a) / 2
    half_lon = radians(lon_b - lon_a) / 2
    chord = sin(half_lat) ** 2 + cos(radians(lat_a)) * cos(radians(lat_b)) * sin(half_lon) ** 2
    return 2 * EARTH_RADIUS_M * asin(sqrt(chord))


def metres_per_degree(lat: float) -> tuple[float, float]:
    """Metres of one degree of longitude and of latitude at this latitude."""
    one = EARTH_RADIUS_M * radians(1)
    return one * cos(radians(lat)), one
