"""Vectors: points in Henan in three systems, on which three independent libraries agree within 3 cm."""

from __future__ import annotations

import csv
from pathlib import Path

import pytest

from gezhi.kernel.coordinates import SYSTEM_NAMES, CoordinateSystem, gcj02_to_bd09, to_cgcs2000, wgs84_to_gcj02
from gezhi.kernel.places import metres_between

ROWS = list(csv.DictReader((Path(__file__).parent / "coordinates.csv").read_text("utf-8").splitlines()))
NEAR_M = 0.05


def point(row: dict[str, str], system: str) -> tuple[float, float]:
    return float(row[f"{system}_lon"]), float(row[f"{system}_lat"])


@pytest.mark.parametrize("row", ROWS, ids=lambda row: row["wgs84_lon"])
def test_a_position_of_any_system_lands_where_it_is(row: dict[str, str]) -> None:
    true = point(row, "wgs84")
    for system in (CoordinateSystem.GCJ02, CoordinateSystem.BD09):
        assert metres_between(*to_cgcs2000(*point(row, system), system), *true) < NEAR_M
    assert metres_between(*wgs84_to_gcj02(*true), *point(row, "gcj02")) < NEAR_M
    assert metres_between(*gcj02_to_bd09(*point(row, "gcj02")), *point(row, "bd09")) < NEAR_M


@pytest.mark.parametrize("system", [CoordinateSystem.CGCS2000, CoordinateSystem.WGS84])
def test_the_national_system_and_that_of_satellites_are_one_within_a_metre(system: CoordinateSystem) -> None:
    assert to_cgcs2000(113.65, 34.755, system) == (113.65, 34.755)


def test_the_sample_of_a_shifted_point_is_put_right() -> None:
    lon, lat = to_cgcs2000(113.6561, 34.7537, CoordinateSystem.GCJ02)
    assert metres_between(lon, lat, 113.65, 34.755) < 25


def test_outside_of_china_nothing_is_shifted() -> None:
    assert to_cgcs2000(2.35, 48.86, CoordinateSystem.GCJ02) == pytest.approx((2.35, 48.86))


def test_what_is_no_place_stays_none() -> None:
    for system in CoordinateSystem:
        lon, lat = to_cgcs2000(180.0, 90.0, system)
        assert (abs(lon) > 170, abs(lat) > 80) == (True, True)
    assert set(SYSTEM_NAMES) == set(CoordinateSystem)
