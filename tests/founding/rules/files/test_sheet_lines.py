from __future__ import annotations

from datetime import date, datetime, time

from gezhi.founding.rules.files.sheet_lines import lines_of
from gezhi.founding.rules.findings import Findings
from gezhi.kernel.contents import Sheet, Span

FILE = "duties.csv"


def lines(rows: list[list[object]], merged: tuple[Span, ...] = (), **digits: tuple[int, ...]) -> list[object]:
    return list(lines_of(Sheet(rows, list(merged)), FILE, digits, Findings()))


def test_rows_have_the_numbers_of_the_sheet_and_cells_are_text() -> None:
    moment = datetime(2027, 1, 1, 8, 30)  # noqa: DTZ001 - a cell has no zone
    cells = [3, 2.5, date(2027, 1, 1), moment, datetime(2027, 1, 2), time(7, 0), " x ", None]  # noqa: DTZ001
    assert lines([[None], ["a"], [None, ""], cells]) == [
        (2, ["a"]),
        (4, ["3", "2.5", "2027-01-01", "2027-01-01 08:30", "2027-01-02", "07:00", "x", ""]),
    ]


def test_what_stands_in_merged_cells_holds_for_each_of_them() -> None:
    rows: list[list[object]] = [["unit", "kind"], ["养护处", "part"], [None, "matter"], ["x", "y"]]
    assert lines(rows, ((1, 0, 2, 0),)) == [
        (1, ["unit", "kind"]), (2, ["养护处", "part"]), (3, ["养护处", "matter"]), (4, ["x", "y"]),
    ]  # fmt: skip
    assert lines([["a", "b"], ["c", None]], ((1, 0, 5, 5),)) == [(1, ["a", "b"]), (2, ["c", "c"])]


def test_a_code_gets_back_the_zeros_that_it_lost_as_a_number_and_no_other_cell() -> None:
    rows: list[list[object]] = [["classes", "phone"], [6010, 110], [6, 1], ["6010", 2], [123456, 3]]
    assert lines(rows, classes=(2, 5)) == [
        (1, ["classes", "phone"]), (2, ["06010", "110"]), (3, ["06", "1"]), (4, ["6010", "2"]), (5, ["123456", "3"]),
    ]  # fmt: skip


def test_a_code_that_was_filled_up_is_told() -> None:
    findings = Findings()
    list(lines_of(Sheet([["classes"], [6010]]), FILE, {"classes": (2, 5)}, findings))
    (one,) = findings.report().findings
    assert (one.code, one.level, one.file, one.row, one.column) == ("cell.padded", "warning", FILE, 2, "classes")
    assert one.says["zh"] == "“6010”丢失了前导 0，按“06010”读取"
