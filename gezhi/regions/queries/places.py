"""Searching places by name or code (地点检索): regions from memory, unit grids by the beginning of their code."""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import date
from typing import Final

import msgspec

from gezhi.kernel.searching import fold, is_named, words_of
from gezhi.regions.models import Region, RegionOutline, UnitGrid
from gezhi.regions.queries.divisions import COUNTY_DIGITS, NamedRegion, held_regions, valid_on

_CODE = re.compile(r"[0-9][0-9A-Z]{1,14}", re.ASCII)
GRIDS_FROM_LENGTH: Final = 12


class Place(msgspec.Struct, frozen=True):
    """A region or unit grid, the names of what contains it from the smallest up, and its box where it has one."""

    kind: str
    code: str
    name: str
    within: list[str]
    box: tuple[float, float, float, float] | None


def search_places(text: str, *, on: date, limit: int = 20) -> list[Place]:
    """Places whose name holds the text (whole names first, then beginnings), or whose code begins with it."""
    words = words_of(text)
    if not words:
        return []
    text = " ".join(words)
    is_code = _CODE.fullmatch(text.upper()) is not None
    regions = held_regions()
    if is_code:
        listed = [region for code, region in regions.items() if code.startswith(text)][:limit]
    else:
        hits = [region for region in regions.values() if _is_meant(region, words, regions)]
        hits.sort(key=lambda region: (_rank(fold(region.name), words), region.level, region.code))
        listed = hits[:limit]
    boxes = {
        code: (west, south, east, north)
        for code, west, south, east, north in RegionOutline.objects.filter(
            valid_on(on), region_code__in=[region.code for region in listed]
        ).values_list("region_code", "west", "south", "east", "north")
    }
    places = [
        Place(
            kind=region.level.name.lower(),
            code=region.code,
            name=region.name,
            within=_names_above(regions, region.within_code),
            box=boxes.get(region.code),
        )
        for region in listed
    ]
    if is_code and len(text) >= GRIDS_FROM_LENGTH:
        places += _grids(text.upper(), regions, on, limit - len(places))
    return places


def find_unknown(codes: Iterable[str], *, on: date) -> set[str]:
    """Those of these codes that name neither a region nor a unit grid of a day; a province and a city without zeros."""
    asked = {code.ljust(COUNTY_DIGITS, "0"): code for code in codes}
    known = {
        *Region.objects.filter(valid_on(on), code__in=asked).values_list("code", flat=True),
        *UnitGrid.objects.filter(valid_on(on), code__in=asked).values_list("code", flat=True),
    }
    return {code for full, code in asked.items() if full not in known}


def _is_meant(region: NamedRegion, words: tuple[str, ...], regions: dict[str, NamedRegion]) -> bool:
    """One of the words names it; the others name it or what it lies in."""
    missing = [word for word in words if not is_named(word, region.name)]
    return len(missing) < len(words) and all(is_named(word, *_names_above(regions, region.code)) for word in missing)


def _rank(name: str, words: tuple[str, ...]) -> tuple[bool, bool]:
    return name not in words, not any(name.startswith(word) for word in words)


def _grids(text: str, regions: dict[str, NamedRegion], on: date, limit: int) -> list[Place]:
    rows = UnitGrid.objects.filter(valid_on(on), code__startswith=text).order_by("code")[: max(limit, 0)]
    return [
        Place(
            kind="grid",
            code=code,
            name=code,
            within=_names_above(regions, community),
            box=(west, south, east, north),
        )
        for code, community, west, south, east, north in rows.values_list(
            "code", "community_code", "west", "south", "east", "north"
        )
    ]


def _names_above(regions: dict[str, NamedRegion], code: str) -> list[str]:
    names: list[str] = []
    while code in regions:
        names.append(regions[code].name)
        code = regions[code].within_code
    return names
