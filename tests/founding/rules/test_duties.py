from __future__ import annotations

import pytest

from tests.founding.folders import Fault, checked, clean, findings_of, is_told, spoilt

DUTIES, LIMITS = "duties.csv", "level_limits.csv"
FAULTS = [
    Fault("class.unknown", DUTIES, "06010 06011", "06010 0611", 4, "classes", "matter 0611"),
    Fault("class.unknown", DUTIES, "matter,06010,330782001", "part,06010,330782001", 6, "classes", "part 06010"),
    Fault("cell.unknown-word", DUTIES, "处置,", "处置,2012", 3, "edition", "2012"),
    Fault("cell.unknown-word", DUTIES, "处置,", "处置,2013", 3, "edition", "2013"),
    Fault("key.twice", DUTIES, "06010 06011", "06010 06010", None, "classes", ""),
    Fault("reference.missing", LIMITS, "2026-matter-06010-1", "2026-matter-06010-9", 2, "row", "2026-matter-06010-9"),
    Fault("class.without-unit", DUTIES, "matter,*", "matter,07", None, "classes", ""),
    Fault("duty.superseded", DUTIES, "matter,06010,330782001,choucheng", "matter,06010,,choucheng", 4, "to",
          "matter 06010"),
]  # fmt: skip


@pytest.mark.parametrize("fault", [FAULTS[0], FAULTS[1], FAULTS[5], FAULTS[7]], ids=str)
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


PLANTED = [
    ("cell.missing", ",07003,,works,,,local,无类型,", "kind", ""),
    ("cell.missing", "matter,,,works,,,local,无类别,", "classes", ""),
    ("cell.missing", "matter,07003,330782001,,,,local,无单位,", "unit", ""),
    ("cell.unknown-word", "thing,07004,330782001,works,,,local,类型有误,", "kind", "thing"),
    ("cell.unknown-word", "matter,07004,330782001,works,,,rumour,依据有误,", "basis_kind", "rumour"),
    ("cell.unknown-word", "matter,07006,330782001,works,,,local,版本有误,2012", "edition", "2012"),
    ("cell.bad-date", "matter,07008,330782001,works,2026-02-30,,local,没有这一天,", "from", "2026-02-30"),
    ("cell.bad-date", "matter,08009,330782001,works,,长期,local,不是日期,", "to", "长期"),
    ("cell.too-long", f"matter,07007,330782001,works,,,local,{'长' * 301},", "basis", "长" * 301),
    ("row.too-long", "matter,08001,330782001,works,,,local,多一格,,多余", "", "多余"),
    ("class.unknown", "matter,0801,330782001,works,,,local,少一位,", "classes", "matter 0801"),
    ("class.unknown", "matter,8001,330782001,works,,,local,丢了前面的零,", "classes", "matter 8001"),
    ("class.unknown", "matter,88,330782001,works,,,local,没有这个大类,", "classes", "matter 88"),
    ("class.unknown", "part,06010,330782001,works,,,local,是事件不是部件,", "classes", "part 06010"),
    ("reference.missing", "matter,08002,330782001001999,works,,,local,没有这个网格,", "area", "330782001001999"),
    ("reference.missing", "matter,08003,330781001,works,,,local,他市的街道,", "area", "330781001"),
    ("reference.missing", "matter,08004,330782001,lvhua,,,local,没有这个单位,", "unit", "lvhua"),
    ("dates.reversed", "matter,08005,330782001,works,2026-07-01,2026-06-30,local,先后颠倒,", "to", "2026-06-30"),
    ("cell.repeated", "matter,08006 08006,330782001,works,,,local,一行写了两遍,", "classes", "08006"),
    ("key.twice", "matter,06010,330782001,works,2026-07-01,,local,与前面的行重复,", "classes", "matter 06010 330782001"),
    ("duty.superseded", "matter,08007,330782001,works,,,local,被下一行取代,", "to", "matter 08007 330782001"),
    ("", "matter,08007,330782001,sanitation,2026-07-01,,local,取代上一行,", "", ""),
    ("", "matter,08008,330782001,works,,,local,长期由市政负责,", "", ""),
    ("", "matter,08008,330782001,sanitation,2026-07-01,2026-09-30,local,临时代管，不是差错,", "", ""),
]  # fmt: skip


def test_more_than_twenty_faults_of_one_duty_table_are_all_told_and_none_is_invented() -> None:
    files = dict(clean())
    files[DUTIES] = files[DUTIES].rstrip() + b"\n" + "\n".join(line for _, line, _, _ in PLANTED).encode() + b"\n"
    first = files[DUTIES].decode().splitlines().index(PLANTED[0][1]) + 1
    planted = [(code, number, column, value) for number, (code, _, column, value) in enumerate(PLANTED, first) if code]
    told = [(one.code, one.row, one.column, one.value) for one in checked(files).report.findings]
    assert len(planted) > 20
    assert sorted(told, key=repr) == sorted(planted, key=repr)


def test_a_row_that_goes_on_is_told_only_where_a_later_one_takes_all_of_its_time() -> None:
    def told(earlier: str, later: str, area: str = "330782001") -> int:
        lines = (f"matter,08007,330782001,works,{earlier},local,,", f"matter,08007,{area},works,{later},local,,")
        files = dict(clean())
        files[DUTIES] += "".join(f"{line}\n" for line in reversed(lines)).encode()
        return checked(files).report.totals.get("duty.superseded", 0)

    assert told("2026-01-01,", "2026-07-01,") == 1
    assert told("2026-01-01,2026-07-01", "2026-07-01,2026-07-01") == 1
    assert told("2026-01-01,2026-06-30", "2026-07-01,") == 0
    assert told("2026-01-01,", "2026-07-01,2026-09-30") == 0
    assert told("2026-01-01,2026-10-01", "2026-07-01,2026-09-30") == 0
    assert told("2026-01-01,", "2026-07-01,", "330782002") == 0


def test_a_row_without_a_day_begins_with_the_city_and_stands_twice_beside_one_of_that_day() -> None:
    files = dict(clean())
    files[DUTIES] += b"matter,08007,,works,,,local,,\nmatter,08007,,works,2026-01-01,,local,,\n"
    assert checked(files).report.totals == {"key.twice": 1}
