from __future__ import annotations

import numpy as np
import pytest
import shapely

from gezhi.founding.rules.files.shifted import SHIFTS, find_shift
from gezhi.kernel.coordinates import CoordinateSystem

CITY, COMMUNITY = "330782", "330782001001"
WITHIN = {COMMUNITY: "330782001", "330782001": CITY, CITY: ""}
HOME = shapely.box(120.0, 29.3, 120.02, 29.32)
EAST, NORTH = np.meshgrid(np.linspace(120.0, 120.019, 20), np.linspace(29.3, 29.319, 20))
GRIDS = {
    f"{COMMUNITY}{number:03d}": shapely.box(west, south, west + 0.001, south + 0.001)
    for number, (west, south) in enumerate(zip(EAST.ravel(), NORTH.ravel(), strict=True), 1)
}


def shifted(system: CoordinateSystem) -> dict[str, shapely.Geometry]:
    return {code: shapely.transform(shape, SHIFTS[system]) for code, shape in GRIDS.items()}


@pytest.mark.parametrize("system", [CoordinateSystem.GCJ02, CoordinateSystem.BD09])
def test_grids_that_a_web_map_shifted_are_named_with_what_tells_it(system: CoordinateSystem) -> None:
    found = find_shift(shifted(system), {CITY: HOME}, WITHIN)
    assert found is not None
    assert found.system is system
    assert found.undone_m2 * 10 < found.as_they_are_m2


def test_the_smallest_outline_that_is_known_tells_most() -> None:
    wide = shapely.box(119.0, 28.0, 121.0, 30.0)
    grids = shifted(CoordinateSystem.GCJ02)
    assert find_shift(grids, {CITY: wide}, WITHIN) is None
    assert find_shift(grids, {CITY: wide, COMMUNITY: HOME}, WITHIN) is not None


def test_grids_in_their_place_or_anywhere_else_are_not_called_shifted() -> None:
    assert find_shift(GRIDS, {CITY: HOME}, WITHIN) is None
    coarse = shapely.box(120.0015, 29.302, 120.0185, 29.3185)
    assert find_shift(GRIDS, {CITY: coarse}, WITHIN) is None
    assert find_shift(GRIDS, {CITY: shapely.box(121.0, 29.3, 121.02, 29.32)}, WITHIN) is None
    assert find_shift(GRIDS, {}, WITHIN) is None


def test_an_outline_that_crosses_itself_tells_it_all_the_same() -> None:
    loop = [(120.0, 29.311), (120.001, 29.3105), (120.001, 29.311), (120.0, 29.3105)]
    crossing = shapely.Polygon([(120.0, 29.3), (120.02, 29.3), (120.02, 29.32), (120.0, 29.32), *loop])
    assert not crossing.is_valid
    found = find_shift(shifted(CoordinateSystem.GCJ02), {CITY: crossing}, WITHIN)
    assert found is not None
    assert found.system is CoordinateSystem.GCJ02
