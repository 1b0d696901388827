"""Reads of divisions and of who reports to whom."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, date, datetime
from typing import Final

import msgspec
from django.db.models import Exists, OuterRef, Q
from django.utils.timezone import get_default_timezone

from gezhi.plumbing.versions import Held
from gezhi.regions.models import Region, ReportingParent
from gezhi.regions.rules.levels import Level, RegionKind
from gezhi.regions.rules.locator import RegionPlace
from gezhi.regions.rules.reporting import ReportsTo, reporting_parents

DIVISIONS: Final = "regions.divisions"
COUNTY_DIGITS: Final = 6
COMMUNITY_DIGITS: Final = 12


class RegionRow(msgspec.Struct, frozen=True):
    """A region as it stands on a day."""

    code: str
    name: str
    level: Level
    kind: RegionKind
    within_code: str
    has_children: bool
    valid_from: date
    valid_to: date | None


class NamedRegion(msgspec.Struct, frozen=True):
    """What every process knows of a region, the newest version of it."""

    code: str
    name: str
    level: Level
    within_code: str


def day_of(moment: int) -> date:
    """The local day of a moment: dates of effect are local days."""
    return datetime.fromtimestamp(moment, tz=UTC).astimezone(get_default_timezone()).date()


def valid_on(on: date) -> Q:
    """Rows in force on a day, both ends included."""
    return Q(valid_from__lte=on) & (Q(valid_to__isnull=True) | Q(valid_to__gte=on))


def list_regions(within: str, *, on: date, after: str = "", limit: int = 100) -> list[RegionRow]:
    """The regions directly inside one (empty code: the topmost), by code, after the code `after`."""
    rows = _rows(on).filter(within_code=within, code__gt=after).order_by("code")[:limit]
    return [_row(row) for row in rows]


def list_codes_of_level(level: Level, within: str, *, on: date) -> list[str]:
    """The codes of all regions of a level in force on a day whose code begins with `within`, in order."""
    rows = Region.objects.filter(valid_on(on), level=level, code__startswith=within)
    return list(rows.order_by("code").values_list("code", flat=True))


def get_region(code: str, *, on: date) -> RegionRow | None:
    """One region as it stands on a day."""
    row = _rows(on).filter(code=code).first()
    return None if row is None else _row(row)


def held_regions() -> dict[str, NamedRegion]:
    """Every region ever entered by code, the newest version of each, in the order of level and code."""
    return _HELD.get()[0]


def held_names() -> dict[str, str]:
    """Names by code, ended regions included: old cases still name them."""
    return _HELD.get()[1]


def area_name(names: Mapping[str, str], code: str) -> str:
    """What an area is called, by a code with its zeros or without. A grid has no name of its own: it is told by the
    community in which it lies.
    """
    return names.get(code.ljust(COUNTY_DIGITS, "0")) or names.get(code[:COMMUNITY_DIGITS], "")


def list_reporting(on: date) -> list[ReportsTo]:
    """上报关系 in force on a day."""
    rows = ReportingParent.objects.filter(valid_on(on)).order_by("region_code")
    return [
        ReportsTo(
            region_code=row.region_code,
            parent_code=row.parent_code,
            valid_from=row.valid_from,
            valid_to=row.valid_to,
            basis=row.basis,
        )
        for row in rows
    ]


def reporting_parents_on(on: date) -> dict[str, str]:
    """上报对象 by region code on a day."""
    return reporting_parents(list_reporting(on), on)


def known_on(on: date) -> dict[str, RegionPlace]:
    """What the locator needs to know of the regions of a day."""
    rows = Region.objects.filter(valid_on(on)).values_list("code", "level", "within_code")
    return {code: RegionPlace(level=Level(level), within=within or None) for code, level, within in rows}


def _rows(on: date):  # type: ignore[no-untyped-def]  # noqa: ANN202
    inside = Region.objects.filter(valid_on(on), within_code=OuterRef("code"))
    return Region.objects.filter(valid_on(on)).annotate(has_children=Exists(inside))


def _row(row: Region) -> RegionRow:
    return RegionRow(
        code=row.code,
        name=row.name,
        level=Level(row.level),
        kind=RegionKind(row.kind),
        within_code=row.within_code,
        has_children=row.has_children,  # type: ignore[attr-defined]
        valid_from=row.valid_from,
        valid_to=row.valid_to,
    )


def _load() -> tuple[dict[str, NamedRegion], dict[str, str]]:
    rows = Region.objects.order_by("level", "code", "valid_from").values_list("code", "name", "level", "within_code")
    regions = {
        code: NamedRegion(code=code, name=name, level=Level(level), within_code=within)
        for code, name, level, within in rows
    }
    return regions, {code: region.name for code, region in regions.items()}


_HELD: Final = Held(DIVISIONS, _load)
