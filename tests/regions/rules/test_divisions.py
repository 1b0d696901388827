import pytest

from gezhi.regions.rules.divisions import (
    BadDivision,
    Division,
    UnknownContainer,
    check_containers,
    read_divisions,
)
from gezhi.regions.rules.levels import Level, RegionKind

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


@pytest.mark.parametrize(
    ("code", "kind", "level"),
    [
        ("990000", RegionKind.PROVINCE, Level.PROVINCE),
        ("999000", RegionKind.DIRECT_GROUP, Level.CITY),
        ("999001", RegionKind.COUNTY_CITY, Level.COUNTY),
        ("990101500", RegionKind.OTHER, Level.STREET),
        ("990101500400", RegionKind.OTHER, Level.COMMUNITY),
    ],
)
def test_the_level_is_told_by_the_kind(code: str, kind: RegionKind, level: Level) -> None:
    assert Division(code=code, name="x", kind=kind, within="").level is level


def test_what_contains_a_division_must_be_known() -> None:
    county = Division(code="990101", name="临川区", kind=RegionKind.DISTRICT, within="990100")
    check_containers([county], {"990100"})
    with pytest.raises(UnknownContainer):
        check_containers([county], set())
