"""坐标系: positions of other systems as CGCS2000 degrees, which all of the platform speaks.

WGS-84 differs by less than a metre and is taken as it is. GCJ-02 is what the usual map services of China and their
applications give, BD-09 one of them on top of it; both are undone by approaching the point that they would shift there.
"""

from __future__ import annotations

from collections.abc import Callable
from enum import StrEnum
from math import pi

import numpy as np
from numpy.typing import NDArray

_A, _EE = 6_378_245.0, 0.006_693_421_622_965_943
"""Krasovsky's ellipsoid, by which GCJ-02 shifts."""
_BD_PI = pi * 3000 / 180
_WEST, _EAST, _SOUTH, _NORTH = 72.004, 137.8347, 0.8293, 55.8271
_ROUNDS = 8

Degrees = tuple[float, float]
Points = NDArray[np.float64]
"""Degrees (n, 2), longitude first."""


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
    return _one(lambda points: all_to_cgcs2000(points, system), lon, lat)


def all_to_cgcs2000(points: Points, system: CoordinateSystem) -> Points:
    """The same of many at once."""
    match system:
        case CoordinateSystem.GCJ02:
            return _undone(shifted_to_gcj02, points)
        case CoordinateSystem.BD09:
            return _undone(shifted_to_gcj02, _undone(shifted_to_bd09, points))
    return points


def wgs84_to_gcj02(lon: float, lat: float) -> Degrees:
    """加偏: as the map services shift; outside of China nothing is shifted."""
    return _one(shifted_to_gcj02, lon, lat)


def gcj02_to_bd09(lon: float, lat: float) -> Degrees:
    return _one(shifted_to_bd09, lon, lat)


def shifted_to_gcj02(points: Points) -> Points:
    """WGS-84 as GCJ-02."""
    lon, lat = points[:, 0], points[:, 1]
    x, y = lon - 105.0, lat - 35.0
    waves = (20 * np.sin(6 * x * pi) + 20 * np.sin(2 * x * pi)) * 2 / 3
    north = -100 + 2 * x + 3 * y + 0.2 * y * y + 0.1 * x * y + 0.2 * np.sqrt(abs(x)) + waves
    north += (20 * np.sin(y * pi) + 40 * np.sin(y / 3 * pi)) * 2 / 3
    north += (160 * np.sin(y / 12 * pi) + 320 * np.sin(y * pi / 30)) * 2 / 3
    east = 300 + x + 2 * y + 0.1 * x * x + 0.1 * x * y + 0.1 * np.sqrt(abs(x)) + waves
    east += (20 * np.sin(x * pi) + 40 * np.sin(x / 3 * pi)) * 2 / 3
    east += (150 * np.sin(x / 12 * pi) + 300 * np.sin(x / 30 * pi)) * 2 / 3
    magic = 1 - _EE * np.sin(np.radians(lat)) ** 2
    north = north * 180 / ((_A * (1 - _EE)) / (magic * np.sqrt(magic)) * pi)
    east = east * 180 / (_A / np.sqrt(magic) * np.cos(np.radians(lat)) * pi)
    inside = (lon >= _WEST) & (lon <= _EAST) & (lat >= _SOUTH) & (lat <= _NORTH)
    return points + np.where(inside[:, None], np.column_stack([east, north]), 0.0)


def shifted_to_bd09(points: Points) -> Points:
    """GCJ-02 as BD-09."""
    lon, lat = points[:, 0], points[:, 1]
    far = np.hypot(lon, lat) + 0.00002 * np.sin(lat * _BD_PI)
    angle = np.arctan2(lat, lon) + 0.000003 * np.cos(lon * _BD_PI)
    return np.column_stack([far * np.cos(angle) + 0.0065, far * np.sin(angle) + 0.006])


def _undone(shift: Callable[[Points], Points], points: Points) -> Points:
    """The points that are shifted here."""
    at = points
    for _ in range(_ROUNDS):
        at = at + points - shift(at)
    return at


def _one(work: Callable[[Points], Points], lon: float, lat: float) -> Degrees:
    east, north = work(np.array([[lon, lat]]))[0].tolist()
    return east, north
