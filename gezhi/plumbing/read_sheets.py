"""导入表格: a table that somebody sends, as rows of cells: Excel (.xlsx) or CSV in UTF-8 or GB 18030."""

from __future__ import annotations

import csv
import io
from typing import Any
from zipfile import BadZipFile, ZipFile

from openpyxl import load_workbook  # type: ignore[import-untyped]
from openpyxl.utils.exceptions import InvalidFileException  # type: ignore[import-untyped]

from gezhi.kernel.problems import Problem
from gezhi.kernel.words import is_storable

MOST_LINES = 20_000
MOST_COLUMNS = 50
MOST_BYTES = 2 * 2**20
MOST_UNPACKED = 64 * 2**20
ZIPPED = b"PK\x03\x04"


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
    rows = _read_excel(content) if content.startswith(ZIPPED) else _read_csv(content)
    if not all(is_storable(cell) for row in rows for cell in row if isinstance(cell, str)):
        raise Unreadable(field="file")
    return rows


def _read_excel(content: bytes) -> list[tuple[Any, ...]]:
    try:
        with ZipFile(io.BytesIO(content)) as packed:
            if sum(part.file_size for part in packed.infolist()) > MOST_UNPACKED:
                raise _too_long()
        book = load_workbook(io.BytesIO(content), read_only=True, data_only=True, keep_links=False)
        sheet = book.worksheets[0]
        sheet.reset_dimensions()
        cells = sheet.iter_rows(max_row=MOST_LINES + 1, max_col=MOST_COLUMNS, values_only=True)
        rows = [_without_tail(row) for row in cells]
    except (BadZipFile, InvalidFileException, KeyError, ValueError, IndexError, SyntaxError, OSError, TypeError) as bad:
        raise Unreadable(field="file") from bad
    return _bounded(rows)


def _without_tail(row: tuple[Any, ...]) -> tuple[Any, ...]:
    """A sheet is as wide as was asked for."""
    width = max((at for at, cell in enumerate(row, 1) if cell is not None), default=0)
    return row[:width]


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
