"""Reads of outlines and unit grids: the locator of a day, and what a ground is generated from."""

from __future__ import annotations

from bisect import bisect_right
from collections import OrderedDict, defaultdict
from collections.abc import Sequence
from datetime import date, timedelta
from threading import Lock
from typing import Final

import numpy as np
import shapely
from django.db.models import Max, Min

from gezhi.plumbing.versions import Held
from gezhi.regions.models import Region, RegionOutline, UnitGrid
from gezhi.regions.queries.divisions import known_on, valid_on
from gezhi.regions.rules.delineation import DelineatedGrids
from gezhi.regions.rules.ground import DistrictPlan, GroundPlan, NoOutline
from gezhi.regions.rules.levels import RURAL, RegionKind
from gezhi.regions.rules.locator import Locator, Outlines
from gezhi.regions.rules.street_network import Centre, Fabric
from gezhi.regions.rules.subdivision import StreetShare

GROUND: Final = "regions.ground"
MOST_HELD_DAYS: Final = 3


def held_ground() -> Ground:
    """The ground of all days, held per process and read anew when its version moves."""
    return _HELD.get()


def held_locator(on: date) -> Locator:
    """The locator of the ground as it stood on a day."""
    return held_ground().at(on)


def get_extent(on: date) -> tuple[float, float, float, float] | None:
    """The box around all unit grids in force: west, south, east, north."""
    box = UnitGrid.objects.filter(valid_on(on)).aggregate(
        west=Min("west"), south=Min("south"), east=Max("east"), north=Max("north")
    )
    if box["west"] is None:
        return None
    return box["west"], box["south"], box["east"], box["north"]


def list_grids_in_force(communities: Sequence[str], *, on: date) -> DelineatedGrids:
    """The grids of some communities on a day, as the rules of delineation judge them."""
    rows = list(
        UnitGrid.objects.filter(valid_on(on), community_code__in=communities)
        .order_by("code")
        .values_list("code", "community_code", "area_m2", "wkb")
    )
    return DelineatedGrids(
        codes=[row[0] for row in rows],
        community_codes=[row[1] for row in rows],
        areas=np.array([row[2] for row in rows], dtype=np.float64),
        shapes=_shapes([row[3] for row in rows]),
    )


def plan_ground(
    counties: Sequence[str], centres: tuple[Centre, ...], *, seed: int, on: date, fabric: Fabric | None = None
) -> GroundPlan:
    """A plan for generated ground from the divisions and outlines that are entered for these counties."""
    outlines = dict(
        RegionOutline.objects.filter(valid_on(on), region_code__in=counties).values_list("region_code", "wkb")
    )
    streets: dict[str, list[tuple[str, str]]] = defaultdict(list)
    for code, kind, within in _inside(counties, on):
        streets[within].append((code, kind))
    communities: dict[str, list[str]] = defaultdict(list)
    for code, _, within in _inside([code for rows in streets.values() for code, _ in rows], on):
        communities[within].append(code)
    for county in counties:
        if county not in outlines:
            raise NoOutline(district=county)
    return GroundPlan(
        districts=tuple(
            DistrictPlan(
                code=county,
                outline=bytes(outlines[county]),
                streets=tuple(
                    StreetShare(code=code, rural=RegionKind(kind) in RURAL, communities=tuple(communities[code]))
                    for code, kind in streets[county]
                    if communities[code]
                ),
            )
            for county in counties
        ),
        centres=centres,
        seed=seed,
        fabric=fabric or Fabric(),
    )


class Ground:
    """Locators by the day from which they hold; the ground changes on few days, and the last few are held."""

    def __init__(self, changes: list[date]) -> None:
        self._changes = changes
        self._by_day: OrderedDict[date, Locator] = OrderedDict()
        self._lock = Lock()

    def at(self, on: date) -> Locator:
        place = bisect_right(self._changes, on)
        since = self._changes[place - 1] if place else date.min
        locator = self._by_day.get(since)
        if locator is None:
            with self._lock:
                locator = self._by_day.get(since)
                if locator is None:
                    locator = _load_locator(since)
                    while len(self._by_day) >= MOST_HELD_DAYS:
                        self._by_day.popitem(last=False)
                    self._by_day[since] = locator
        return locator


def _load() -> Ground:
    changes: set[date] = set()
    for model in (Region, RegionOutline, UnitGrid):
        changes.update(model._default_manager.values_list("valid_from", flat=True).distinct())  # noqa: SLF001
        rows = model._default_manager  # noqa: SLF001
        ended = rows.exclude(valid_to=None).values_list("valid_to", flat=True).distinct()
        changes.update(day + timedelta(days=1) for day in ended if day is not None)
    return Ground(sorted(changes))


def _load_locator(on: date) -> Locator:
    known = known_on(on)
    grids = list(UnitGrid.objects.filter(valid_on(on)).values_list("code", "community_code", "wkb"))
    regions = [
        (code, wkb)
        for code, wkb in RegionOutline.objects.filter(valid_on(on)).values_list("region_code", "wkb")
        if code in known
    ]
    return Locator(
        grids=Outlines([row[0] for row in grids], _shapes([row[2] for row in grids])),
        community_of=[row[1] for row in grids],
        regions=Outlines([row[0] for row in regions], _shapes([row[1] for row in regions])),
        known=known,
    )


def _inside(within: Sequence[str], on: date) -> list[tuple[str, str, str]]:
    rows = Region.objects.filter(valid_on(on), within_code__in=within).order_by("code")
    return list(rows.values_list("code", "kind", "within_code"))


def _shapes(wkb: list[bytes | memoryview]) -> np.ndarray[tuple[int], np.dtype[np.object_]]:
    return np.array(shapely.from_wkb([bytes(one) for one in wkb]), dtype=object).reshape(len(wkb))


_HELD: Final = Held(GROUND, _load)
