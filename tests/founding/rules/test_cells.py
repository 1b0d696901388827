from __future__ import annotations

from datetime import date

import pytest

from gezhi.founding.rules.cells import day_of_text, read_table
from gezhi.founding.rules.findings import Findings
from gezhi.founding.rules.tables import PEOPLE, Column, Table
from tests.founding.folders import Fault, checked, clean, is_told

FAULTS = [
    Fault("file.malformed", "officers.csv", "zhengjie,\n", '"zhengjie\n', 2, "", "unexpected end of data"),
    Fault("column.unknown", "people.csv", "phone", "telephone", 1, "telephone"),
    Fault("column.missing", "level_limits.csv", "unit", "from", 1, "unit"),
    Fault("column.twice", "area_levels.csv", "to", "from", 1, "from"),
    Fault("row.too-long", "people.csv", "李岚,acceptor,,zh,,", "李岚,acceptor,,zh,,,又一列", 3, "", "又一列"),
    Fault("cell.missing", "divisions.csv", "通惠社区", " 　", 6, "name"),
    Fault("cell.bad-date", "duties.csv", "2026-07-01", "2026-02-30", 6, "from", "2026-02-30"),
    Fault("cell.bad-number", "level_limits.csv", ",2,", ",0,", 2, "value", "0"),
    Fault("cell.too-long", "people.csv", "13900000001", "1" * 21, 7, "phone", "1" * 21),
    Fault(
        "cell.unknown-word", "posts.csv", "centre,acceptor", "centre,accepter", 3, "role", "accepter", ("role.missing",)
    ),
    Fault("cell.bad-form", "people.csv", "lilan", "li lan", 3, "username", "li lan"),
    Fault("cell.unseen", "people.csv", "李岚", "李\u200b岚", 3, "name", "李\u200b岚"),
    Fault(
        "cell.repeated",
        "people.csv",
        "administrator supervisor",
        "supervisor administrator supervisor",
        2,
        "posts",
        "supervisor",
    ),
    Fault("key.twice", "holidays.csv", "2026-10-31", "2026/10/26", 3, "calendar", "office 2026-10-26"),
]


@pytest.mark.parametrize(
    "fault", [one for one in FAULTS if one.code not in {"column.unknown", "column.missing"}], ids=str
)
def test_what_a_row_shows_to_be_wrong_is_told_where_it_stands(fault: Fault) -> None:
    assert is_told(fault)


def test_a_telephone_is_read_as_in_the_browser_and_a_key_in_other_case_is_the_same_key() -> None:
    phone = Fault("cell.bad-form", "people.csv", "13900000001", "1390000", 7, "phone", "1390000")
    twin = Fault("key.twice", "people.csv", "wangke,", "LiLan,", 4, "username", "LiLan")
    assert is_told(phone)
    assert is_told(twin)


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("2027-01-31", date(2027, 1, 31)),
        ("2027/1/31", date(2027, 1, 31)),
        ("2027.1.31", date(2027, 1, 31)),
        ("2027年1月31日", date(2027, 1, 31)),
        ("2027-02-29", None),
        ("31.01.2027", None),
        ("20270131", None),
        ("", None),
    ],
)
def test_a_day_may_be_written_as_spreadsheets_write_it(text: str, day: date | None) -> None:
    assert day_of_text(text) == day


def found_in(table: Table, text: str) -> tuple[list[tuple[str, int | None, str, str]], object]:
    findings = Findings()
    rows = read_table(table, text, findings)
    told = [(one.code, one.row, one.column, one.value) for one in findings.report().findings]
    return told, None if rows is None else [(row.number, row.values) for row in rows]


TWO = Table(file="two.csv", key=("a",), columns=(Column(name="a", needed=True, most=3), Column(name="b", many=True)))


def test_columns_stand_in_any_order_and_those_that_need_not_be_may_be_missing() -> None:
    assert found_in(TWO, "b,a\nx  y,1\n") == ([], [(2, {"a": "1", "b": ("x", "y")})])
    assert found_in(TWO, "a\n1\n") == ([], [(2, {"a": "1", "b": ()})])


def test_a_table_without_a_column_that_must_be_there_is_not_read() -> None:
    assert found_in(TWO, "b,c\nx,y\n") == ([("column.missing", 1, "a", ""), ("column.unknown", 1, "c", "")], None)
    assert found_in(TWO, "") == ([("column.missing", 1, "a", "")], None)


def test_a_leading_zero_stays_and_empty_keys_are_no_doubles() -> None:
    assert found_in(TWO, "a\n012\n12\n") == ([], [(2, {"a": "012", "b": ()}), (3, {"a": "12", "b": ()})])
    told, _ = found_in(TWO, 'a,b\n,x\n"",y\n')
    assert told == [("cell.missing", 2, "a", ""), ("cell.missing", 3, "a", "")]


def test_a_third_row_alike_names_the_first() -> None:
    told, _ = found_in(TWO, "a\n1\n\n1\n1\n")
    assert told == [("key.twice", 4, "a", "1"), ("key.twice", 5, "a", "1")]


def test_a_column_spelled_wrong_is_told_with_those_that_there_are() -> None:
    files = clean() | {PEOPLE: clean()[PEOPLE].replace(b"phone", b"telephone")}
    (finding,) = checked(files).report.findings
    assert (finding.code, finding.row, finding.column) == ("column.unknown", 1, "telephone")
    assert finding.cure["zh"] == "可用的列：username、name、posts、phone、language、from、to"
