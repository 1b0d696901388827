from __future__ import annotations

import pytest

from gezhi.founding.rules.country import CountryRow, UnknownCity, divisions_of, kind_of, read_rows
from gezhi.regions.rules.levels import RegionKind

K = RegionKind
ROWS = read_rows(
    """code,name,note
330000,浙江省,
330100,杭州市,
330102,上城区,
330106,西湖区,
330106007,古荡街道,gone
330127,淳安县,
330127101,威坪镇,
330127101201,某村村委会,
330700,金华市,
330782,义乌市,
330782001,稠城街道,
330782001001,稠城社区居委会,
339000,省直辖县级行政区划,
339001,某某市,
"""
)
UNDIVIDED = [
    CountryRow("440000", "广东省"),
    CountryRow("441900", "东莞市"),
    CountryRow("441900003", "东城街道"),
]
MUNICIPALITY = [
    CountryRow("110000", "北京市"),
    CountryRow("110100", "市辖区"),
    CountryRow("110101", "东城区"),
    CountryRow("110101001", "东华门街道"),
]


@pytest.mark.parametrize(
    ("code", "name", "kind"),
    [
        ("330000", "浙江省", K.PROVINCE),
        ("110100", "市辖区", K.DIRECT_GROUP),
        ("500200", "县", K.DIRECT_GROUP),
        ("330100", "杭州市", K.PREFECTURE_CITY),
        ("422800", "恩施土家族苗族自治州", K.PREFECTURE_CITY),
        ("330106", "西湖区", K.DISTRICT),
        ("520203", "六枝特区", K.DISTRICT),
        ("130171", "石家庄高新技术产业开发区", K.DEVELOPMENT_ZONE),
        ("330127", "淳安县", K.COUNTY),
        ("152571", "某旗", K.COUNTY),
        ("330782", "义乌市", K.COUNTY_CITY),
        ("419001", "济源市", K.COUNTY_CITY),
        ("330106099", "街道", K.STREET),
        ("330106100", "镇", K.TOWN),
        ("330106200", "乡", K.TOWNSHIP),
        ("330106399", "乡", K.TOWNSHIP),
        ("330106400", "开发区", K.OTHER),
        ("330106007001", "社区", K.COMMUNITY),
        ("330106007199", "社区", K.COMMUNITY),
        ("330106007200", "村", K.VILLAGE),
        ("330106007498", "虚拟社区", K.OTHER),
    ],
)
def test_the_kind_follows_from_code_and_name(code: str, name: str, kind: RegionKind) -> None:
    assert kind_of(code, name) is kind


def test_a_city_is_made_of_what_lies_in_it_and_names_what_it_lies_in() -> None:
    own = divisions_of("330100", ROWS)
    told = [(one.code, one.within) for one in own.divisions]
    assert told == [
        ("330000", ""),
        ("330100", "330000"),
        ("330102", "330100"),
        ("330106", "330100"),
        ("330127", "330100"),
        ("330106007", "330106"),
        ("330127101", "330127"),
        ("330127101201", "330127101"),
    ]
    assert [row.name for row in own.gone] == ["古荡街道"]
    assert (own.city.name, own.city.kind) == ("杭州市", K.PREFECTURE_CITY)


def test_a_county_lies_in_its_city_and_in_nothing_beside_it() -> None:
    codes = [one.code for one in divisions_of("330782", ROWS).divisions]
    assert codes == ["330000", "330700", "330782", "330782001", "330782001001"]
    assert [one.within for one in divisions_of("339001", ROWS).divisions] == ["", "330000", "339000"]


def test_a_city_without_districts_is_its_own_county() -> None:
    own = divisions_of("441900", UNDIVIDED)
    assert (own.city.kind, own.divisions[-1].within) == (K.COUNTY_CITY, "441900")


def test_a_municipality_is_founded_whole() -> None:
    own = divisions_of("110000", MUNICIPALITY)
    assert [(one.code, one.within) for one in own.divisions] == [
        ("110000", ""),
        ("110100", "110000"),
        ("110101", "110100"),
        ("110101001", "110101"),
    ]


@pytest.mark.parametrize("code", ["330000", "339000", "330199", "330782001", "", "杭州市"])
def test_what_is_no_city_is_refused_with_an_example(code: str) -> None:
    with pytest.raises(UnknownCity):
        divisions_of(code, ROWS)
