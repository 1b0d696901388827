"""Point → unit grid → community → street → county → city → province (定位), by an STR-tree in memory.

A point on a border belongs to the smallest code. A point outside every grid gets the smallest region that holds it and
the mark `outside`. Longitude and latitude are CGCS2000 degrees, and taken as whole 1e-7 degrees, corners and points
alike: of whole numbers the side of a line is computed exactly, of degrees it is not.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import msgspec
import numpy as np
import shapely
from numpy.typing import ArrayLike, NDArray

from gezhi.kernel.places import E7
from gezhi.kernel.problems import Problem
from gezhi.regions.rules.levels import Level
from gezhi.regions.rules.local_plane import Floats, Shapes

NOWHERE = -1
_CHUNK = 131_072
_SORT_FROM = 512
_CELLS_PER_DEGREE = 250
_FAR = 1_000.0
"""Degrees beyond which nothing lies: so far out whatever is farther is taken to be."""


class OutsideKnownRegions(Problem):
    """坐标不在辖区内; says so when longitude and latitude look exchanged."""

    code = "regions.locator.outside"
    status = 422
    title = "坐标（经度 {lon}，纬度 {lat}）不在本平台已知的区划范围内。{hint}"
    title_en = "The place (longitude {lon}, latitude {lat}) lies outside all known regions.{hint_en}"

    def __init__(self, lon: float, lat: float, *, swapped: bool) -> None:
        super().__init__(
            field="lon",
            lon=lon,
            lat=lat,
            swapped=swapped,
            hint="经度和纬度可能写反了，请对调后再试。" if swapped else "请核对坐标和坐标系（应为 CGCS2000 经纬度）。",
            hint_en=(
                " Longitude and latitude seem to be exchanged; swap them and try again."
                if swapped
                else " Check the numbers and the coordinate system (CGCS2000 degrees)."
            ),
        )


class Location(msgspec.Struct, frozen=True):
    """Where a point lies. `outside`: outside every unit grid; then the codes name the smallest region that holds it."""

    grid_code: str | None
    community_code: str | None
    street_code: str | None
    county_code: str | None
    city_code: str | None
    province_code: str | None
    outside: bool

    def codes(self) -> tuple[str, ...]:
        """All codes from the grid up to the province, the smallest first."""
        every = (self.grid_code, self.community_code, self.street_code, self.county_code, self.city_code)
        return tuple(code for code in (*every, self.province_code) if code is not None)


class RegionPlace(msgspec.Struct, frozen=True):
    """What the locator knows of a region: its level and which region contains it (隶属)."""

    level: Level
    within: str | None


class Outlines(msgspec.Struct, frozen=True):
    """Codes with their shapes in degrees."""

    codes: Sequence[str]
    shapes: Shapes


class Locator:
    """Frozen: all shapes of one day. `places[k]` is the answer for everything inside shape k."""

    def __init__(
        self, grids: Outlines, community_of: Sequence[str], regions: Outlines, known: dict[str, RegionPlace]
    ) -> None:
        """`community_of[k]` is the community of grid k; `regions` may lack outlines, `known` names all of them."""
        order = sorted(range(len(grids.codes)), key=lambda k: grids.codes[k])
        rank = sorted(range(len(regions.codes)), key=lambda k: (-known[regions.codes[k]].level, regions.codes[k]))
        self.grid_count = len(order)
        self.places = tuple(
            [_location(known, community_of[k], grids.codes[k]) for k in order]
            + [_location(known, regions.codes[k], None) for k in rank]
        )
        self._grids = _Layer(grids.shapes[order] if order else grids.shapes)
        self._regions = _Layer(regions.shapes[rank] if rank else regions.shapes)

    def locate(self, lon: float, lat: float) -> Location:
        """Where a point lies; OutsideKnownRegions when in no region at all."""
        place = self._grids.smallest_at(lon, lat)
        if place == NOWHERE and (region := self._regions.smallest_at(lon, lat)) != NOWHERE:
            place = region + self.grid_count
        if place == NOWHERE:
            swapped = int(self.locate_many([lat], [lon])[0]) != NOWHERE
            raise OutsideKnownRegions(lon, lat, swapped=swapped)
        return self.places[place]

    def locate_many(self, lons: ArrayLike, lats: ArrayLike) -> NDArray[np.int64]:
        """For each point the index of its Location in `places`; NOWHERE (-1) outside all known regions."""
        points = whole_e7(np.column_stack([np.asarray(lons, dtype=np.float64), np.asarray(lats, dtype=np.float64)]))
        places = np.full(len(points), NOWHERE, dtype=np.int64)
        for start in range(0, len(points), _CHUNK):
            chunk = points[start : start + _CHUNK]
            place = self._grids.smallest(chunk)
            left = np.flatnonzero(place == NOWHERE)
            if len(left):
                region = self._regions.smallest(chunk[left])
                place[left] = np.where(region == NOWHERE, NOWHERE, region + self.grid_count)
            places[start : start + _CHUNK] = place
        return places


def whole_e7(degrees: Floats) -> Floats:
    """Degrees as whole 1e-7 degrees, in numbers that hold them exactly."""
    return np.rint(np.clip(degrees, -_FAR, _FAR) * E7)


class _Layer:
    """Shapes in the order in which they win, under a tree."""

    def __init__(self, shapes: Shapes) -> None:
        self._shapes: Any = shapely.transform(np.asarray(shapes, dtype=object), whole_e7)
        shapely.prepare(self._shapes)
        self._tree = shapely.STRtree(self._shapes)
        # Tree and prepared shapes finish themselves at first use, which two threads must not do at once: use all now.
        bounds = shapely.bounds(self._shapes)
        self.smallest((bounds[:, :2] + bounds[:, 2:]) / 2)

    def smallest(self, points: Floats) -> NDArray[np.int64]:
        """For each point the first shape that holds it, border included; NOWHERE where none does."""
        if len(points) < _SORT_FROM:
            return self._first(points)
        cells = (np.nan_to_num(np.clip(points / E7, -180.0, 180.0)) * _CELLS_PER_DEGREE).astype(np.int32)
        order = np.argsort(cells[:, 1] * np.int32(360 * _CELLS_PER_DEGREE // 2) + cells[:, 0], kind="stable")
        shape_of = np.empty(len(points), dtype=np.int64)
        shape_of[order] = self._first(points[order])
        return shape_of

    def smallest_at(self, lon: float, lat: float) -> int:
        """The same for a single point in degrees, without the columns."""
        lon, lat = whole_e7(np.array([lon, lat])).tolist()
        near = self._tree.query(shapely.Point(lon, lat))
        return min(near[shapely.intersects_xy(self._shapes[near], lon, lat)].tolist(), default=NOWHERE)

    def _first(self, points: Floats) -> NDArray[np.int64]:
        point, shape = self._tree.query(shapely.points(points))
        held = shapely.intersects_xy(self._shapes[shape], points[point, 0], points[point, 1])
        first = np.full(len(points), len(self._shapes), dtype=np.int64)
        np.minimum.at(first, point[held], shape[held])
        first[first == len(self._shapes)] = NOWHERE
        return first


def _location(known: dict[str, RegionPlace], code: str, grid_code: str | None) -> Location:
    by_level: dict[Level, str] = {}
    at: str | None = code
    while at is not None and at in known and known[at].level not in by_level:
        by_level[known[at].level] = at
        at = known[at].within
    return Location(
        grid_code=grid_code,
        community_code=by_level.get(Level.COMMUNITY),
        street_code=by_level.get(Level.STREET),
        county_code=by_level.get(Level.COUNTY),
        city_code=by_level.get(Level.CITY),
        province_code=by_level.get(Level.PROVINCE),
        outside=grid_code is None,
    )
