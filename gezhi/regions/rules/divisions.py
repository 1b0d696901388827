"""Divisions (行政区划) as they are shipped, imported and compared: code, name, kind, and what contains them."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterable
from datetime import date

import msgspec

from gezhi.kernel.problems import Problem
from gezhi.regions.rules.levels import Level, RegionKind
from gezhi.regions.rules.reporting import ReportsTo

_CODE = re.compile(r"\d{6}|\d{9}|\d{12}")

LEVEL_OF_KIND: dict[RegionKind, Level] = {
    RegionKind.PROVINCE: Level.PROVINCE,
    RegionKind.PREFECTURE_CITY: Level.CITY,
    RegionKind.DIRECT_GROUP: Level.CITY,
    RegionKind.DISTRICT: Level.COUNTY,
    RegionKind.COUNTY: Level.COUNTY,
    RegionKind.COUNTY_CITY: Level.COUNTY,
    RegionKind.DEVELOPMENT_ZONE: Level.COUNTY,
    RegionKind.STREET: Level.STREET,
    RegionKind.TOWN: Level.STREET,
    RegionKind.TOWNSHIP: Level.STREET,
    RegionKind.COMMUNITY: Level.COMMUNITY,
    RegionKind.VILLAGE: Level.COMMUNITY,
}
_LEVEL_OF_LENGTH = {9: Level.STREET, 12: Level.COMMUNITY}


class BadDivision(Problem):
    code = "regions.divisions.malformed"
    title = "区划数据第 {line} 行有误（{value}）：应为代码（6、9 或 12 位数字）、名称、类别、上级代码。"
    title_en = "Line {line} of the divisions is wrong ({value}): code (6, 9 or 12 digits), name, kind, containing code."


class UnknownContainer(Problem):
    code = "regions.divisions.unknown-container"
    title = "区划 {region} 的上级 {within} 不在册，请先录入上级区划。"
    title_en = "Division {region} names {within} as what contains it, which is not entered; enter that one first."


class Division(msgspec.Struct, frozen=True):
    """One division; `within` is the code of the one that contains it (隶属), empty at the top."""

    code: str
    name: str
    kind: RegionKind
    within: str

    @property
    def level(self) -> Level:
        """层级: told by the kind; kind 其他 occurs among streets and communities, whose codes differ in length."""
        return LEVEL_OF_KIND.get(self.kind) or _LEVEL_OF_LENGTH.get(len(self.code), Level.COUNTY)


def read_divisions(text: str) -> list[Division]:
    """Divisions from CSV with the columns code, name, kind, within."""
    divisions = []
    for line, row in enumerate(csv.DictReader(io.StringIO(text)), start=2):
        try:
            division = msgspec.convert(row, Division, strict=False)
        except msgspec.ValidationError as error:
            raise BadDivision(line=line, value=str(error)) from error
        if not _CODE.fullmatch(division.code) or not division.name:
            raise BadDivision(line=line, value=division.code)
        divisions.append(division)
    return divisions


def read_reporting(text: str) -> list[ReportsTo]:
    """Reporting parents (上报关系) from CSV: region_code, parent_code, valid_from, valid_to, basis."""
    return [
        ReportsTo(
            region_code=row["region_code"],
            parent_code=row["parent_code"],
            valid_from=date.fromisoformat(row["valid_from"]),
            valid_to=date.fromisoformat(row["valid_to"]) if row["valid_to"] else None,
            basis=row["basis"],
        )
        for row in csv.DictReader(io.StringIO(text))
    ]


def check_containers(divisions: Iterable[Division], known: set[str]) -> None:
    """Every division lies in one that is known or comes with it."""
    divisions = list(divisions)
    codes = known | {division.code for division in divisions}
    for division in divisions:
        if division.within and division.within not in codes:
            raise UnknownContainer(region=division.code, within=division.within)


class OutlineRow(msgspec.Struct, frozen=True):
    """The outline (边界) of a region as WKB in CGCS2000 degrees."""

    code: str
    wkb: bytes


class GridRow(msgspec.Struct, frozen=True):
    """A unit grid (单元网格) with the code that it has, as WKB in CGCS2000 degrees."""

    code: str
    wkb: bytes
