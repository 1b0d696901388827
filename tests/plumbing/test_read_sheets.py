from __future__ import annotations

import io
from zipfile import ZIP_DEFLATED, ZipFile

import pytest
from openpyxl import Workbook  # type: ignore[import-untyped]

from gezhi.plumbing.read_sheets import MOST_BYTES, MOST_LINES, MOST_UNPACKED, TooLong, Unreadable, read_table


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
