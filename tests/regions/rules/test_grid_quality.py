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
    (one,) = find_flaws({**GRIDS, f"{COMMUNITY}017": turned}, {COMMUNITY: HOME}, WITHIN)
    assert (one.kind, one.codes, one.by_m2, one.within) == (FlawKind.TWIN, (C, f"{COMMUNITY}017"), 0.0, "")


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


CELL_M2 = 10_560
"""Of a cell, by the length of a degree there."""


def measured(
    changed: dict[str, shapely.Geometry | None],
    outlines: dict[str, shapely.Geometry] | None = None,
    others: tuple[shapely.Geometry, ...] = (),
) -> list[tuple[FlawKind, float]]:
    """Kinds with their measure in cells."""
    grids = {code: shape for code, shape in (GRIDS | changed).items() if shape is not None}
    known = {COMMUNITY: HOME} if outlines is None else outlines
    return [(one.kind, round(one.by_m2 / CELL_M2, 2)) for one in find_flaws(grids, known, WITHIN, others)]


NEXT = f"{COMMUNITY}017"


@pytest.mark.parametrize(
    ("changed", "outlines", "expected"),
    [
        (
            {A: shapely.MultiPolygon([cell(0, 0, 0.5), cell(0.75, 0, 0.25)]), NEXT: cell(0.5, 0, 0.25)},
            None,
            [(FlawKind.PARTS, 0.75)],
        ),
        ({B: cell(1, 1) - cell(1.25, 1.25, 0.5, 0.5), NEXT: cell(1.25, 1.25, 0.5, 0.5)}, None, [(FlawKind.HOLE, 0.75)]),
        ({A: cell(0, 0, 0.97), NEXT: cell(0.97, 0, 0.03)}, None, [(FlawKind.SLIVER, 0.03)]),
        ({A: cell(0, 0, 0.85), NEXT: cell(0.85, 0, 0.15)}, None, [(FlawKind.SMALL, 0.15)]),
        ({NEXT: cell(3, 3)}, None, [(FlawKind.TWIN, 0)]),
        ({A: cell(0, 0, 1.25), C: cell(3, 3, 0.75)}, None, [(FlawKind.OVERLAP, 0.25), (FlawKind.GAP, 0.25)]),
        ({C: cell(3, 3, 1.25)}, None, [(FlawKind.COMMUNITY, 0.25)]),
        ({C: cell(3, 3, 1.25)}, {COUNTY: HOME}, [(FlawKind.BORDER, 0.25)]),
        ({B: None}, {}, [(FlawKind.GAP, 1)]),
        ({B: None}, None, [(FlawKind.GAP, 1)]),
    ],
)
def test_every_flaw_says_how_large_it_is(
    changed: dict[str, shapely.Geometry | None],
    outlines: dict[str, shapely.Geometry] | None,
    expected: list[tuple[FlawKind, float]],
) -> None:
    assert measured(changed, outlines) == expected


@pytest.mark.parametrize(("share", "told"), [(0.188, [FlawKind.SMALL]), (0.191, [])])
def test_two_thousand_square_metres_are_the_least(share: float, told: list[FlawKind]) -> None:
    assert [kind for kind, _ in measured({A: cell(0, 0, 1 - share), NEXT: cell(1 - share, 0, share)})] == told


@pytest.mark.parametrize(("height", "told"), [(11.8, []), (11.9, [FlawKind.LARGE])])
def test_a_million_and_a_half_is_the_most(height: float, told: list[FlawKind]) -> None:
    assert [one.kind for one in find_flaws({A: cell(0, 0, 12, height)}, {}, WITHIN)] == told


@pytest.mark.parametrize(("width_m", "kind"), [(4.8, FlawKind.SLIVER), (5.9, FlawKind.SMALL)])
def test_narrow_is_what_is_on_the_average_five_metres_wide(width_m: float, kind: FlawKind) -> None:
    width = width_m / 94.8
    assert [one for one, _ in measured({A: cell(0, 0, 1 - width), NEXT: cell(1 - width, 0, width)})] == [kind]


@pytest.mark.parametrize(("height", "told"), [(0.5, []), (1, [FlawKind.COMMUNITY])])
def test_a_square_metre_beyond_the_community_is_borne(height: float, told: list[FlawKind]) -> None:
    """A strip of a centimetre: along a whole side it is a little more than a square metre."""
    assert [kind for kind, _ in measured({C: cell(3, 3) | cell(4, 3, 0.0001, height)})] == told


@pytest.mark.parametrize(("share", "told"), [(0.04, []), (0.06, [FlawKind.BORDER])])
def test_a_twentieth_beyond_a_border_above_is_borne(share: float, told: list[FlawKind]) -> None:
    assert [kind for kind, _ in measured({C: cell(3, 3, 1 + share)}, {STREET: HOME})] == told


@pytest.mark.parametrize("outlines", [{COMMUNITY: HOME}, {}], ids=["outline", "none"])
def test_where_a_shape_without_a_code_lies_is_no_gap(outlines: dict[str, shapely.Geometry]) -> None:
    assert measured({B: None}, outlines, (cell(1, 1),)) == []
    assert measured({B: None}, outlines, (cell(1, 1, 0.5),)) == [(FlawKind.GAP, 0.5)]


def test_a_gap_is_shown_in_its_largest_part() -> None:
    changed = {code: shape for code, shape in GRIDS.items() if code not in {A, C}}
    changed[A] = cell(0, 0, 0.9)
    (one,) = find_flaws(changed, {COMMUNITY: HOME}, WITHIN)
    assert one.place is not None
    assert GRIDS[C].contains(shapely.Point(one.place))
    assert one.place == (118.3035, 31.6035)
    assert (one.codes, one.within, round(one.by_m2 / CELL_M2, 2)) == ((COMMUNITY,), COMMUNITY, 1.1)


def test_two_holes_of_one_grid_are_told_once_and_are_no_gaps() -> None:
    holes = cell(1.2, 1.2, 0.2, 0.2) | cell(1.6, 1.6, 0.2, 0.2)
    assert measured({B: cell(1, 1) - holes}, {}) == [(FlawKind.HOLE, 0.92)]
