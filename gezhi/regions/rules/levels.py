"""Levels and kinds of administrative divisions (行政区划层级与类别), GB/T 2260 and 统计用区划代码."""

from __future__ import annotations

from enum import IntEnum, StrEnum


class Level(IntEnum):
    """区划层级, from the whole to the part."""

    PROVINCE = 1
    CITY = 2
    COUNTY = 3
    STREET = 4
    COMMUNITY = 5


class RegionKind(StrEnum):
    """区划类别. A direct group is no authority: it gathers the county-level units directly under the province."""

    PROVINCE = "province"
    PREFECTURE_CITY = "prefecture-city"
    DIRECT_GROUP = "direct-group"
    DISTRICT = "district"
    COUNTY = "county"
    COUNTY_CITY = "county-city"
    DEVELOPMENT_ZONE = "development-zone"
    STREET = "street"
    TOWN = "town"
    TOWNSHIP = "township"
    COMMUNITY = "community"
    VILLAGE = "village"
    OTHER = "other"


KIND_NAMES: dict[RegionKind, tuple[str, str]] = {
    RegionKind.PROVINCE: ("省", "province"),
    RegionKind.PREFECTURE_CITY: ("省辖市", "prefecture-level city"),
    RegionKind.DIRECT_GROUP: ("省直辖县级行政区划", "county-level units directly under the province"),
    RegionKind.DISTRICT: ("市辖区", "district"),
    RegionKind.COUNTY: ("县", "county"),
    RegionKind.COUNTY_CITY: ("县级市", "county-level city"),
    RegionKind.DEVELOPMENT_ZONE: ("开发区", "development zone"),
    RegionKind.STREET: ("街道", "street office"),
    RegionKind.TOWN: ("镇", "town"),
    RegionKind.TOWNSHIP: ("乡", "township"),
    RegionKind.COMMUNITY: ("社区", "community"),
    RegionKind.VILLAGE: ("村", "village"),
    RegionKind.OTHER: ("其他", "other"),
}

RURAL = frozenset({RegionKind.TOWN, RegionKind.TOWNSHIP, RegionKind.OTHER})
"""Kinds at street level that lie at the fringe of a generated city."""
