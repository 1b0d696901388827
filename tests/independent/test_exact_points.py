from __future__ import annotations

import random

import numpy as np
import pytest
import shapely

from gezhi.regions.rules.ground import Ground
from gezhi.regions.rules.locator import Locator
from tests.independent.exact_points import Grids, Point, holds, points_along, points_on
from tests.regions.conftest import ground
from tests.regions.rules.test_locator import locator

__all__ = ["ground", "locator"]


def ring_of(shape: shapely.Polygon) -> list[Point]:
    assert len(shapely.get_interior_ring(shape, [0])) == 1
    return [(round(x * 1e7), round(y * 1e7)) for x, y in shapely.get_coordinates(shape)]


@pytest.fixture(scope="module")
def grids(ground: Ground) -> Grids:
    return Grids({code: ring_of(one) for code, one in zip(ground.grids.codes, ground.grids.shapes, strict=True)})


def test_ten_thousand_points_on_borders_and_beside_them_are_located_as_whole_numbers_say(
    grids: Grids, locator: Locator
) -> None:
    on = grids.border_points()
    near = {point for edge in grids.edges() for point in points_along(*edge, count=10)}
    beside = {(x + right, y + up) for x, y in on for right in (-1, 0, 1) for up in (-1, 0, 1)}
    points = sorted({*on, *near, *beside})
    assert len(points) >= 10_000
    found = locator.locate_many([x / 1e7 for x, _ in points], [y / 1e7 for _, y in points])
    codes = [locator.places[place].grid_code if place >= 0 else None for place in found]
    wrong = [(point, code) for point, code in zip(points, codes, strict=True) if code != grids.smallest(point)]
    assert wrong == []
    assert sum(grids.smallest(point) is not None for point in on) == len(on)  # the outer border belongs to its grid
    one = points[0]
    assert locator.locate(one[0] / 1e7, one[1] / 1e7).grid_code == grids.smallest(one)


def test_a_ring_holds_its_border_and_what_lies_within() -> None:
    ring = [(0, 0), (10, 0), (10, 10), (0, 10), (0, 0)]
    assert all(holds(ring, point) for point in ((0, 0), (5, 0), (10, 7), (5, 5), (0, 10)))
    assert not any(holds(ring, point) for point in ((-1, 5), (11, 5), (5, 11), (5, -1), (11, 10)))
    assert list(points_on((0, 0), (6, 3))) == [(0, 0), (2, 1), (4, 2)]


def test_many_points_and_one_are_located_alike(grids: Grids, locator: Locator) -> None:
    points = random.Random(7).sample(grids.border_points(), 300)
    many = locator.locate_many(np.array([x for x, _ in points]) / 1e7, np.array([y for _, y in points]) / 1e7)
    assert [locator.places[place].grid_code for place in many] == [
        locator.locate(x / 1e7, y / 1e7).grid_code for x, y in points
    ]
