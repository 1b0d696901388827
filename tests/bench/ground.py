"""Points located in the unit grids of the measured city, in bulk and against asking every grid."""

from __future__ import annotations

import time
from collections.abc import Iterator

import numpy as np
import shapely

from gezhi.calendars.rules.office_days import day_of
from gezhi.kernel.places import E7
from gezhi.plumbing.clock import system_clock
from gezhi.regions.models import UnitGrid
from gezhi.regions.queries import held_locator
from tests.bench.measures import Measure, median
from tests.independent.exact_points import Grids

CHECKED, ROUNDS = 10_000, 5
AROUND = 0.003
"""Degrees around the middle of a grid drawn by lot: where people report, at the edge of the city also beyond."""
LEAST_A_SECOND = 500_000


def measure_points(points: int) -> Iterator[Measure]:
    checked = min(points, CHECKED)
    locator = held_locator(day_of(system_clock()))
    rows = list(UnitGrid.objects.filter(valid_to=None).order_by("code").values_list("code", "wkb"))
    shapes = shapely.from_wkb([bytes(wkb) for _, wkb in rows])
    chance = np.random.default_rng(7)
    near = shapely.get_coordinates(shapely.centroid(shapes))[chance.integers(0, len(shapes), points)]
    lons, lats = (near + chance.normal(0.0, AROUND, near.shape)).T
    places, speeds = locator.locate_many(lons, lats), []
    for _ in range(ROUNDS):
        started = time.process_time()
        locator.locate_many(lons, lats)
        speeds.append(points / (time.process_time() - started))
    inside = float(((places >= 0) & (places < locator.grid_count)).mean())
    yield Measure(
        f"points in {len(rows):,} unit grids",
        median(speeds),
        LEAST_A_SECOND,
        "at least",
        "points a second and core, in bulk",
        f"{inside:.0%} of {points:,} random points in a grid",
    )
    rings = [[(round(x * E7), round(y * E7)) for x, y in shapely.get_coordinates(shape)] for shape in shapes]
    exact = Grids({code: ring for (code, _), ring in zip(rows, rings, strict=True)})
    points_e7 = zip(lons[:checked], lats[:checked], strict=True)
    smallest = [exact.smallest((round(lon * E7), round(lat * E7))) for lon, lat in points_e7]
    found = [locator.places[place].grid_code if place >= 0 else None for place in places[:checked]]
    wrong = sum(one != other for one, other in zip(found, smallest, strict=True))
    yield Measure(f"{checked:,} of them in whole numbers", wrong, 0, "at most", "points found in another grid")
