from __future__ import annotations

import io
from datetime import date, datetime, time, timedelta
from pathlib import Path
from zipfile import ZIP_DEFLATED, ZipFile

import pytest
from openpyxl import Workbook  # type: ignore[import-untyped]

from gezhi.plumbing.reading.apart import TooCostly
from gezhi.plumbing.reading.read_sheets import (
    MOST_BYTES,
    MOST_LINES,
    MOST_UNPACKED,
    TooLong,
    Unreadable,
    read_excel,
    read_table,
    read_workbook,
)


def excel(*rows: tuple[object, ...]) -> bytes:
    book, file = Workbook(), io.BytesIO()
    for row in rows:
        book.active.append(row)
    book.save(file)
    return file.getvalue()


@pytest.mark.parametrize(
    "content",
    [
        "账号,日期\ncollector1,2026-12-01\n".encode(),
        "\ufeff账号,日期\r\ncollector1,2026-12-01\r\n".encode(),
        "账号,日期\ncollector1,2026-12-01\n".encode("gb18030"),
        excel(("账号", "日期"), ("collector1", "2026-12-01")),
    ],
    ids=["UTF-8", "with its mark", "GB 18030", "Excel"],
)
def test_tables_are_read_as_offices_save_them(content: bytes) -> None:
    assert read_table(content) == [("账号", "日期"), ("collector1", "2026-12-01")]


def test_what_unpacks_to_more_than_a_table_is_refused_before_it_is_unpacked() -> None:
    file = io.BytesIO()
    with ZipFile(file, "w", ZIP_DEFLATED) as packed:
        packed.writestr("xl/worksheets/sheet1.xml", bytes(MOST_UNPACKED + 1))
    assert len(file.getvalue()) < MOST_BYTES
    with pytest.raises(TooLong):
        read_table(file.getvalue())


@pytest.mark.parametrize("content", [b"a,b\n" * (MOST_LINES + 1), b"a" * (MOST_BYTES + 1)], ids=["lines", "bytes"])
def test_a_table_has_a_bound(content: bytes) -> None:
    with pytest.raises(TooLong):
        read_table(content)


@pytest.mark.parametrize(
    "content",
    [b"PK\x03\x04 nothing", b"\xff\xfe\xff", b"a\0b,c\n", excel(("a",))[:-40]],
    ids=["zip", "bytes", "NUL", "cut"],
)
def test_what_is_no_table_is_refused(content: bytes) -> None:
    with pytest.raises(Unreadable):
        read_table(content)


def test_cells_come_as_what_they_are_at_the_place_where_they_stand() -> None:
    moment = datetime(2027, 1, 1, 8, 30)  # noqa: DTZ001 - a cell has no zone
    days = (date(2027, 1, 1), moment, time(7, 0), timedelta(hours=24))
    rows = read_workbook(excel((), ("a", None, 1030013, 2.5, True, *days))).rows
    assert rows == [[None] * 9, ["a", None, 1030013, 2.5, True, *days]]


def test_a_cell_that_shows_an_error_is_not_an_empty_one() -> None:
    assert read_workbook(excel(("a", "#N/A"), ("b", "#DIV/0!"))).rows == [["a", "#N/A"], ["b", "#DIV/0!"]]


def test_the_old_format_of_excel_is_read_too() -> None:
    sheet = read_workbook((Path(__file__).parent / "office.xls").read_bytes())
    assert sheet.rows[1:3] == [["养护处", 1030013, date(2027, 1, 1)], [None, 2, None]]
    assert sheet.merged == [(1, 0, 2, 0)]


def test_cells_that_look_like_one_are_told() -> None:
    book, file = Workbook(), io.BytesIO()
    book.active["A1"], book.active["B2"] = "a", "b"
    book.active.merge_cells("B2:B5")
    book.save(file)
    assert read_workbook(file.getvalue()).merged == [(1, 1, 4, 1)]


def test_two_cells_at_the_ends_of_a_sheet_do_not_take_all_memory() -> None:
    book, file = Workbook(), io.BytesIO()
    book.active["A1"] = book.active["XFD1048576"] = "x"
    book.save(file)
    with pytest.raises(TooCostly):
        read_excel(file.getvalue())
