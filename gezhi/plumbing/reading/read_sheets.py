"""导入表格: a table that somebody sends, as rows of cells: Excel (.xlsx, .xls) or CSV in UTF-8 or GB 18030."""

from __future__ import annotations

import csv
import io
import re
from typing import Any
from zipfile import BadZipFile, ZipFile

from python_calamine import CalamineError, CalamineWorkbook

from gezhi.kernel.contents import Sheet
from gezhi.kernel.problems import Problem
from gezhi.kernel.words import is_storable
from gezhi.plumbing.reading.apart import apart

MOST_LINES = 20_000
MOST_COLUMNS = 50
MOST_BYTES = 2 * 2**20
MOST_UNPACKED = 64 * 2**20
ZIPPED, COMPOUND = b"PK\x03\x04", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_FIRST_SHEET = re.compile(rb'<sheet\b[^>]*\br:id="([^"]+)"')
_TARGET = rb'<Relationship\b(?=[^>]*\bId="%s")[^>]*\bTarget="(?:/xl/)?([^"]+)"'
_ERROR = re.compile(rb'<c\s(?=[^>]*\bt="e")[^>]*\br="([A-Z]{1,3})(\d{1,7})"[^>]*>(?:(?!</c>).)*?<v>([^<]*)', re.DOTALL)


class Unreadable(Problem):
    code = "plumbing.read-sheets.unreadable"
    status = 422
    title = "无法读取这个文件，请使用 Excel（.xlsx）或 CSV 格式。"
    title_en = "This file cannot be read; use Excel (.xlsx) or CSV."


class TooLong(Problem):
    code = "plumbing.read-sheets.too-long"
    status = 422
    title = "一次最多导入 {most} 行、{megabytes} MB，请分批导入。"
    title_en = "At most {most} lines and {megabytes} MB at once; import it in parts."


def read_table(content: bytes) -> list[tuple[Any, ...]]:
    """The rows of the first sheet."""
    if len(content) > MOST_BYTES:
        raise _too_long()
    if content.startswith((ZIPPED, COMPOUND)):
        if unpacked_bytes(content) > MOST_UNPACKED:
            raise _too_long()
        rows = _bounded([_without_tail(row) for row in read_excel(content).rows])
    else:
        rows = _read_csv(content)
    if not all(is_storable(cell) for row in rows for cell in row if isinstance(cell, str)):
        raise Unreadable(field="file")
    return rows


def read_excel(content: bytes) -> Sheet:
    """The first sheet of a workbook. Whole numbers come as such, days as days; what shows an error is its text."""
    return apart(read_workbook, content)


def read_workbook(content: bytes) -> Sheet:
    """As `read_excel`, in this process."""
    try:
        book = CalamineWorkbook.from_filelike(io.BytesIO(content))
        sheet = book.get_sheet_by_index(0)
        rows = [[_cell(cell) for cell in row] for row in sheet.to_python(skip_empty_area=False)]
        merged = [(*first, *last) for first, last in sheet.merged_cell_ranges or ()]
        for row, column, text in _errors(content):
            if row < len(rows) and column < len(rows[row]):
                rows[row][column] = text
    except (CalamineError, BadZipFile, KeyError, ValueError, IndexError, OSError) as bad:
        raise Unreadable(field="file") from bad
    return Sheet(rows, merged)


def unpacked_bytes(content: bytes) -> int:
    """How large the parts of a zipped file are in sum; 0 where it is not zipped."""
    if not content.startswith(ZIPPED):
        return 0
    try:
        with ZipFile(io.BytesIO(content)) as packed:
            return sum(part.file_size for part in packed.infolist())
    except BadZipFile as bad:
        raise Unreadable(field="file") from bad


def _cell(cell: Any) -> Any:
    if cell == "":
        return None
    return int(cell) if isinstance(cell, float) and cell.is_integer() else cell


def _errors(content: bytes) -> list[tuple[int, int, str]]:
    """Cells that show #N/A or the like, which only the file itself tells apart from empty ones."""
    if not content.startswith(ZIPPED):
        return []
    with ZipFile(io.BytesIO(content)) as packed:
        first = _FIRST_SHEET.search(packed.read("xl/workbook.xml"))
        target = first and re.search(_TARGET % re.escape(first[1]), packed.read("xl/_rels/workbook.xml.rels"))
        sheet = packed.read(f"xl/{target[1].decode()}") if target else b""
    return [(int(row) - 1, _column(letters), text.decode()) for letters, row, text in _ERROR.findall(sheet)]


def _column(letters: bytes) -> int:
    number = 0
    for letter in letters:
        number = number * 26 + letter - ord("A") + 1
    return number - 1


def _without_tail(row: list[Any]) -> tuple[Any, ...]:
    width = max((at for at, cell in enumerate(row[:MOST_COLUMNS], 1) if cell is not None), default=0)
    return tuple(row[:width])


def _read_csv(content: bytes) -> list[tuple[Any, ...]]:
    for encoding in ("utf-8-sig", "gb18030"):
        try:
            text = content.decode(encoding)
        except UnicodeDecodeError:
            continue
        try:
            return _bounded([tuple(row[:MOST_COLUMNS]) for row in csv.reader(io.StringIO(text))])
        except csv.Error as bad:
            raise Unreadable(field="file") from bad
    raise Unreadable(field="file")


def _bounded(rows: list[tuple[Any, ...]]) -> list[tuple[Any, ...]]:
    if len(rows) > MOST_LINES:
        raise _too_long()
    return rows


def _too_long() -> TooLong:
    return TooLong(field="file", most=MOST_LINES, megabytes=MOST_BYTES // 2**20)
