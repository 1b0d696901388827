import pytest

from gezhi.regions.rules.divisions import (
    BadDivision,
    Division,
    UnknownContainer,
    check_containers,
    read_divisions,
)
from gezhi.regions.rules.levels import KIND_NAMES, RURAL, Level, RegionKind

HEAD = "code,name,kind,within\n"


def test_divisions_are_read_from_csv() -> None:
    assert read_divisions(HEAD + "990101,临川区,district,990100\n") == [
        Division(code="990101", name="临川区", kind=RegionKind.DISTRICT, within="990100")
    ]


@pytest.mark.parametrize("line", ["99010,临川区,district,990100", "990101,临川区,borough,990100", "990101,,district,1"])
def test_a_wrong_line_is_named(line: str) -> None:
    with pytest.raises(BadDivision) as caught:
        read_divisions(f"{HEAD}990100,云汀市,prefecture-city,\n{line}\n")
    assert caught.value.details["line"] == 3


def test_a_wrong_code_is_told_as_it_stood() -> None:
    with pytest.raises(BadDivision) as caught:
        read_divisions(f"{HEAD}99010,临川区,district,990100\n")
    assert caught.value.details == {"line": 2, "value": "99010"}
    with pytest.raises(BadDivision) as caught:
        read_divisions(f"{HEAD}990101,临川区,borough,990100\n")
    assert "borough" in caught.value.details["value"]


@pytest.mark.parametrize(
    ("code", "kind", "level"),
    [
        ("990000", RegionKind.PROVINCE, Level.PROVINCE),
        ("999000", RegionKind.DIRECT_GROUP, Level.CITY),
        ("999001", RegionKind.COUNTY_CITY, Level.COUNTY),
        ("990101500", RegionKind.OTHER, Level.STREET),
        ("990101500400", RegionKind.OTHER, Level.COMMUNITY),
        ("990101", RegionKind.OTHER, Level.COUNTY),
        ("990100", RegionKind.PREFECTURE_CITY, Level.CITY),
        ("990101", RegionKind.DISTRICT, Level.COUNTY),
        ("990101", RegionKind.COUNTY, Level.COUNTY),
        ("990101", RegionKind.DEVELOPMENT_ZONE, Level.COUNTY),
        ("990101001", RegionKind.STREET, Level.STREET),
        ("990101100", RegionKind.TOWN, Level.STREET),
        ("990101200", RegionKind.TOWNSHIP, Level.STREET),
        ("990101001001", RegionKind.COMMUNITY, Level.COMMUNITY),
        ("990101001200", RegionKind.VILLAGE, Level.COMMUNITY),
    ],
)
def test_the_level_is_told_by_the_kind(code: str, kind: RegionKind, level: Level) -> None:
    assert Division(code=code, name="x", kind=kind, within="").level is level


@pytest.mark.parametrize(
    ("level", "kinds"),
    [
        (Level.PROVINCE, "province"),
        (Level.CITY, "prefecture-city direct-group"),
        (Level.COUNTY, "district county county-city development-zone"),
        (Level.STREET, "street town township"),
        (Level.COMMUNITY, "community village"),
    ],
)
def test_a_kind_has_its_level_whatever_the_code_looks_like(level: Level, kinds: str) -> None:
    for kind in kinds.split():
        for code in ("990101", "990101001", "990101001001"):
            assert Division(code=code, name="x", kind=RegionKind(kind), within="").level is level


def test_what_contains_a_division_must_be_known() -> None:
    county = Division(code="990101", name="临川区", kind=RegionKind.DISTRICT, within="990100")
    check_containers([county], {"990100"})
    with pytest.raises(UnknownContainer) as caught:
        check_containers([county], set())
    assert caught.value.details == {"region": "990101", "within": "990100"}


def test_what_contains_a_division_may_come_with_it_in_any_order_and_nothing_contains_the_top() -> None:
    top = Division(code="990100", name="云汀市", kind=RegionKind.PREFECTURE_CITY, within="")
    county = Division(code="990101", name="临川区", kind=RegionKind.DISTRICT, within="990100")
    check_containers(iter([county, top]), set())


def test_every_kind_of_division_has_its_name() -> None:
    assert KIND_NAMES == {
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
    assert {RegionKind.TOWN, RegionKind.TOWNSHIP, RegionKind.OTHER} == RURAL
