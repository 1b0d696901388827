"""Founding of a large city (建库): its folder is checked whole, then entered in one transaction."""

from __future__ import annotations

import json
import time
from collections.abc import Iterator

from django.db import connection, transaction

from gezhi.founding.actions import found_city
from gezhi.founding.queries import read_shipped
from gezhi.founding.rules.check_folder import check_folder
from gezhi.plumbing.clock import system_clock
from gezhi.plumbing.versions import forget_all
from tests.bench.measures import Measure
from tests.founding.folders import TODAY, clean

MOST_CHECK_S, MOST_FOUND_S = 20.0, 60.0
GRIDS_IN_COMMUNITY, COMMUNITIES_IN_STREET = 20, 10
WIDE, HIGH = 0.0012, 0.001
"""Degrees of a unit grid."""
PEOPLE, DUTIES = 20, 4
"""So many grids for one of them."""


def measure_founding(grids: int) -> Iterator[Measure]:
    """In the empty database, which is empty again afterwards."""
    files = large_folder(grids)
    started = time.perf_counter()
    city = check_folder(files, read_shipped(), today=TODAY).city
    checked = time.perf_counter()
    if city is None:
        raise RuntimeError("the folder of the bench has an error")
    with transaction.atomic(), connection.cursor() as cursor:
        found_city(city, clock=system_clock)
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        founded = time.perf_counter()
        transaction.set_rollback(True)
    with connection.cursor() as cursor:
        cursor.execute("VACUUM")
    forget_all()
    size = f"{len(city.grids):,} grids, {len(city.people):,} people, {len(city.duties):,} duty rows"
    yield Measure("check of a city folder", checked - started, MOST_CHECK_S, "at most", "seconds", size)
    yield Measure("founding of that city", founded - checked, MOST_FOUND_S, "at most", "seconds")


def large_folder(grids: int) -> dict[str, bytes]:
    """The folder of Yiwu with a ground of so many grids instead of its own, and people and duties in proportion."""
    files = dict(clean())
    divisions, features = ["330000,浙江省,province,", "330700,金华市,prefecture-city,330000"], []
    divisions.append("330782,义乌市,county-city,330700")
    for number in range(-(-grids // GRIDS_IN_COMMUNITY)):
        street, place = divmod(number, COMMUNITIES_IN_STREET)
        if not place:
            divisions.append(f"{_street(street)},街道{street},street,330782")
        community = f"{_street(street)}{place + 1:03}"
        divisions.append(f"{community},社区{street}-{place},community,{_street(street)}")
        features += [_grid(f"{community}{one + 1:03}", street, place, one) for one in range(GRIDS_IN_COMMUNITY)]
    streets = -(-grids // (GRIDS_IN_COMMUNITY * COMMUNITIES_IN_STREET))
    people = [f"p{one},人员{one},works,,,," for one in range(grids // PEOPLE)]
    duties = [
        f"matter,060{10 + turn % 20:02},{_street(one % streets)},works,2027-01-{1 + turn // 20:02},,local,,"
        for one in range(grids // DUTIES)
        for turn in (one // streets,)
    ]
    for name, rows in (("people.csv", people), ("duties.csv", duties)):
        files[name] = files[name].rstrip() + b"\n" + "\n".join(rows).encode() + b"\n"
    files["divisions.csv"] = "\n".join(["code,name,kind,within", *divisions, ""]).encode()
    files["ground/grids.geojson"] = json.dumps({"type": "FeatureCollection", "features": features}).encode()
    del files["ground/outlines.geojson"]
    return files


def _street(number: int) -> str:
    return f"330782{number + 1:03}"


def _grid(code: str, street: int, place: int, number: int) -> dict[str, object]:
    """Streets lie in rows of ten, their communities in five rows of two, grids in two rows of ten."""
    x = 119.9 + (street % 10 * 20 + place % 2 * 10 + number % 10) * WIDE
    y = 29.1 + (street // 10 * 10 + place // 2 * 2 + number // 10) * HIGH
    west, south, east, north = round(x, 7), round(y, 7), round(x + WIDE, 7), round(y + HIGH, 7)
    ring = [[west, south], [east, south], [east, north], [west, north], [west, south]]
    return {
        "type": "Feature", "properties": {"code": code}, "geometry": {"type": "Polygon", "coordinates": [ring]},
    }  # fmt: skip
