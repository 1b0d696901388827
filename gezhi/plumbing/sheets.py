"""台账表格: rows as an Excel sheet, written row by row so that fifty thousand of them need little memory."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from datetime import datetime
from io import BytesIO
from itertools import islice
from typing import IO, Any, Generic, NamedTuple, TypeVar
from urllib.parse import quote

from django.http import FileResponse
from django.utils.timezone import get_default_timezone
from xlsxwriter import Workbook
from xlsxwriter.format import Format
from xlsxwriter.worksheet import Worksheet

from gezhi.kernel.problems import Problem
from gezhi.plumbing.doors import answers_file
from gezhi.plumbing.limits.heavy import setting_slot
from gezhi.plumbing.shapes import moment

SHEET = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
OPENAPI = answers_file(SHEET)
MOST_ROWS = 50_000
AT_ONCE = 1_000
LONGEST_TEXT = 32_767  # of a cell
HEADS_AT = 2  # title, what it holds, then the heads
Value = str | int | float | datetime | None
T = TypeVar("T")


class TooManyRows(Problem):
    code = "plumbing.sheets.too-many-rows"
    status = 422
    title = "符合条件的记录超过 {most} 条，一张表放不下；请缩短时间范围或按单位分别导出。"
    title_en = "More than {most} rows fit these filters; choose a shorter period or one unit."


class Column(NamedTuple, Generic[T]):
    """One column: its head, its width in characters, and the value of a row."""

    head: str
    width: int
    value: Callable[[T], Value]
    form: str = "plain"


def in_batches(rows: Iterable[T], shown: Callable[[list[T]], Iterable[Any]]) -> Iterable[Any]:
    """Rows as they go out, a thousand at a time: what each batch needs beside itself is one statement."""
    left = iter(rows)
    while batch := list(islice(left, AT_ONCE)):
        yield from shown(batch)


def answer_sheet(
    title: str, columns: Sequence[Column[T]], rows: Iterable[T], *, now: int, asked_by: str, filters: str = ""
) -> FileResponse:
    """The sheet as the answer to a request; `filters`: a sentence that says what it is narrowed by."""
    made = f"{filters}导出：{asked_by or '系统'}，{wall_time(now):%Y-%m-%d %H:%M}"
    with setting_slot():
        sheet = _sheet(title, made, columns, rows)
    response = FileResponse(sheet, content_type=SHEET)
    name = quote(f"{title}-{wall_time(now):%Y%m%d}.xlsx")
    response["Content-Disposition"] = f"attachment; filename*=UTF-8''{name}"
    return response


def _sheet(title: str, made: str, columns: Sequence[Column[T]], rows: Iterable[T]) -> IO[bytes]:
    file = BytesIO()
    book = Workbook(file, {"constant_memory": True, "strings_to_formulas": False, "strings_to_urls": False})
    sheet, forms = book.add_worksheet(title), _forms(book)
    sheet.set_row(0, 28)
    sheet.write_string(0, 0, title, forms["title"])
    sheet.write_string(1, 0, made)
    for at, column in enumerate(columns):
        sheet.set_column(at, at, column.width)
        sheet.write_string(HEADS_AT, at, column.head, forms["head"])
    last = HEADS_AT
    for last, row in enumerate(rows, HEADS_AT + 1):
        if last - HEADS_AT > MOST_ROWS:
            book.close()  # removes its temporary files
            raise TooManyRows(most=MOST_ROWS)
        for at, column in enumerate(columns):
            _write(sheet, (last, at), column.value(row), forms, column.form)
    sheet.freeze_panes(HEADS_AT + 1, 1)
    sheet.autofilter(HEADS_AT, 0, last, len(columns) - 1)
    sheet.set_landscape()
    sheet.fit_to_pages(1, 0)
    sheet.repeat_rows(HEADS_AT)
    book.close()
    file.seek(0)
    return file


def _forms(book: Workbook) -> dict[str, Format]:
    top = {"valign": "top", "text_wrap": True}
    return {
        "title": book.add_format({"bold": True, "font_size": 16}),
        "head": book.add_format({"bold": True, "bottom": 1, "bg_color": "#ECEEF2", **top}),
        "plain": book.add_format(top),
        "moment": book.add_format({"num_format": "yyyy-mm-dd hh:mm", "align": "left", "valign": "top"}),
        "per_cent": book.add_format({"num_format": "0.0%", "valign": "top"}),
    }


def wall_time(at: datetime | int) -> datetime:
    """A moment as the clock on the wall shows it; a sheet knows no time zones."""
    known = moment(at) if isinstance(at, int) else at
    return known.astimezone(get_default_timezone()).replace(tzinfo=None)


def _write(sheet: Worksheet, at: tuple[int, int], value: Value, forms: dict[str, Format], form: str) -> None:
    """Words always as words: what begins with “=” is no formula."""
    match value:
        case None:
            sheet.write_blank(*at, None, forms["plain"])
        case str():
            sheet.write_string(*at, value[:LONGEST_TEXT], forms["plain"])
        case datetime():
            sheet.write_datetime(*at, wall_time(value), forms["moment"])
        case _:
            sheet.write_number(*at, value, forms[form])
