"""偏移识别: grids that lie where GCJ-02 or BD-09 shifts them to, told by the outlines that they belong in.

Not the grids are moved back but the outlines moved along, which have few points and need no iteration.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Mapping

import msgspec
import numpy as np
import shapely

from gezhi.kernel.coordinates import CoordinateSystem, Points, shifted_to_bd09, shifted_to_gcj02
from gezhi.regions.rules.grid_quality import smallest_known
from gezhi.regions.rules.local_plane import Shapes as ShapeArray
from gezhi.regions.rules.local_plane import area_m2

SHIFTS: dict[CoordinateSystem, Callable[[Points], Points]] = {
    CoordinateSystem.CGCS2000: lambda points: points,
    CoordinateSystem.GCJ02: shifted_to_gcj02,
    CoordinateSystem.BD09: lambda points: shifted_to_bd09(shifted_to_gcj02(points)),
}
WORTH_NAMING, TIMES_WORSE = 0.001, 5.0
"""Share of all grids that lies outside, and how many times less of it there must be otherwise."""


class Shift(msgspec.Struct, frozen=True):
    """What grids seem to be in: outside of their outlines lie `as_they_are_m2`, and `undone_m2` if it is so."""

    system: CoordinateSystem
    as_they_are_m2: float
    undone_m2: float


def find_shift(
    grids: Mapping[str, shapely.Geometry], outlines: Mapping[str, shapely.Geometry], within: Mapping[str, str]
) -> Shift | None:
    """The shift that explains why grids lie outside of their outlines; None where none does."""
    homes: dict[str, list[shapely.Geometry]] = defaultdict(list)
    for code, shape in grids.items():
        if home := smallest_known(code, outlines, within):
            homes[home].append(shape)
    if not homes:
        return None
    parts = {home: np.array(shapes, dtype=object) for home, shapes in homes.items()}
    outside = {
        system: sum(_outside_m2(shapes, shapely.transform(outlines[home], shift)) for home, shapes in parts.items())
        for system, shift in SHIFTS.items()
    }
    whole = sum(float(area_m2(shapes).sum()) for shapes in parts.values())
    here, best = outside[CoordinateSystem.CGCS2000], min(outside, key=lambda system: outside[system])
    if here < WORTH_NAMING * whole or outside[best] * TIMES_WORSE > here:
        return None
    return Shift(best, here, outside[best])


def _outside_m2(shapes: ShapeArray, outline: shapely.Geometry) -> float:
    outline = shapely.make_valid(outline)
    shapely.prepare(outline)
    beyond = shapes[~shapely.covers(outline, shapes)]
    return float(np.nansum(area_m2(shapely.difference(beyond, outline)))) if len(beyond) else 0.0
