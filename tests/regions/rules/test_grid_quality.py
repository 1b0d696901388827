from __future__ import annotations

import numpy as np
import pytest
import shapely

from gezhi.regions.rules.grid_quality import FlawKind, find_flaws, smallest_known

COUNTY, STREET = "340103", "340103001"
COMMUNITY, OTHER = f"{STREET}001", f"{STREET}002"
WITHIN = {COMMUNITY: STREET, OTHER: STREET, STREET: COUNTY, COUNTY: ""}
WEST, SOUTH, STEP = 118.3, 31.6, 0.001


def cell(column: float, row: float, width: float = 1, height: float = 1) -> shapely.Polygon:
    """In steps of about a hundred metres, on whole 1e-7 degrees."""
    corners = (WEST + column * STEP, SOUTH + row * STEP, WEST + (column + width) * STEP, SOUTH + (row + height) * STEP)
    return shapely.box(*(round(one, 7) for one in corners))


GRIDS = {f"{COMMUNITY}{row * 4 + column + 1:03d}": cell(column, row) for row in range(4) for column in range(4)}
HOME = cell(0, 0, 4, 4)
A, B, C = (f"{COMMUNITY}{number:03d}" for number in (1, 6, 16))


def flaws(
    changed: dict[str, shapely.Geometry | None], outlines: dict[str, shapely.Geometry] | None = None
) -> list[tuple[FlawKind, tuple[str, ...], str]]:
    grids = {code: shape for code, shape in (GRIDS | changed).items() if shape is not None}
    known = {COMMUNITY: HOME} if outlines is None else outlines
    return [(one.kind, one.codes, one.within) for one in find_flaws(grids, known, WITHIN)]


@pytest.mark.parametrize("outlines", [{COMMUNITY: HOME}, {STREET: HOME}, {COUNTY: HOME}, {}], ids=len)
def test_grids_that_fill_their_community_have_no_flaw(outlines: dict[str, shapely.Geometry]) -> None:
    assert flaws({}, outlines) == []


def test_a_grid_in_two_pieces_is_told_and_nothing_else() -> None:
    two = shapely.MultiPolygon([cell(0, 0, 0.5), cell(0.5, 0, 0.5).intersection(cell(0.75, 0, 0.25))])
    told = flaws({A: two, f"{COMMUNITY}017": cell(0.5, 0, 0.25)})
    assert told == [(FlawKind.PARTS, (A,), "")]


def test_a_hole_that_another_grid_fills_is_a_hole_and_no_gap() -> None:
    hole = cell(1.25, 1.25, 0.5, 0.5)
    assert flaws({B: cell(1, 1) - hole, f"{COMMUNITY}017": hole}) == [(FlawKind.HOLE, (B,), "")]


def test_a_narrow_grid_is_a_rest_and_not_merely_small() -> None:
    changed = {A: cell(0, 0, 0.97), f"{COMMUNITY}017": cell(0.97, 0, 0.03)}
    assert flaws(changed) == [(FlawKind.SLIVER, (f"{COMMUNITY}017",), "")]


def test_a_grid_that_is_too_small_or_too_large_is_told() -> None:
    assert flaws({A: cell(0, 0, 0.85), f"{COMMUNITY}017": cell(0.85, 0, 0.15)})[0][:2] == (
        FlawKind.SMALL,
        (f"{COMMUNITY}017",),
    )
    wide = {f"{COMMUNITY}001": cell(0, 0, 13, 13)}
    assert [one.kind for one in find_flaws(wide, {}, WITHIN)] == [FlawKind.LARGE]


def test_the_same_shape_twice_is_one_finding_and_no_overlap() -> None:
    turned = shapely.Polygon([*shapely.get_coordinates(cell(3, 3))[2:], *shapely.get_coordinates(cell(3, 3))[1:3]])
    assert flaws({f"{COMMUNITY}017": turned}) == [(FlawKind.TWIN, (C, f"{COMMUNITY}017"), "")]


def test_an_overlap_hides_no_gap_of_the_same_size() -> None:
    told = flaws({A: cell(0, 0, 1.2), C: cell(3, 3, 0.8)})
    assert told == [(FlawKind.OVERLAP, (A, f"{COMMUNITY}002"), ""), (FlawKind.GAP, (COMMUNITY,), COMMUNITY)]


def test_a_border_of_the_community_is_crossed_by_a_square_metre_and_one_above_it_by_a_twentieth() -> None:
    assert flaws({C: cell(3, 3, 1.001)}) == [(FlawKind.COMMUNITY, (C,), COMMUNITY)]
    assert flaws({C: cell(3, 3, 1.04)}, {STREET: HOME}) == []
    assert flaws({C: cell(3, 3, 1.2)}, {STREET: HOME}) == [(FlawKind.BORDER, (C,), STREET)]


def test_a_gap_is_found_where_only_grids_tell_it_with_those_around_it() -> None:
    (one,) = find_flaws({code: shape for code, shape in GRIDS.items() if code != B}, {}, WITHIN)
    assert (one.kind, len(one.codes), one.within) == (FlawKind.GAP, 4, "")
    assert one.place is not None
    assert GRIDS[B].contains(shapely.Point(one.place))
    assert one.by_m2 == pytest.approx(10_560, rel=0.01)


@pytest.mark.parametrize("width_m", [0.5, 2.0, 10.0, 60.0])
def test_a_gap_of_any_width_is_found_inside_a_community(width_m: float) -> None:
    width = width_m / 94.8
    told = flaws({B: cell(1, 1, 1 - width)})
    assert told == [(FlawKind.GAP, (COMMUNITY,), COMMUNITY)]


def test_a_gap_between_two_communities_is_found_without_their_outlines() -> None:
    grids = {f"{code[:9]}002{code[12:]}" if int(code[12:]) > 8 else code: shape for code, shape in GRIDS.items()}
    del grids[B]
    assert [one.kind for one in find_flaws(grids, {}, WITHIN)] == [FlawKind.GAP]


def test_the_smallest_outline_around_a_grid_counts() -> None:
    assert smallest_known(A, {COUNTY: HOME, STREET: HOME}, WITHIN) == STREET
    assert smallest_known(A, {}, WITHIN) == ""


def test_borders_of_many_corners_leave_no_flaw() -> None:
    """Corners at random, shared by neighbours as a map program shares them."""
    chance = np.random.default_rng(7)
    points = np.array([[(WEST + x * STEP, SOUTH + y * STEP) for x in range(9)] for y in range(9)])
    points[1:-1, 1:-1] += chance.uniform(-0.0003, 0.0003, (7, 7, 2))
    points = points.round(7)
    grids = {
        f"{COMMUNITY}{y * 8 + x + 1:03d}": shapely.Polygon(
            [points[y, x], points[y, x + 1], points[y + 1, x + 1], points[y + 1, x]]
        )
        for y in range(8)
        for x in range(8)
    }
    assert find_flaws(grids, {COMMUNITY: shapely.union_all(list(grids.values()))}, WITHIN) == []
