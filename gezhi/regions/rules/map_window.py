"""What a map window shows (图层取数范围): which levels and classes at which zoom, how coarse, and how many at most."""

from __future__ import annotations

from math import isfinite

import msgspec

from gezhi.kernel.problems import Problem
from gezhi.regions.rules.levels import Level
from gezhi.regions.rules.street_network import StreetClass

GRIDS_FROM_ZOOM = 14.0
EXACT_FROM_ZOOM = 15.0
MOST_FEATURES = 3000
HALF_TURN, QUARTER_TURN = 180.0, 90.0
_PIXELS_PER_WORLD = 256
_ZOOMS_OF_LEVEL = {
    Level.PROVINCE: (0.0, 9.0),
    Level.CITY: (0.0, 12.0),
    Level.COUNTY: (6.5, 25.0),
    Level.STREET: (9.5, 25.0),
    Level.COMMUNITY: (12.5, 25.0),
}
_CLASS_FROM_ZOOM = {
    StreetClass.EXPRESSWAY: 8.0,
    StreetClass.ARTERIAL: 10.0,
    StreetClass.SECONDARY: 12.0,
    StreetClass.BRANCH: 13.5,
}


class BadWindow(Problem):
    code = "regions.map-window.malformed"
    title = "地图范围“{value}”无效：应为“西,南,东,北”四个经纬度，且西小于东、南小于北。"
    title_en = "The map window “{value}” is not valid: west,south,east,north in degrees, in this order."


class MapWindow(msgspec.Struct, frozen=True):
    """A box in CGCS2000 degrees and the zoom at which it is seen."""

    west: float
    south: float
    east: float
    north: float
    zoom: float

    @property
    def tolerance(self) -> float:
        """How many degrees a border may be simplified without being seen; 0 when it is shown exactly."""
        if self.zoom >= EXACT_FROM_ZOOM:
            return 0.0
        return float(0.7 * 360 / (_PIXELS_PER_WORLD * 2**self.zoom))


def read_window(bbox: str, zoom: float) -> MapWindow:
    """`west,south,east,north` and a zoom as a window."""
    try:
        west, south, east, north = (float(value) for value in bbox.split(","))
    except ValueError as error:
        raise BadWindow(field="bbox", value=bbox[:80]) from error
    in_order = -HALF_TURN <= west < east <= HALF_TURN and -QUARTER_TURN <= south < north <= QUARTER_TURN
    if not in_order or not isfinite(zoom):
        raise BadWindow(field="bbox", value=bbox[:80])
    return MapWindow(west=west, south=south, east=east, north=north, zoom=min(max(zoom, 0.0), 24.0))


def levels_shown(zoom: float) -> list[Level]:
    """Levels whose borders are drawn at this zoom; what is far larger than the window is left out."""
    return [level for level, (first, beyond) in _ZOOMS_OF_LEVEL.items() if first <= zoom < beyond]


def classes_shown(zoom: float) -> list[StreetClass]:
    """Classes of street that are drawn at this zoom."""
    return [street_class for street_class, from_zoom in _CLASS_FROM_ZOOM.items() if zoom >= from_zoom]


def shows_grids(zoom: float) -> bool:
    """Whether unit grids are drawn: only when one comes near."""
    return zoom >= GRIDS_FROM_ZOOM
