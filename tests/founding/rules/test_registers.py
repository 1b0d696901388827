from __future__ import annotations

import pytest

from gezhi.founding.rules.cells import Row
from gezhi.founding.rules.findings import Findings
from gezhi.founding.rules.registers import check_divisions, lying_of
from tests.founding.folders import Fault, findings_of, is_told

ORG, POSTS, PEOPLE, DIV, DUTIES = "organisations.csv", "posts.csv", "people.csv", "divisions.csv", "duties.csv"
FAULTS = [
    Fault("tree.ring", ORG, "1,,330782", "1,command,330782", 2, "parent", "government"),
    Fault("reference.missing", DUTIES, "sanitation", "lvhua2", 4, "unit", "lvhua2"),
    Fault("reference.missing", PEOPLE, "administrator supervisor", "administrator supervizor", 2, "posts",
          "supervizor"),
    Fault("reference.missing", POSTS, "采集员,Collector,330782001", "采集员,Collector,330782009", 12, "regions", "330782009"),
    Fault("reference.missing", "holidays.csv", "office,2026-10-26", "ofice,2026-10-26", 2, "calendar", "ofice"),
    Fault("reference.missing", "area_levels.csv", "330782002", "330782001002005", 3, "area", "330782001002005"),
    Fault("reference.missing", "reporting.csv", "330700", "330100", 2, "parent_code", "330100"),
    Fault("reference.missing", "policy.toml", '"government"', '"governor"', None, "owner_office", "governor"),
    Fault("reference.missing", "policy.toml", 'calendar = "seats"', 'calendar = "nights"', None,
          "stage_limits.acceptance", "nights"),
    Fault("reference.missing", "city.toml", 'code = "330782"', 'code = "330783"', None, "code", "330783"),
    Fault("dates.reversed", DUTIES, "2026-07-01,,", "2026-07-01,2026-06-30,", 6, "to", "2026-06-30"),
    Fault("dates.outlive-owner", ORG, "330782001,,", "330782001,,2026-12-31", 8, "", ""),
    Fault("cell.bad-code", DIV, "330782001002", "33078200102", 7, "code", "33078200102"),
    Fault("code.foreign", DIV, "330782002001,柳青社区,community,330782002", "330783002001,柳青社区,community,330782002",
          9, "code", "330783002001"),
]  # fmt: skip
ALONE = [one for one in FAULTS if one.code not in {"dates.outlive-owner", "cell.bad-code", "code.foreign"}]


@pytest.mark.parametrize("fault", [one for one in ALONE if one.file != "city.toml"], ids=str)
def test_what_is_wrong_between_rows_is_told_where_it_stands(fault: Fault) -> None:
    assert is_told(fault)


def test_a_body_that_ends_is_told_at_every_post_and_duty_that_outlives_it() -> None:
    (fault,) = [one for one in FAULTS if one.code == "dates.outlive-owner"]
    told = [(one.code, one.file, one.row, one.value) for one in findings_of(fault)]
    assert told == [
        ("dates.outlive-owner", DUTIES, 6, "choucheng"),
        ("dates.outlive-owner", POSTS, 11, "choucheng"),
    ]
    assert findings_of(fault)[0].says["zh"] == "有效期超出所属的“choucheng”（2026-01-01 至 2026-12-31）"


def test_a_post_that_begins_before_its_body_outlives_it_too() -> None:
    fault = Fault("dates.outlive-owner", ORG, "330782001,,", "330782001,2026-03-01,", 0)
    assert [(one.file, one.row) for one in findings_of(fault)] == [(POSTS, 11)]


def test_a_ring_is_told_once_with_all_who_stand_in_it() -> None:
    (fault,) = [one for one in FAULTS if one.code == "tree.ring"]
    (told,) = findings_of(fault)
    assert told.says["zh"] == "“government”的上级关系成环：government → command → government"


def divisions(*lines: str) -> list[Row]:
    cells = [line.split(",") for line in lines]
    return [
        Row(number, {"code": code, "kind": kind, "within": within})
        for number, (code, kind, within) in enumerate(cells, 2)
    ]


PROVINCE, CITY, COUNTY = "330000,province,", "330700,prefecture-city,330000", "330782,county-city,330700"
STREET, COMMUNITY = "330782001,street,330782", "330782001001,community,330782001"


@pytest.mark.parametrize(
    ("rows", "told"),
    [
        ([PROVINCE, CITY, COUNTY, STREET, COMMUNITY], []),
        ([COUNTY, STREET], []),
        ([PROVINCE, COUNTY.replace("330700", "330000"), STREET], []),
        ([CITY, COUNTY, STREET, "330703001,street,330703"], [("code.foreign", 5, "330703001")]),
        ([PROVINCE, CITY, COUNTY, STREET, "330784,county-city,330700"], [("code.foreign", 6, "330784")]),
        ([COUNTY, STREET, "330782002001,community,330782001"], [("code.foreign", 4, "330782002001")]),
        ([COUNTY, "33078200,street,330782"], [("cell.bad-code", 3, "33078200")]),
        ([COUNTY, "3307820O1,street,330782"], [("cell.bad-code", 3, "3307820O1")]),
        ([COUNTY, "330782400,other,330782", "330782400001,other,330782400"], []),
        ([PROVINCE, CITY], [("reference.missing", None, "330782")]),
    ],
)
def test_a_division_contains_the_city_or_lies_in_it_by_name_and_number(
    rows: list[str], told: list[tuple[str, int | None, str]]
) -> None:
    read, findings = divisions(*rows), Findings()
    check_divisions("330782", read, lying_of("330782", read), findings)
    assert [(one.code, one.row, one.value) for one in findings.report().findings] == told


def test_own_divisions_come_the_smallest_first() -> None:
    lying = lying_of("330782", divisions(PROVINCE, CITY, COUNTY, STREET, COMMUNITY))
    assert lying.own == ("330782001001", "330782001", "330782")
    assert lying.within["330700"] == "330000"
