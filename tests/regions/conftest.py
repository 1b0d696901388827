"""An invented city (云汀市, code outside Henan) as plain data, its ground, and the same in the database."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

import pytest
import shapely

from gezhi.regions.rules.divisions import Division, OutlineRow, read_divisions, read_reporting
from gezhi.regions.rules.ground import DistrictPlan, Ground, GroundPlan, lay_ground
from gezhi.regions.rules.levels import RURAL
from gezhi.regions.rules.reporting import ReportsTo
from gezhi.regions.rules.street_network import Centre, Fabric
from gezhi.regions.rules.subdivision import StreetShare

SINCE = date(2020, 1, 1)
COUNTIES = ("990101", "990102")
CENTRES = (Centre(lon=118.2155, lat=31.601, reach_m=900.0),)
FABRIC = Fabric(arterial_m=800.0, core_block_m=150.0, fringe_block_m=320.0, coarsening_m=1500.0, rings_m=())
SEED = 7

DIVISIONS = """code,name,kind,within
990000,云泽省,province,
990100,云汀市,prefecture-city,990000
990101,临川区,district,990100
990102,望湖区,district,990100
990101001,鹭桥街道,street,990101
990101002,青石街道,street,990101
990101100,雁滩镇,town,990101
990102001,望湖街道,street,990102
990102100,苇岸镇,town,990102
990101001001,鹭桥社区,community,990101001
990101001002,柳荫社区,community,990101001
990101001003,米市社区,community,990101001
990101001004,石板巷社区,community,990101001
990101002001,青石社区,community,990101002
990101002002,书院社区,community,990101002
990101002003,南塘社区,community,990101002
990101100200,雁滩村,village,990101100
990101100201,芦花村,village,990101100
990102001001,望湖社区,community,990102001
990102001002,码头社区,community,990102001
990102001003,灯塔社区,community,990102001
990102100001,苇岸社区,community,990102100
990102100200,小洲村,village,990102100
"""
REPORTING = """region_code,parent_code,valid_from,valid_to,basis
990100,990000,2020-01-01,,
990101,990100,2020-01-01,,
990102,990000,2020-01-01,,直管
"""
WEST = [
    (118.19, 31.59),
    (118.214, 31.588),
    (118.2175, 31.601),
    (118.2155, 31.614),
    (118.2, 31.6165),
    (118.1885, 31.611),
]
EAST = [
    (118.2175, 31.601),
    (118.214, 31.588),
    (118.233, 31.5905),
    (118.2395, 31.602),
    (118.236, 31.6155),
    (118.2155, 31.614),
]
OUTLINES = {"990101": shapely.Polygon(WEST), "990102": shapely.Polygon(EAST)}


def plan_of(seed: int = SEED, fabric: Fabric = FABRIC) -> GroundPlan:
    listed = read_divisions(DIVISIONS)
    return GroundPlan(
        districts=tuple(
            DistrictPlan(
                code=county,
                outline=shapely.to_wkb(OUTLINES[county]),
                streets=tuple(
                    StreetShare(
                        code=street.code,
                        rural=street.kind in RURAL,
                        communities=tuple(one.code for one in listed if one.within == street.code),
                    )
                    for street in listed
                    if street.within == county
                ),
            )
            for county in COUNTIES
        ),
        centres=CENTRES,
        seed=seed,
        fabric=fabric,
    )


@pytest.fixture
def make_plan() -> Callable[..., GroundPlan]:
    return plan_of


@pytest.fixture(scope="session")
def ground() -> Ground:
    return lay_ground(plan_of())


@pytest.fixture
def divisions() -> list[Division]:
    return read_divisions(DIVISIONS)


@pytest.fixture
def reporting() -> list[ReportsTo]:
    return read_reporting(REPORTING)


@pytest.fixture
def city(db: None, divisions: list[Division], reporting: list[ReportsTo]) -> None:
    """Divisions, outlines and generated ground of the invented city in the database."""
    from gezhi.regions import actions, queries

    actions.install_divisions(divisions, reporting, on=SINCE, source="invented")
    outlines = [OutlineRow(code, shapely.to_wkb(shape)) for code, shape in OUTLINES.items()]
    actions.install_outlines(outlines, on=SINCE, source="invented")
    plan = queries.plan_ground(COUNTIES, CENTRES, seed=SEED, on=SINCE, fabric=FABRIC)
    actions.install_ground(plan, on=SINCE)
