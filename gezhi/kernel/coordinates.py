"""坐标系: positions of other systems as CGCS2000 degrees, which all of the platform speaks.

WGS-84 differs by less than a metre and is taken as it is. GCJ-02 is what the usual map services of China and their
applications give, BD-09 one of them on top of it; both are undone by approaching the point that they would shift there.
"""

from __future__ import annotations

from collections.abc import Callable
from enum import StrEnum
from math import atan2, cos, hypot, pi, radians, sin, sqrt

_A, _EE = 6_378_245.0, 0.006_693_421_622_965_943
"""Krasovsky's ellipsoid, by which GCJ-02 shifts."""
_BD_PI = pi * 3000 / 180
_WEST, _EAST, _SOUTH, _NORTH = 72.004, 137.8347, 0.8293, 55.8271
_ROUNDS = 8

Degrees = tuple[float, float]


class CoordinateSystem(StrEnum):
    """In which system a position is given."""

    CGCS2000 = "cgcs2000"
    WGS84 = "wgs84"
    GCJ02 = "gcj02"
    BD09 = "bd09"


SYSTEM_NAMES: dict[CoordinateSystem, tuple[str, str]] = {
    CoordinateSystem.CGCS2000: ("CGCS2000（国家大地坐标系）", "CGCS2000 (national)"),
    CoordinateSystem.WGS84: ("WGS-84（卫星定位）", "WGS-84 (satellite)"),
    CoordinateSystem.GCJ02: ("GCJ-02（高德、腾讯、微信）", "GCJ-02 (Amap, Tencent, WeChat)"),
    CoordinateSystem.BD09: ("BD-09（百度）", "BD-09 (Baidu)"),
}


def to_cgcs2000(lon: float, lat: float, system: CoordinateSystem) -> Degrees:
    """The position in CGCS2000, to a centimetre; longitude first."""
    match system:
        case CoordinateSystem.GCJ02:
            return _undone(wgs84_to_gcj02, lon, lat)
        case CoordinateSystem.BD09:
            return _undone(wgs84_to_gcj02, *_undone(gcj02_to_bd09, lon, lat))
    return lon, lat


def wgs84_to_gcj02(lon: float, lat: float) -> Degrees:
    """加偏: as the map services shift; outside of China nothing is shifted."""
    if not (_WEST <= lon <= _EAST and _SOUTH <= lat <= _NORTH):
        return lon, lat
    x, y = lon - 105.0, lat - 35.0
    waves = (20 * sin(6 * x * pi) + 20 * sin(2 * x * pi)) * 2 / 3
    north = -100 + 2 * x + 3 * y + 0.2 * y * y + 0.1 * x * y + 0.2 * sqrt(abs(x)) + waves
    north += (20 * sin(y * pi) + 40 * sin(y / 3 * pi)) * 2 / 3 + (
        160 * sin(y / 12 * pi) + 320 * sin(y * pi / 30)
    ) * 2 / 3
    east = 300 + x + 2 * y + 0.1 * x * x + 0.1 * x * y + 0.1 * sqrt(abs(x)) + waves
    east += (20 * sin(x * pi) + 40 * sin(x / 3 * pi)) * 2 / 3 + (
        150 * sin(x / 12 * pi) + 300 * sin(x / 30 * pi)
    ) * 2 / 3
    magic = 1 - _EE * sin(radians(lat)) ** 2
    north = north * 180 / ((_A * (1 - _EE)) / (magic * sqrt(magic)) * pi)
    east = east * 180 / (_A / sqrt(magic) * cos(radians(lat)) * pi)
    return lon + east, lat + north


def gcj02_to_bd09(lon: float, lat: float) -> Degrees:
    far = hypot(lon, lat) + 0.00002 * sin(lat * _BD_PI)
    angle = atan2(lat, lon) + 0.000003 * cos(lon * _BD_PI)
    return far * cos(angle) + 0.0065, far * sin(angle) + 0.006


def _undone(shift: Callable[[float, float], Degrees], lon: float, lat: float) -> Degrees:
    """The point that is shifted here."""
    at = lon, lat
    for _ in range(_ROUNDS):
        shifted = shift(*at)
        at = at[0] + lon - shifted[0], at[1] + lat - shifted[1]
    return at
