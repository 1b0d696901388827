import numpy as np
import pytest
import shapely

from gezhi.regions.rules.ground import Ground
from gezhi.regions.rules.levels import Level
from gezhi.regions.rules.locator import NOWHERE, Location, Locator, Outlines, OutsideKnownRegions, RegionPlace, whole_e7

LEVELS = {6: Level.COUNTY, 9: Level.STREET, 12: Level.COMMUNITY}
CITY, PROVINCE = "990100", "990000"


def place_of(code: str) -> RegionPlace:
    within = {6: CITY, 9: code[:6], 12: code[:9]}[len(code)]
    return RegionPlace(level=LEVELS[len(code)], within=within)


@pytest.fixture(scope="module")
def locator(ground: Ground) -> Locator:
    known = {code: place_of(code) for code in ground.outlines}
    known |= {CITY: RegionPlace(Level.CITY, PROVINCE), PROVINCE: RegionPlace(Level.PROVINCE, None)}
    around = shapely.box(118.0, 31.4, 118.5, 31.9)
    shapes = np.array([*ground.outlines.values(), around], dtype=object)
    return Locator(
        grids=Outlines(ground.grids.codes, ground.grids.shapes),
        community_of=ground.grids.community_codes,
        regions=Outlines([*ground.outlines, CITY], shapes),
        known=known,
    )


def brute_force(ground: Ground, points: np.ndarray) -> list[str | None]:
    """The smallest code among all grids that hold a point, by asking each grid."""
    shapes = shapely.transform(shapely.from_wkb(shapely.to_wkb(ground.grids.shapes)), whole_e7)
    found: list[str | None] = [None] * len(points)
    at = shapely.points(whole_e7(points))
    for code, shape in zip(ground.grids.codes, shapes, strict=True):
        for point in np.flatnonzero(shapely.intersects(shape, at)):
            found[point] = min(found[point] or code, code)
    return found


def test_10000_points_are_located_as_by_asking_every_grid(ground: Ground, locator: Locator) -> None:
    chance = np.random.default_rng(20260301)
    corners = shapely.get_coordinates(ground.grids.shapes)
    some = chance.integers(0, len(corners) - 1, 1500)
    points = np.concatenate(
        [
            chance.uniform((118.18, 31.58), (118.245, 31.62), (7000, 2)),
            corners[some],
            (corners[some] + corners[some + 1]) / 2,
        ]
    )
    places = locator.locate_many(points[:, 0], points[:, 1])
    assert len(places) == 10_000
    assert [locator.places[place].grid_code for place in places] == brute_force(ground, points)


@pytest.mark.parametrize("given", [(0, 1), (1, 0)], ids=["in the order of codes", "the other way round"])
def test_a_point_on_a_border_belongs_to_the_smallest_code(given: tuple[int, int]) -> None:
    low, high = "990101001001001", "990101001001002"
    codes = [(low, high)[at] for at in given]
    shapes = np.array([(shapely.box(1, 0, 2, 1), shapely.box(0, 0, 1, 1))[at] for at in given], dtype=object)
    locator = Locator(
        grids=Outlines(codes, shapes),
        community_of=["990101001001"] * 2,
        regions=Outlines([], np.array([], dtype=object)),
        known={"990101001001": RegionPlace(Level.COMMUNITY, None)},
    )
    assert locator.locate(1.0, 0.5).grid_code == low
    assert locator.locate(1.0, 1.0).grid_code == low
    assert locator.locate(0.999, 0.5).grid_code == high


@pytest.mark.parametrize(
    "codes",
    [
        ("500000", "400000", "300000", "200000", "100000"),
        ("990000", "990100", "990101", "990101001", "990101001001"),
    ],
    ids=["the other way round than their levels", "as the standard numbers them"],
)
def test_the_smallest_region_that_holds_a_point_answers_whatever_its_code(codes: tuple[str, ...]) -> None:
    """A community within a street within a county."""
    province, city, county, street, community = codes
    known = {
        province: RegionPlace(Level.PROVINCE, None),
        city: RegionPlace(Level.CITY, province),
        county: RegionPlace(Level.COUNTY, city),
        street: RegionPlace(Level.STREET, county),
        community: RegionPlace(Level.COMMUNITY, street),
    }
    sizes = {street: 2, community: 1, county: 3, province: 5, city: 4}
    shapes = np.array([shapely.box(0, 0, size, size) for size in sizes.values()], dtype=object)
    none = Outlines([], np.array([], dtype=object))
    nested = Locator(grids=none, community_of=[], regions=Outlines(list(sizes), shapes), known=known)
    # from the innermost square outward
    assert [nested.locate(at, at).codes() for at in (0.5, 1.5, 2.5, 3.5, 4.5)] == [
        (community, street, county, city, province),
        (street, county, city, province),
        (county, city, province),
        (city, province),
        (province,),
    ]
    points = np.array([0.5, 1.5, 2.5, 3.5, 4.5, 5.5])
    assert nested.locate_many(points, points).tolist() == [0, 1, 2, 3, 4, NOWHERE]


def test_of_two_regions_of_one_level_the_smaller_code_answers() -> None:
    known = {code: RegionPlace(Level.COUNTY, None) for code in ("990101", "990102")}
    shapes = np.array([shapely.box(1, 0, 2, 1), shapely.box(0, 0, 1, 1)], dtype=object)
    none = Outlines([], np.array([], dtype=object))
    beside = Locator(grids=none, community_of=[], regions=Outlines(["990102", "990101"], shapes), known=known)
    assert [beside.locate(lon, 0.5).county_code for lon in (0.5, 1.0, 1.5)] == ["990101", "990101", "990102"]


def test_a_circle_of_what_contains_what_comes_to_an_end() -> None:
    known = {"990101": RegionPlace(Level.COUNTY, "990102"), "990102": RegionPlace(Level.COUNTY, "990101")}
    shapes = np.array([shapely.box(0, 0, 1, 1)], dtype=object)
    none = Outlines([], np.array([], dtype=object))
    circle = Locator(grids=none, community_of=[], regions=Outlines(["990101"], shapes), known=known)
    assert circle.locate(0.5, 0.5).codes() == ("990101",)


def test_a_grid_tells_all_that_contains_it(ground: Ground, locator: Locator) -> None:
    shape = ground.grids.shapes[0]
    inside = shapely.point_on_surface(shape)
    code = ground.grids.codes[0]
    assert locator.locate(inside.x, inside.y) == Location(
        grid_code=code,
        community_code=code[:12],
        street_code=code[:9],
        county_code=code[:6],
        city_code=CITY,
        province_code=PROVINCE,
        outside=False,
    )


def test_a_point_outside_every_grid_gets_the_smallest_region_and_a_mark(locator: Locator) -> None:
    assert locator.locate(118.1, 31.5) == Location(
        grid_code=None,
        community_code=None,
        street_code=None,
        county_code=None,
        city_code=CITY,
        province_code=PROVINCE,
        outside=True,
    )
    assert locator.locate(118.1, 31.5).codes() == (CITY, PROVINCE)


def test_a_point_outside_all_regions_is_a_problem(locator: Locator) -> None:
    with pytest.raises(OutsideKnownRegions) as caught:
        locator.locate(110.0, 31.6)
    assert caught.value.field == "lon"
    assert caught.value.details == {
        "lon": 110.0,
        "lat": 31.6,
        "swapped": False,
        "hint": "请核对坐标和坐标系（应为 CGCS2000 经纬度）。",
        "hint_en": " Check the numbers and the coordinate system (CGCS2000 degrees).",
    }


def test_exchanged_longitude_and_latitude_are_recognised(locator: Locator) -> None:
    with pytest.raises(OutsideKnownRegions) as caught:
        locator.locate(31.6, 118.2)
    assert caught.value.details["swapped"] is True
    assert "对调" in caught.value.text("zh")
    assert "swap" in caught.value.text("en")


@pytest.mark.parametrize(("lon", "lat"), [(float("nan"), 31.6), (float("inf"), 31.6), (1e300, -1e300)])
def test_numbers_that_are_no_place_are_outside(locator: Locator, lon: float, lat: float) -> None:
    with pytest.raises(OutsideKnownRegions):
        locator.locate(lon, lat)


def test_many_points_come_back_in_their_own_order(locator: Locator) -> None:
    lons = np.linspace(118.0, 118.6, 5000)
    lats = np.full(5000, 31.6)
    places = locator.locate_many(lons, lats)
    assert [locator.locate_many([lon], [31.6])[0] for lon in lons[::500]] == places[::500].tolist()
    assert places[-1] == NOWHERE


def test_no_points_give_no_places(locator: Locator) -> None:
    assert locator.locate_many([], []).tolist() == []
