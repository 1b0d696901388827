from collections.abc import Callable

import msgspec
import numpy as np
import pytest
import shapely

from gezhi.regions.rules.delineation import (
    BREACH_NAMES,
    Breach,
    BreaksDelineation,
    DelineatedGrids,
    Finding,
    Tolerance,
    check_replacement,
    find_breaches,
)
from gezhi.regions.rules.local_plane import area_m2

COMMUNITY = "990101001001"
HOME = shapely.box(118.2, 31.6, 118.202, 31.602)


def squares(*boxes: tuple[float, float, float, float]) -> DelineatedGrids:
    shapes = np.array([shapely.box(*box) for box in boxes], dtype=object)
    return DelineatedGrids(
        codes=[f"{COMMUNITY}{number:03d}" for number in range(1, len(boxes) + 1)],
        community_codes=[COMMUNITY] * len(boxes),
        areas=area_m2(shapes),
        shapes=shapes,
    )


WHOLE = squares((118.2, 31.6, 118.201, 31.602), (118.201, 31.6, 118.202, 31.602))


def with_first(**changes: object) -> DelineatedGrids:
    """The valid pair of grids, with something about the first one changed."""
    values = {field: list(getattr(WHOLE, field)) for field in ("codes", "community_codes", "areas", "shapes")}
    for field, value in changes.items():
        values[field][0] = value
    return msgspec.structs.replace(
        WHOLE,
        codes=values["codes"],
        community_codes=values["community_codes"],
        areas=np.array(values["areas"]),
        shapes=np.array(values["shapes"], dtype=object),
    )


def test_two_halves_of_a_community_are_valid() -> None:
    assert find_breaches(WHOLE, {COMMUNITY: HOME}) == []


BOW = shapely.Polygon([(118.2, 31.6), (118.201, 31.602), (118.201, 31.6), (118.2, 31.602)])
RING = shapely.box(118.2, 31.6, 118.201, 31.602).difference(shapely.box(118.2004, 31.6005, 118.2006, 31.601))


@pytest.mark.parametrize(
    ("breach", "grids"),
    [
        (Breach.CODE, with_first(codes="99010100100100x")),
        (Breach.CODE, with_first(codes=f"{COMMUNITY}002")),
        (Breach.CODE, with_first(codes="990101001002001")),
        (Breach.SHAPE, with_first(shapes=BOW)),
        (Breach.SHAPE, with_first(shapes=RING)),
        (Breach.SHAPE, with_first(shapes=shapely.MultiPolygon([HOME, shapely.box(118.3, 31.6, 118.301, 31.601)]))),
        (Breach.SHAPE, with_first(shapes=shapely.LineString([(118.2, 31.6), (118.201, 31.602)]))),
        (Breach.AREA, with_first(areas=21_000.0)),
        (Breach.AREA, squares((118.2, 31.6, 118.2, 31.6))),
        (Breach.COMMUNITY, squares((118.2, 31.6, 118.2011, 31.602), (118.2011, 31.6, 118.2021, 31.602))),
        (Breach.OVERLAP, squares((118.2, 31.6, 118.2011, 31.602), (118.201, 31.6, 118.202, 31.602))),
        (Breach.GAP, squares((118.2, 31.6, 118.2009, 31.602), (118.201, 31.6, 118.202, 31.602))),
    ],
)
def test_a_breach_is_named(breach: Breach, grids: DelineatedGrids) -> None:
    found = {finding.breach for finding in find_breaches(grids, {COMMUNITY: HOME})}
    assert breach in found or (breach is Breach.AREA and Breach.SHAPE in found)


def test_a_gap_is_measured_in_square_metres() -> None:
    grids = squares((118.2, 31.6, 118.2009, 31.602), (118.201, 31.6, 118.202, 31.602))
    (gap,) = find_breaches(grids, {COMMUNITY: HOME})
    assert (gap.breach, gap.codes) == (Breach.GAP, (COMMUNITY,))
    assert round(gap.by_m2) == 2106


def test_a_community_without_any_grid_is_a_gap() -> None:
    empty = "990101001002"
    found = find_breaches(WHOLE, {COMMUNITY: HOME, empty: shapely.box(118.3, 31.6, 118.301, 31.601)})
    assert [(finding.breach, finding.codes) for finding in found] == [(Breach.GAP, (empty,))]


@pytest.fixture
def halves() -> list[tuple[str, shapely.Geometry]]:
    return [(COMMUNITY, shape) for shape in WHOLE.shapes]


def test_new_grids_may_divide_the_ground_otherwise(halves: list[tuple[str, shapely.Geometry]]) -> None:
    check_replacement(squares((118.2, 31.6, 118.202, 31.601), (118.2, 31.601, 118.202, 31.602)), halves)


@pytest.mark.parametrize(
    "grids",
    [
        squares((118.2, 31.6, 118.202, 31.601)),
        squares((118.2, 31.6, 118.202, 31.603)),
    ],
    ids=["too little", "too much"],
)
def test_new_grids_fill_exactly_the_old_ground(
    grids: DelineatedGrids, halves: list[tuple[str, shapely.Geometry]]
) -> None:
    with pytest.raises(BreaksDelineation) as caught:
        check_replacement(grids, halves)
    assert "平方米" in caught.value.text("zh")


def test_a_new_grid_in_another_community_is_refused(
    halves: list[tuple[str, shapely.Geometry]], make_plan: Callable[..., object]
) -> None:
    moved = msgspec.structs.replace(
        WHOLE, codes=["990101001002001", WHOLE.codes[1]], community_codes=["990101001002", COMMUNITY]
    )
    with pytest.raises(BreaksDelineation):
        check_replacement(moved, halves)


def test_every_breach_has_a_name_in_both_languages() -> None:
    assert set(BREACH_NAMES) == set(Breach)
    assert all(zh and en for zh, en in BREACH_NAMES.values())


def test_grids_may_have_2_000_to_1_500_000_square_metres_and_differ_by_one() -> None:
    assert Tolerance() == Tolerance(smallest_m2=2_000.0, largest_m2=1_500_000.0, border_m2=1.0)


BEYOND = squares((118.2, 31.6, 118.2011, 31.602), (118.2011, 31.6, 118.2021, 31.602))
ACROSS = squares((118.2, 31.6, 118.2011, 31.602), (118.201, 31.6, 118.202, 31.602))
SHORT = squares((118.2, 31.6, 118.2009, 31.602), (118.201, 31.6, 118.202, 31.602))
MISTOLD = with_first(areas=float(WHOLE.areas[0]) + 7.0)


@pytest.mark.parametrize(
    ("breach", "grids", "codes"),
    [
        (Breach.AREA, MISTOLD, (f"{COMMUNITY}001",)),
        (Breach.COMMUNITY, BEYOND, (f"{COMMUNITY}002",)),
        (Breach.OVERLAP, ACROSS, (f"{COMMUNITY}001", f"{COMMUNITY}002")),
        (Breach.GAP, SHORT, (COMMUNITY,)),
    ],
)
def test_a_finding_names_who_is_concerned_and_what_is_just_tolerated_is_none(
    breach: Breach, grids: DelineatedGrids, codes: tuple[str, ...]
) -> None:
    (finding,) = [one for one in find_breaches(grids, {COMMUNITY: HOME}) if one.breach is breach]
    assert finding.codes == codes
    just = Tolerance(border_m2=finding.by_m2)
    assert breach not in {one.breach for one in find_breaches(grids, {COMMUNITY: HOME}, just)}
    less = Tolerance(border_m2=finding.by_m2 * 0.999_999)
    assert breach in {one.breach for one in find_breaches(grids, {COMMUNITY: HOME}, less)}


@pytest.mark.parametrize(("grids", "code"), [(with_first(shapes=BOW), "001"), (with_first(shapes=RING), "001")])
def test_a_grid_without_shape_is_named_by_nothing_but_its_code(grids: DelineatedGrids, code: str) -> None:
    assert find_breaches(grids, {COMMUNITY: HOME}) == [Finding(Breach.SHAPE, (f"{COMMUNITY}{code}",), 0.0)]


def test_the_smallest_and_the_largest_grid_are_still_permitted() -> None:
    smallest, largest = float(WHOLE.areas.min()), float(WHOLE.areas.max())
    assert find_breaches(WHOLE, {COMMUNITY: HOME}, Tolerance(smallest_m2=smallest, largest_m2=largest)) == []
    for tolerance in (Tolerance(smallest_m2=largest + 1), Tolerance(largest_m2=smallest - 1)):
        assert {one.breach for one in find_breaches(WHOLE, {COMMUNITY: HOME}, tolerance)} == {Breach.AREA}
