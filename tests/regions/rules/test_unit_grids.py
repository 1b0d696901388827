"""Unit grids in the order of their codes, each with its community, its shape and its size."""

from __future__ import annotations

import numpy as np
import shapely

from gezhi.regions.rules.local_plane import area_m2
from gezhi.regions.rules.unit_grids import number_grids

WEST, EAST = "990101001001", "990101001002"


def square(east: int, north: int) -> shapely.Geometry:
    return shapely.box(118 + east / 1000, 31 + north / 1000, 118 + (east + 1) / 1000, 31 + (north + 1) / 1000)


def test_the_grids_of_each_community_are_numbered_from_1_like_a_page_is_read() -> None:
    places = [(3, 0), (1, 0), (0, 1), (2, 1), (0, 0), (1, 1)]
    community = np.array([0, 1, 1, 0, 1, 1])
    shapes = np.array([square(*place) for place in places], dtype=object)
    grids = number_grids(shapes, community, (EAST, WEST))
    assert grids.codes == [*(f"{WEST}{n:03}" for n in (1, 2, 3, 4)), f"{EAST}001", f"{EAST}002"]
    assert grids.community_codes == [WEST] * 4 + [EAST] * 2
    inside = [(0, 1), (1, 1), (0, 0), (1, 0), (2, 1), (3, 0)]
    assert [shape.equals(square(*place)) for shape, place in zip(grids.shapes, inside, strict=True)] == [True] * 6
    assert grids.areas.tolist() == area_m2(grids.shapes).tolist()


def test_a_lower_grid_whose_centre_lies_within_half_a_height_stands_in_the_same_row() -> None:
    low = shapely.box(118.0, 30.9996, 118.001, 31.0006)
    lower = shapely.box(118.0, 30.9994, 118.001, 31.0004)
    for west, order in ((low, [0, 1]), (lower, [1, 0])):
        grids = number_grids(np.array([west, square(1, 0)], dtype=object), np.array([0, 0]), (WEST,))
        assert [shape.equals((west, square(1, 0))[at]) for shape, at in zip(grids.shapes, order, strict=True)] == [
            True,
            True,
        ]


def test_the_only_grid_of_a_community_is_its_number_1() -> None:
    grids = number_grids(np.array([square(1, 0), square(0, 0)], dtype=object), np.array([0, 1]), (EAST, WEST))
    assert (grids.codes, grids.community_codes) == ([f"{WEST}001", f"{EAST}001"], [WEST, EAST])
