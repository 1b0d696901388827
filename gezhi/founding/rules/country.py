"""全国区划: the divisions of the whole country as they are shipped, and those of them that a city is made of."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable

import msgspec

from gezhi.kernel.problems import Problem
from gezhi.regions.rules.divisions import Division
from gezhi.regions.rules.levels import RegionKind

GROUPS = frozenset({"市辖区", "县", "省直辖县级行政区划", "自治区直辖县级行政区划"})
"""What the bureau calls a city that is none."""
MUNICIPALITIES = ("11", "12", "31", "50")
ZONE, FIRST_COUNTY_CITY = "7", 81
DIGITS = 6
"""Of a city or county; a street has three more, and a community three more than its street."""
TOWNS, TOWNSHIPS, ZONES = 100, 200, 400
"""Where the numbers of each begin, of streets and likewise of communities."""


class UnknownCity(Problem):
    code = "founding.country.unknown-city"
    status = 422
    title = "没有代码为“{value}”的市或县：请填 6 位行政区划代码，如 330100（杭州市）、330782（义乌市）。"
    title_en = "No city or county has the code “{value}”: give its 6 digits, as 330100 (Hangzhou) or 330782 (Yiwu)."


class CountryRow(msgspec.Struct, frozen=True):
    """A division of the bureau; `gone` where the register of place names of 2026 has it no longer."""

    code: str
    name: str
    gone: bool = False


class CityDivisions(msgspec.Struct, frozen=True):
    """The city or county, what it lies in and what lies in it, each after what contains it."""

    city: Division
    divisions: tuple[Division, ...]
    gone: tuple[CountryRow, ...]


def read_rows(text: str) -> list[CountryRow]:
    """Rows of a CSV with the columns code, name and, where it has one, note."""
    return [
        CountryRow(row["code"], row["name"], row.get("note") == "gone") for row in csv.DictReader(io.StringIO(text))
    ]


def kind_of(code: str, name: str) -> RegionKind:
    """By GB/T 2260 for six digits, by 统计用区划代码 below."""
    match len(code):
        case 6:
            return _kind_of_six(code, name)
        case 9:
            return _by_number(int(code[6:]), RegionKind.STREET, RegionKind.TOWN, RegionKind.TOWNSHIP)
        case _:
            return _by_number(int(code[9:]), RegionKind.COMMUNITY, RegionKind.COMMUNITY, RegionKind.VILLAGE)


def _kind_of_six(code: str, name: str) -> RegionKind:
    if code.endswith("0000"):
        return RegionKind.PROVINCE
    if code.endswith("00"):
        return RegionKind.DIRECT_GROUP if name in GROUPS else RegionKind.PREFECTURE_CITY
    if code[4] == ZONE and not name.endswith(("县", "旗")):
        return RegionKind.DEVELOPMENT_ZONE
    if name.endswith("市") or int(code[4:]) >= FIRST_COUNTY_CITY:
        return RegionKind.COUNTY_CITY
    return RegionKind.DISTRICT if name.endswith("区") else RegionKind.COUNTY


def _by_number(number: int, first: RegionKind, second: RegionKind, third: RegionKind) -> RegionKind:
    return first if number < TOWNS else second if number < TOWNSHIPS else third if number < ZONES else RegionKind.OTHER


def divisions_of(code: str, rows: Iterable[CountryRow]) -> CityDivisions:
    """The city of this code out of the divisions of its province, communities among them."""
    by_code = {row.code: row for row in rows}
    own = by_code.get(code)
    group = own is not None and kind_of(code, own.name) is RegionKind.DIRECT_GROUP
    province = code.endswith("0000") and not code.startswith(MUNICIPALITIES)
    if own is None or len(code) != DIGITS or group or province:
        raise UnknownCity(value=code)
    inside = _beginning(code)
    above = {code[:2] + "0000", code[:4] + "00"} & by_code.keys()
    taken = [row for row in by_code.values() if row.code in above or row.code.startswith(inside)]
    undivided = code.endswith("00") and all(len(row.code) != DIGITS or row.code in above for row in taken)
    divisions = tuple(
        Division(
            row.code,
            row.name,
            RegionKind.COUNTY_CITY if undivided and row.code == code else kind_of(row.code, row.name),
            _container(row.code, by_code),
        )
        for row in sorted(taken, key=lambda row: (len(row.code), row.code))
    )
    city = next(one for one in divisions if one.code == code)
    return CityDivisions(city, divisions, tuple(row for row in taken if row.gone))


def _beginning(code: str) -> str:
    """What the codes of all that lies in a city or county begin with."""
    return code[:2] if code.endswith("0000") else code[:4] if code.endswith("00") else code


def _container(code: str, known: Iterable[str]) -> str:
    """The smallest known division that a code lies in; "" of a province."""
    above = {12: [code[:9]], 9: [code[:6]], 6: [code[:4] + "00", code[:2] + "0000"]}[len(code)]
    return next((one for one in above if one in known and one != code), "")
