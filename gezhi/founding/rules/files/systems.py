"""坐标系: points of whatever system a file is in as CGCS2000 degrees.

WGS-84 is CGCS2000 by rule. GCJ-02 and BD-09 are undone. From any other datum (北京 54, 西安 80, a city's own) only by
parameters that are stated: PROJ would go there by a guess, tens of metres off, and say nothing.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import TYPE_CHECKING, Final

import msgspec
import numpy as np
from numpy.typing import NDArray

from gezhi.kernel.coordinates import CoordinateSystem, Points, all_to_cgcs2000
from gezhi.kernel.problems import Problem

if TYPE_CHECKING:
    from pyproj import CRS

LONGITUDES, LATITUDES = (73.0, 136.0), (3.0, 54.0)
NATIONAL: Final = re.compile(r"china.?2000|cgcs.?2000|world geodetic system 1984|wgs.?(19)?84", re.IGNORECASE)
THREE_DEGREES, SIX_DEGREES = range(25, 46), range(13, 24)
FIRST_OF_THREE, FIRST_OF_SIX = 4513, 4491
"""EPSG codes of the first 3° and the first 6° zone of CGCS2000 whose eastings begin with the number of the zone."""
MILLION, HELMERT, HALF_TURN, MOST_SHOWN = 1_000_000, 7, 180, 60

Convert = Callable[[Points], Points]


class UnknownSystem(Problem):
    code = "founding.systems.unknown"
    status = 422
    title = "坐标系“{system}”无法识别。"
    title_en = "The system “{system}” is not known."


class ParametersMissing(Problem):
    code = "founding.systems.parameters-missing"
    status = 422
    title = "“{system}”的基准是 {datum}，转到 CGCS2000 须有转换参数。"
    title_en = "“{system}” has the datum {datum}; to CGCS2000 it goes by parameters only."


class GroundSystems(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """[ground] of city.toml: what the coordinates are in, for both files or for one: the name of a system, an EPSG
    code, a PROJ string or WKT. `helmert`: the seven parameters to CGCS2000 (metres, seconds of arc, millionths), turned
    as PROJ's position_vector.
    """

    system: str = ""
    grids: str = ""
    outlines: str = ""
    helmert: tuple[float, ...] = ()

    def of(self, own: str) -> str:
        return own or self.system


def convert_of(system: str, helmert: tuple[float, ...] = ()) -> Convert:
    """How points of this system become CGCS2000 degrees."""
    if system.lower() in set(CoordinateSystem):
        return lambda points: all_to_cgcs2000(points, CoordinateSystem(system.lower()))
    from pyproj import CRS, Transformer  # noqa: PLC0415 - PROJ is large, and only a folder with shapes needs it
    from pyproj.exceptions import CRSError  # noqa: PLC0415

    try:
        given = CRS.from_user_input(system).to_2d()
    except CRSError as bad:
        raise UnknownSystem(system=_short(system)) from bad
    if given.is_bound:
        stated = Transformer.from_crs(given, CRS.from_epsg(4326), always_xy=True, allow_ballpark=False)
        return _by(stated.transform)
    geodetic = given.geodetic_crs
    if geodetic is None or geodetic.datum is None:
        raise UnknownSystem(system=_short(system))
    flat = _by(Transformer.from_crs(given, geodetic, always_xy=True).transform)
    if NATIONAL.search(geodetic.datum.name):
        return flat
    if len(helmert) != HELMERT:
        raise ParametersMissing(system=given.name, datum=geodetic.datum.name)
    shifted = _by(Transformer.from_pipeline(_pipeline(geodetic, helmert)).transform)
    return lambda points: shifted(flat(points))


def _pipeline(geodetic: CRS, helmert: tuple[float, ...]) -> str:
    ellipsoid = geodetic.get_geod()
    own = f"+a={ellipsoid.a} +b={ellipsoid.b}" if ellipsoid else "+ellps=GRS80"
    names = ("x", "y", "z", "rx", "ry", "rz", "s")
    named = " ".join(f"+{name}={value}" for name, value in zip(names, helmert, strict=True))
    return (
        "+proj=pipeline +step +proj=unitconvert +xy_in=deg +xy_out=rad "
        f"+step +proj=cart {own} +step +proj=helmert {named} +convention=position_vector "
        "+step +inv +proj=cart +ellps=GRS80 +step +proj=unitconvert +xy_in=rad +xy_out=deg"
    )


def _by(transform: Callable[..., tuple[np.ndarray, ...]]) -> Convert:
    def convert(points: Points) -> Points:
        return np.column_stack(transform(points[:, 0], points[:, 1]))

    return convert


def are_swapped(bounds: Points) -> NDArray[np.bool_]:
    """Of each west, south, east, north: longitudes and latitudes of China never meet, nor do northings and eastings."""
    degrees = _within(bounds, 0, LATITUDES) & _within(bounds, 1, LONGITUDES)
    eastings = _within(bounds, 1, (100_000, 900_000)) | _within(bounds, 1, (13 * MILLION, 46 * MILLION))
    return np.asarray(degrees | (_within(bounds, 0, (MILLION, 6 * MILLION)) & eastings))


def _within(bounds: Points, axis: int, between: tuple[float, float]) -> NDArray[np.bool_]:
    return np.asarray((bounds[:, axis] >= between[0]) & (bounds[:, axis + 2] <= between[1]))


def likely_system(points: Points) -> tuple[str, str]:
    """What points without a word of their system may be in, as city.toml would say it, in both languages."""
    if len(points) and float(np.abs(points).max()) <= HALF_TURN:
        return (
            'system = "cgcs2000"（互联网地图为 "gcj02" 或 "bd09"）',
            'system = "cgcs2000" ("gcj02" or "bd09" of web maps)',
        )
    zones = {int(east) for east in (points[:, 0] // MILLION)} if len(points) else set()
    if len(zones) == 1 and (zone := zones.pop()) in {*THREE_DEGREES, *SIX_DEGREES}:
        three = zone in THREE_DEGREES
        code = FIRST_OF_THREE + zone - THREE_DEGREES[0] if three else FIRST_OF_SIX + zone - SIX_DEGREES[0]
        width = 3 if three else 6
        return (
            f'system = "EPSG:{code}"（若为 2000 坐标系，{width}° 带第 {zone} 带）',
            f'system = "EPSG:{code}" (if it is CGCS2000, zone {zone} of {width}°)',
        )
    return (
        'system = "EPSG:…"（2000 坐标系 3° 带不含带号：中央经线 75° 至 135° 依次为 4534 至 4554）',
        'system = "EPSG:…" (CGCS2000, 3° without the zone in its eastings: 4534 for 75° E to 4554 for 135° E)',
    )


def _short(system: str) -> str:
    return system if len(system) <= MOST_SHOWN else f"{system[:MOST_SHOWN]}…"
