"""Cutting a grid along a line, joining neighbours."""

from __future__ import annotations

from datetime import date

import numpy as np
import pytest
import shapely
import shapely.affinity
from hypothesis import given
from hypothesis import strategies as st

from gezhi.kernel.problems import Problem
from gezhi.regions.rules.grid_change import (
    CHANGE_NAMES,
    CutMissesGrid,
    DifferentCommunities,
    GridChangeAsked,
    GridChangeKind,
    NotBeforeTomorrow,
    NotNeighbours,
    OutsideReach,
    ReasonMissing,
    WrongNumberOfGrids,
    check_asked,
    new_shapes,
)
from gezhi.regions.rules.local_plane import shapes_from_e7, shapes_to_e7

WEST, EAST, FAR = (f"990101001001{number}" for number in ("001", "002", "003"))
FOREIGN = "990101001002001"
SHAPES = {
    WEST: shapely.box(118.2, 31.6, 118.202, 31.602),
    EAST: shapely.box(118.202, 31.6, 118.204, 31.602),
    FAR: shapely.box(118.21, 31.6, 118.212, 31.602),
    FOREIGN: shapely.box(118.204, 31.6, 118.206, 31.602),
}
TODAY, TOMORROW = date(2026, 3, 2), date(2026, 3, 3)
ACROSS = ((118.1999, 31.601), (118.2021, 31.601))
Line = tuple[tuple[float, float], ...]


def split(line: Line, *codes: str) -> GridChangeAsked:
    return GridChangeAsked(GridChangeKind.SPLIT, codes or (WEST,), TOMORROW, "人口增加", line)


def merge(*codes: str) -> GridChangeAsked:
    return GridChangeAsked(GridChangeKind.MERGE, codes, TOMORROW, "面积过小")


def shapes_of(asked: GridChangeAsked) -> list[shapely.Geometry]:
    return new_shapes(asked, {code: SHAPES[code] for code in asked.codes})


def test_a_grid_is_cut_into_what_lies_north_and_south_of_the_line() -> None:
    north, south = shapes_of(split(ACROSS))
    assert north.equals(shapely.box(118.2, 31.601, 118.202, 31.602))
    assert south.equals(shapely.box(118.2, 31.6, 118.202, 31.601))


@pytest.mark.parametrize("beside_m", [0.5, 1.5])
def test_a_cut_that_passes_near_a_corner_goes_through_it(beside_m: float) -> None:
    beside = beside_m / 111_000
    parts = shapes_of(split(((118.1999 + beside, 31.5999), (118.2021 + beside, 31.6021))))
    assert [len(part.exterior.coords) for part in parts] == [4, 4]
    assert all(part.intersects(shapely.Point(118.2, 31.6)) for part in parts)


@given(st.floats(118.2003, 118.2017), st.floats(118.2003, 118.2017), st.integers(-3000, 3000))
def test_the_parts_fill_the_grid_and_lie_on_whole_steps(south: float, north: float, lean: int) -> None:
    """The border of the grid is aslant, so that the cut seldom meets it on a whole step."""
    ground = shapes_from_e7(shapely.affinity.skew(shapes_to_e7(SHAPES[WEST]), ys=lean / 100, origin=(0, 0)))
    ground = shapes_from_e7(shapes_to_e7(ground))
    line = (south, ground.bounds[1] - 0.0001), (north, ground.bounds[3] + 0.0001)
    parts = shapes_to_e7(np.array(new_shapes(split(line), {WEST: ground}), dtype=object))
    assert len(parts) == 2
    assert all(part.is_valid for part in parts)
    joined = shapely.union_all(parts)
    assert joined.covers(shapes_to_e7(ground))
    assert shapely.hausdorff_distance(joined, shapes_to_e7(ground)) < 1.5
    assert shapely.intersection(*parts).area == 0


@pytest.mark.parametrize(
    "line",
    [
        ((118.2005, 31.6005), (118.2015, 31.6015)),
        ((118.19, 31.59), (118.2, 31.59)),
        ((118.1999, 31.601), (118.201, 31.601)),
        ((118.2, 31.6), (118.2, 31.6)),
        ((118.1999, 31.601), (118.2015, 31.601), (118.2015, 31.6015), (118.201, 31.6005), (118.201, 31.6021)),
    ],
)
def test_a_line_that_does_not_divide_the_grid_is_refused(line: Line) -> None:
    with pytest.raises(CutMissesGrid):
        shapes_of(split(line))


def test_neighbours_are_joined_into_one_polygon() -> None:
    (joined,) = shapes_of(merge(EAST, WEST))
    assert joined.equals(shapely.box(118.2, 31.6, 118.204, 31.602))


@pytest.mark.parametrize(
    ("asked", "problem"),
    [
        (merge(FAR, WEST), NotNeighbours(grids=f"{WEST}、{FAR}", field="codes")),
        (merge(FOREIGN, EAST), DifferentCommunities(grids=f"{EAST}、{FOREIGN}", field="codes")),
        (merge(WEST), WrongNumberOfGrids(field="codes")),
        (merge(WEST, WEST), WrongNumberOfGrids(field="codes")),
        (split(ACROSS, WEST, EAST), WrongNumberOfGrids(field="codes")),
        (split(()), WrongNumberOfGrids(field="codes")),
        (split(ACROSS[:1]), WrongNumberOfGrids(field="codes")),
        (split(((118.19, 31.59), (118.2, 31.59))), CutMissesGrid(grid=WEST, field="line")),
        (split((ACROSS[0], ACROSS[0])), CutMissesGrid(grid=WEST, field="line")),
    ],
)
def test_what_cannot_be_joined_or_cut_is_refused(asked: GridChangeAsked, problem: Problem) -> None:
    with pytest.raises(type(problem)) as caught:
        shapes_of(asked)
    assert (caught.value.details, caught.value.field) == (problem.details, problem.field)


def test_grids_around_a_hole_are_not_one_grid() -> None:
    block = shapely.box(118.2, 31.6, 118.206, 31.606)
    hole = shapely.box(118.202, 31.602, 118.204, 31.604)
    west, east = (
        shapely.intersection(shapely.difference(block, hole), shapely.box(low, 31.5, high, 31.7))
        for low, high in ((118.1, 118.203), (118.203, 118.3))
    )
    with pytest.raises(NotNeighbours):
        new_shapes(merge(WEST, EAST), {WEST: west, EAST: east})


def test_a_line_that_bends_cuts_into_three_numbered_from_north_to_south() -> None:
    bend = (*ACROSS, (118.2021, 31.6015), (118.1999, 31.6015))
    south, middle, north = ((31.6, 31.601), (31.601, 31.6015), (31.6015, 31.602))
    for part, (low, high) in zip(shapes_of(split(bend)), (north, middle, south), strict=True):
        assert part.equals(shapely.box(118.2, low, 118.202, high))


def test_beside_each_other_the_western_part_comes_first() -> None:
    west, east = shapes_of(split(((118.201, 31.5999), (118.201, 31.6021))))
    assert west.equals(shapely.box(118.2, 31.6, 118.201, 31.602))
    assert east.equals(shapely.box(118.201, 31.6, 118.202, 31.602))


@pytest.mark.parametrize(
    ("line", "first"),
    [
        (((118.1999, 31.60155), (118.2021, 31.60045)), (118.2015, 31.6018)),
        (((118.1999, 31.60045), (118.2021, 31.60155)), (118.2005, 31.6018)),
        (((118.2008, 31.5999), (118.2012, 31.6021)), (118.2002, 31.601)),
        (((118.2012, 31.5999), (118.2008, 31.6021)), (118.2002, 31.601)),
    ],
)
def test_aslant_the_northern_part_comes_first_or_of_two_in_a_row_the_western(
    line: Line, first: tuple[float, float]
) -> None:
    assert shapes_of(split(line))[0].contains(shapely.Point(first))


def test_every_kind_of_change_has_a_name() -> None:
    assert set(CHANGE_NAMES) == set(GridChangeKind)


@pytest.mark.parametrize(("steps", "corners"), [(199, 5), (210, 6)])
def test_a_cut_two_metres_beside_a_corner_goes_through_it_and_no_further(steps: int, corners: int) -> None:
    """Of a cut from beside the south-western corner to the middle of the northern side."""
    beside = steps / 1e7
    parts = shapes_of(split(((118.2 + beside, 31.5999), (118.2 + beside, 31.601), (118.201, 31.6021))))
    assert min(len(part.exterior.coords) for part in parts) == corners


@pytest.mark.parametrize(
    ("asked", "regions", "problem"),
    [
        (split(ACROSS), ("990102",), OutsideReach(grids=WEST)),
        (merge(WEST, EAST), (), OutsideReach(grids=f"{WEST}、{EAST}")),
        (merge(EAST, FOREIGN), ("990101001001",), OutsideReach(grids=FOREIGN)),
        (
            GridChangeAsked(GridChangeKind.SPLIT, (WEST,), TOMORROW, " \u3000", ACROSS),
            ("",),
            ReasonMissing(field="reason"),
        ),
        (
            GridChangeAsked(GridChangeKind.SPLIT, (WEST,), TODAY, "人口增加", ACROSS),
            ("",),
            NotBeforeTomorrow(first="2026-03-03", field="on"),
        ),
        (merge(WEST), ("",), WrongNumberOfGrids(field="codes")),
    ],
)
def test_a_change_is_asked_for_with_a_reason_from_tomorrow_on_where_one_keeps_the_regions(
    asked: GridChangeAsked, regions: tuple[str, ...], problem: Problem
) -> None:
    with pytest.raises(type(problem)) as caught:
        check_asked(asked, regions, TODAY)
    assert (caught.value.details, caught.value.field) == (problem.details, problem.field)


@pytest.mark.parametrize("regions", [("990101", "990102"), ("",)])
def test_what_is_asked_for_well_is_not_refused(regions: tuple[str, ...]) -> None:
    check_asked(split(ACROSS), regions, TODAY)
    check_asked(merge(WEST, EAST), regions, TODAY)
