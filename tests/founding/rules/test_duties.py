from __future__ import annotations

import pytest

from tests.founding.folders import Fault, checked, findings_of, is_told, spoilt

DUTIES, LIMITS = "duties.csv", "level_limits.csv"
FAULTS = [
    Fault("class.unknown", DUTIES, "06010 06011", "06010 0611", 4, "classes", "matter 0611"),
    Fault("class.unknown", DUTIES, "matter,06010,330782001", "part,06010,330782001", 6, "classes", "part 06010"),
    Fault("cell.unknown-word", DUTIES, "处置,", "处置,2012", 3, "edition", "2012"),
    Fault("cell.unknown-word", DUTIES, "处置,", "处置,2013", 3, "edition", "2013"),
    Fault("key.twice", DUTIES, "06010 06011", "06010 06010", None, "classes", ""),
    Fault("reference.missing", LIMITS, "2026-matter-06010-1", "2026-matter-06010-9", 2, "row", "2026-matter-06010-9"),
    Fault("class.without-unit", DUTIES, "matter,*", "matter,07", None, "classes", ""),
]  # fmt: skip


@pytest.mark.parametrize("fault", [FAULTS[0], FAULTS[1], FAULTS[5]], ids=str)
def test_what_is_wrong_in_the_duty_table_is_told(fault: Fault) -> None:
    assert is_told(fault)


@pytest.mark.parametrize("fault", [FAULTS[2], FAULTS[3]], ids=str)
def test_an_edition_that_the_city_does_not_work_by_is_told(fault: Fault) -> None:
    told = [(one.code, one.row, one.value) for one in findings_of(fault) if one.code != "class.without-unit"]
    assert told == [("cell.unknown-word", fault.row, fault.value)]


def test_the_same_class_area_and_unit_twice_is_told_within_a_row_or_between_two() -> None:
    report = checked(spoilt(DUTIES, "minutes,主次干道", "minutes,主次干道")).report
    assert report.totals == {}
    doubled = spoilt(
        DUTIES,
        "matter,06010,330782001,choucheng",
        "matter,06010 06011,,sanitation,,,local,,\nmatter,06010,330782001,choucheng",
    )
    told = [(one.code, one.row, one.value, one.says["zh"]) for one in checked(doubled).report.findings]
    assert told == [
        ("key.twice", 6, "matter 06010", "“matter 06010”与第 4 行重复"),
        ("key.twice", 6, "matter 06011", "“matter 06011”与第 4 行重复"),
    ]


def test_classes_that_nobody_answers_for_are_told_one_by_one_with_their_streets() -> None:
    findings = findings_of(FAULTS[6])
    assert {one.code for one in findings} == {"class.without-unit"}
    keys = [one.value for one in findings]
    assert keys == sorted(set(keys))
    assert "2026-matter-06010" not in keys
    assert not any(key.startswith(("2026-matter-07", "2026-part")) for key in keys)
    (told,) = [one for one in findings if one.value == "2026-matter-06013"]
    assert "在 2 个街道没有责任单位（如 330782001）" in told.says["zh"]


def test_a_duty_of_one_street_leaves_the_other_open() -> None:
    files = spoilt(DUTIES, "part,*,,works", "part,*,330782002,works")
    findings = checked(files).report.findings
    assert {one.code for one in findings} == {"class.without-unit"}
    assert {one.says["zh"].split("在 ")[1] for one in findings} == {
        "1 个街道没有责任单位（如 330782001），届时转待确权"
    }


def test_a_duty_of_a_grid_or_a_community_fills_no_street_but_is_known() -> None:
    files = spoilt(DUTIES, "matter,06010,330782001,", "matter,06010,330782001001 330782001001002,")
    assert checked(files).report.totals == {}
