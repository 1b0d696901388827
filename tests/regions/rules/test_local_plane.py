"""Metres around a city, the grid of 1e-7 degrees, and areas in square metres."""

from __future__ import annotations

import numpy as np
import pytest
import shapely

from gezhi.kernel.places import metres_per_degree
from gezhi.regions.rules.local_plane import LocalPlane, area_m2, shapes_from_e7, shapes_to_e7

PLANE = LocalPlane(lon=118.0, lat=31.0)


def test_a_point_is_so_many_metres_east_and_north_of_the_origin() -> None:
    per_lon, per_lat = metres_per_degree(31.0)
    points = np.array([[1_180_000_000.0, 310_000_000.0], [1_181_000_000.0, 309_000_000.0]])
    assert PLANE.metres_of_e7(points) == pytest.approx(np.array([[0.0, 0.0], [per_lon / 10, -per_lat / 10]]))


def test_metres_come_back_as_the_whole_number_that_they_were() -> None:
    points = np.array([[1_180_000_001.0, 310_000_003.0], [1_179_123_457.0, 311_234_567.0]])
    assert PLANE.e7_of_metres(PLANE.metres_of_e7(points)).tolist() == points.tolist()


def test_shapes_lie_on_whole_numbers_and_come_back_as_degrees() -> None:
    shape = shapely.box(118.00000004, 31.0, 118.00000016, 31.5)
    whole = shapes_to_e7(shape)
    assert shapely.bounds(whole).tolist() == [1_180_000_000.0, 310_000_000.0, 1_180_000_002.0, 315_000_000.0]
    assert shapely.bounds(shapes_from_e7(whole)).tolist() == [118.0, 31.0, 118.0000002, 31.5]


@pytest.mark.parametrize("south", [0.0, 30.0, -60.0])
def test_an_area_is_measured_at_its_own_latitude(south: float) -> None:
    per_lat = metres_per_degree(0.0)[1]
    north = south + 0.001
    wide = per_lat * np.cos(np.radians((south + north) / 2))
    assert area_m2(shapely.box(118.0, south, 118.002, north)) == pytest.approx([0.002 * wide * 0.001 * per_lat])


def test_many_areas_are_measured_each_at_its_own_latitude() -> None:
    boxes = [shapely.box(118.0, south, 118.001, south + 0.001) for south in (10.0, 60.0)]
    both = area_m2(np.array(boxes, dtype=object))
    assert both.tolist() == [area_m2(boxes[0])[0], area_m2(boxes[1])[0]]
    assert both[0] > 1.9 * both[1]
