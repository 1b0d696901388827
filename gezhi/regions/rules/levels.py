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


class Kind(StrEnum):
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


KIND_NAMES: dict[Kind, tuple[str, str]] = {
    Kind.PROVINCE: ("省", "province"),
    Kind.PREFECTURE_CITY: ("省辖市", "prefecture-level city"),
    Kind.DIRECT_GROUP: ("省直辖县级行政区划", "county-level units directly under the province"),
    Kind.DISTRICT: ("市辖区", "district"),
    Kind.COUNTY: ("县", "county"),
    Kind.COUNTY_CITY: ("县级市", "county-level city"),
    Kind.DEVELOPMENT_ZONE: ("开发区", "development zone"),
    Kind.STREET: ("街道", "street office"),
    Kind.TOWN: ("镇", "town"),
    Kind.TOWNSHIP: ("乡", "township"),
    Kind.COMMUNITY: ("社区", "community"),
    Kind.VILLAGE: ("村", "village"),
    Kind.OTHER: ("其他", "other"),
}

RURAL = frozenset({Kind.TOWN, Kind.TOWNSHIP, Kind.OTHER})
"""Kinds at street level that lie at the fringe of a generated city."""
