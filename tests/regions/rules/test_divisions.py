from datetime import date

import pytest

from gezhi.regions.rules.divisions import (
    BadDivision,
    Division,
    UnknownContainer,
    check_containers,
    read_divisions,
    read_reporting,
)
from gezhi.regions.rules.levels import Level, RegionKind
from gezhi.regions.rules.reporting import ReportsTo, reporting_parents, reports_up

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


def test_the_reporting_parent_is_dated_and_not_the_code_prefix() -> None:
    rows = read_reporting(
        "region_code,parent_code,valid_from,valid_to,basis\n"
        "990102,990100,2010-01-01,2013-12-31,\n"
        "990102,990000,2014-01-01,,直管\n"
        "990100,990000,2010-01-01,,\n"
    )
    assert rows[1] == ReportsTo("990102", "990000", date(2014, 1, 1), None, "直管")
    assert reports_up(reporting_parents(rows, date(2013, 12, 31)), "990102") == ["990100", "990000"]
    assert reports_up(reporting_parents(rows, date(2014, 1, 1)), "990102") == ["990000"]
    assert reporting_parents(rows, date(2009, 12, 31)) == {}


def test_a_circle_of_reporting_ends() -> None:
    assert reports_up({"1": "2", "2": "1"}, "1") == ["2", "1"]
