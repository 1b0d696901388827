from collections.abc import Iterable

import numpy as np
import pytest
import shapely

from gezhi.regions.rules.blocks import Blocks, dissolve, district_of, enclose, join_small, merge, shared_borders
from gezhi.regions.rules.local_plane import LocalPlane
from gezhi.regions.rules.street_network import Network

PLANE = LocalPlane(lon=118.2, lat=31.6)
METRE = 90.0
"""About as many 1e-7 degrees as a metre has here; the figures below are only compared."""


def blocks_of(shapes: Iterable[shapely.Polygon], districts: Iterable[int]) -> Blocks:
    laid = shapely.transform(np.array(list(shapes), dtype=object), lambda at: (at * METRE + [1.182e9, 3.16e8]).round())
    return Blocks(shapes=laid, district=np.array(list(districts)), borders=shared_borders(laid, PLANE))


def row(*widths: int, districts: tuple[int, ...] | None = None) -> Blocks:
    """Blocks of 100 m depth, one beside the other."""
    ends = np.cumsum([0, *widths])
    boxes = [shapely.box(ends[k], 0, ends[k + 1], 100) for k in range(len(widths))]
    return blocks_of(boxes, districts or (0,) * len(widths))


def sizes(blocks: Blocks) -> list[int]:
    return [round(area) for area in shapely.area(blocks.shapes) / METRE**2 / 100]


@pytest.mark.parametrize(
    ("blocks", "floor", "left"),
    [
        (row(100, 100, 100), 1_000.0, [100, 100, 100]),
        (row(100, 40, 100), 6_000.0, [100, 140]),
        (row(100, 40, 100, districts=(0, 0, 1)), 6_000.0, [140, 100]),
        (row(40, 100, districts=(0, 1)), 6_000.0, [40, 100]),
        (row(30, 30, 30), 20_000.0, [90]),
        (row(100, 10, 100), 100.0, [100, 10, 100]),
        (row(100, 10, 100), 300.0, [100, 110]),
    ],
    ids=[
        "none is below the floor",
        "of two neighbours with as much border the later one",
        "only inside its district",
        "without a neighbour in its district it stays",
        "until it is large enough or alone",
        "a sliver is measured by four times the floor",
        "a sliver below four times the floor is joined",
    ],
)
def test_small_blocks_join_the_neighbour_with_most_border(blocks: Blocks, floor: float, left: list[int]) -> None:
    assert sizes(join_small(blocks, np.full(len(blocks.shapes), floor), PLANE)) == left


def test_the_neighbour_with_more_border_is_joined_though_it_is_the_earlier_one() -> None:
    small = shapely.box(0, 0, 40, 100)
    below, beside = shapely.box(0, -80, 40, 0), shapely.box(40, 0, 140, 100)
    joined = join_small(blocks_of([beside, small, below], (0, 0, 0)), np.array([0.0, 6_000.0, 0.0]), PLANE)
    assert sizes(joined) == [140, 32]


def test_streets_cut_districts_into_blocks_and_what_they_enclose_outside_is_none() -> None:
    """Two districts of a kilometre side by side, a street along the middle of both, a ring of streets far away."""
    ends = np.array([[0, -900], [0, 900], [-900, 0], [2_900, 0]], dtype=float)
    far = np.array([[5_000, 5_000], [6_000, 5_000], [6_000, 6_000], [5_000, 6_000]], dtype=float)
    ring = [[far[k], far[(k + 1) % 4]] for k in range(4)]
    pieces = np.array([[ends[0], ends[1]], [ends[2], ends[3]], *ring])
    network = Network(pieces=pieces, classes=np.full(len(pieces), 4), streets=np.arange(len(pieces)))
    corners = [
        [(-500, -500), (500, -500), (500, 500), (-500, 500)],
        [(500, -500), (1_500, -500), (1_500, 500), (500, 500)],
    ]
    outlines = np.array([shapely.Polygon(PLANE.e7_of_metres(np.array(one, dtype=float))) for one in corners])
    blocks = enclose(network, outlines, PLANE)
    areas = shapely.area(shapely.transform(blocks.shapes, PLANE.metres_of_e7))
    assert sorted(zip(blocks.district.tolist(), areas.round(-3).tolist(), strict=True)) == [
        *[(0, 250_000)] * 4, *[(1, 500_000)] * 2,
    ]  # fmt: skip
    assert shapely.coverage_is_valid(blocks.shapes)
    assert len(blocks.borders.left) == 7
    points = np.array([[0.0, 100.0], [1_000.0, 400.0], [3_000.0, 0.0]])
    assert district_of(PLANE.e7_of_metres(points), outlines).tolist() == [0, 1, -1]


RING = shapely.box(0, 0, 100, 100).difference(shapely.box(40, 40, 60, 60))


def test_what_lies_in_the_hole_of_a_merged_block_becomes_part_of_it() -> None:
    halves = [RING.intersection(shapely.box(0, 0, 50, 100)), RING.intersection(shapely.box(50, 0, 100, 100))]
    core = shapely.Polygon([(40, 40), (50, 40), (60, 40), (60, 60), (50, 60), (40, 60)])
    beside = shapely.box(100, 0, 200, 100)
    merged = merge(blocks_of([beside, *halves, core], (3, 5, 5, 5)), np.array([9, 4, 4, 7]), PLANE)
    assert sizes(merged) == [100, 100]
    assert merged.district.tolist() == [5, 3]
    assert shapely.get_num_interior_rings(merged.shapes).tolist() == [0, 0]
    assert set(zip(merged.borders.left.tolist(), merged.borders.right.tolist(), strict=True)) == {(0, 1)}


def test_dissolving_takes_labels_in_their_order_and_leaves_single_shapes_as_they_are() -> None:
    blocks = row(10, 20, 30, 40)
    dissolved = dissolve(blocks.shapes, np.array([1, 0, 1, 2]))
    assert (shapely.area(dissolved) / METRE**2 / 100).round().astype(int).tolist() == [20, 40, 40]
    assert dissolved[0] is blocks.shapes[1]
