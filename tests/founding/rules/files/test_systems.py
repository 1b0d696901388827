from __future__ import annotations

import numpy as np
import pytest
from pyproj import Transformer

from gezhi.founding.rules.files.systems import (
    GroundSystems,
    ParametersMissing,
    UnknownSystem,
    are_swapped,
    convert_of,
    likely_system,
)
from gezhi.kernel.coordinates import gcj02_to_bd09, wgs84_to_gcj02
from gezhi.kernel.places import metres_between

PLACE = (114.0005, 34.3271)
ESRI = (
    'PROJCS["CGCS2000_3_Degree_GK_CM_114E",GEOGCS["GCS_China_Geodetic_Coordinate_System_2000",DATUM["D_China_2000",'
    'SPHEROID["CGCS2000",6378137.0,298.257222101]],PRIMEM["Greenwich",0.0],UNIT["Degree",0.0174532925199433]],'
    'PROJECTION["Gauss_Kruger"],PARAMETER["False_Easting",500000.0],PARAMETER["False_Northing",0.0],'
    'PARAMETER["Central_Meridian",114.0],PARAMETER["Scale_Factor",1.0],PARAMETER["Latitude_Of_Origin",0.0],'
    'UNIT["Meter",1.0]]'
)
OLD = "+proj=tmerc +lon_0=114 +x_0=500000 +ellps=krass +units=m"
HELMERT = (15.8, -154.4, -82.3, 0.1, -0.2, 0.3, 4.0)
TOWGS84 = f"{OLD} +towgs84={','.join(map(str, HELMERT))}"


def drawn_in(system: str) -> tuple[float, float]:
    """Where PROJ draws the place in a system whose datum is known."""
    x, y = Transformer.from_crs("EPSG:4490", system, always_xy=True).transform(*PLACE)
    return float(x), float(y)


def landed(point: tuple[float, float], system: str, helmert: tuple[float, ...] = ()) -> float:
    """How many metres from its place."""
    lon, lat = convert_of(system, helmert)(np.array([point]))[0].tolist()
    return metres_between(lon, lat, *PLACE)


@pytest.mark.parametrize("system", ["EPSG:4490", "EPSG:4547", "EPSG:4526", "EPSG:4497", ESRI, "EPSG:32649"])
def test_degrees_and_the_zones_of_cgcs2000_and_wgs84_land_on_their_place(system: str) -> None:
    assert landed(drawn_in(system), system) < 0.01


@pytest.mark.parametrize("system", ["EPSG:4326", "cgcs2000", "WGS84", "urn:ogc:def:crs:OGC:1.3:CRS84"])
def test_wgs84_is_cgcs2000_by_rule(system: str) -> None:
    assert landed(PLACE, system) == 0


def test_what_web_maps_shift_is_put_back() -> None:
    shifted = wgs84_to_gcj02(*PLACE)
    assert landed(shifted, "gcj02") < 0.05
    assert landed(gcj02_to_bd09(*shifted), "bd09") < 0.1


@pytest.mark.parametrize(
    "system", ["EPSG:2434", "EPSG:4214", "EPSG:4610", "EPSG:2364", OLD, "+proj=longlat +ellps=GRS80"]
)
def test_another_datum_is_never_guessed(system: str) -> None:
    with pytest.raises(ParametersMissing):
        convert_of(system)


def test_parameters_lead_from_another_datum_however_they_are_stated() -> None:
    there = Transformer.from_crs("EPSG:4326", TOWGS84, always_xy=True, allow_ballpark=False)
    x, y = there.transform(*PLACE)
    assert landed((float(x), float(y)), TOWGS84) < 0.01
    assert landed((float(x), float(y)), OLD, HELMERT) < 0.01
    assert landed((float(x), float(y)), OLD, (0.0,) * 7) > 50


@pytest.mark.parametrize("system", ["ours", "EPSG:999999", 'LOCAL_CS["ours"]'])
def test_a_system_that_nobody_knows_is_said(system: str) -> None:
    with pytest.raises(UnknownSystem):
        convert_of(system)


def test_one_file_may_be_in_another_system_than_the_other() -> None:
    systems = GroundSystems(system="EPSG:4547", grids="gcj02")
    assert (systems.of(systems.grids), systems.of(systems.outlines)) == ("gcj02", "EPSG:4547")


@pytest.mark.parametrize(
    ("bounds", "swapped"),
    [
        ((113.0, 34.0, 114.0, 35.0), False),
        ((34.0, 113.0, 35.0, 114.0), True),
        ((500_000, 3_800_000, 501_000, 3_801_000), False),
        ((3_800_000, 500_000, 3_801_000, 501_000), True),
        ((38_500_000, 3_800_000, 38_501_000, 3_801_000), False),
        ((3_800_000, 38_500_000, 3_801_000, 38_501_000), True),
        ((12_700_000, 4_100_000, 12_701_000, 4_101_000), False),
    ],
)
def test_swapped_axes_are_known_by_the_numbers(bounds: tuple[float, ...], swapped: bool) -> None:
    assert are_swapped(np.array([bounds])).tolist() == [swapped]


@pytest.mark.parametrize(
    ("point", "named"),
    [
        (PLACE, '"cgcs2000"'),
        (drawn_in("EPSG:4526"), '"EPSG:4526"'),
        (drawn_in("EPSG:4497"), '"EPSG:4497"'),
        (drawn_in("EPSG:4547"), "4534"),
    ],
)
def test_what_may_be_stated_is_told_from_the_numbers(point: tuple[float, float], named: str) -> None:
    assert [named in words for words in likely_system(np.array([point]))] == [True, True]
