"""台账表格: rows of a register as an Excel sheet, written row by row so that a large one needs little memory."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from datetime import UTC, datetime, timedelta
from io import BytesIO
from itertools import islice
from typing import Any, Generic, NamedTuple, TypeVar
from urllib.parse import quote

from django.http import FileResponse
from xlsxwriter import Workbook
from xlsxwriter.worksheet import Worksheet

from gezhi.calendars.rules.office_days import day_of
from gezhi.kernel.moments import CHINA_OFFSET_S
from gezhi.kernel.problems import Problem
from gezhi.supervision.api.schemas import CaseOut, RegisterWordOut

SHEET = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
OPENAPI: dict[str, Any] = {
    "responses": {
        200: {
            "description": "The register as an Excel sheet",
            "content": {SHEET: {"schema": {"type": "string", "format": "binary"}}},
        }
    }
}
MOST_ROWS = 50_000
AT_ONCE = 1_000
LONGEST_TEXT = 32_767  # of a cell
HEADS_AT = 2  # title, who asked, then the heads
Value = str | int | float | datetime | RegisterWordOut | None
T = TypeVar("T")


class TooManyRows(Problem):
    code = "supervision.sheet.too-many-rows"
    status = 422
    title = "符合条件的记录超过 {most} 条，一张表放不下；请缩短时间范围或按单位分别导出。"
    title_en = "More than {most} rows fit these filters; choose a shorter period or one unit."


class Column(NamedTuple, Generic[T]):
    """One column: its head, its width in characters, and the value of a row."""

    head: str
    width: int
    value: Callable[[T], Value]


def case_columns() -> tuple[Column[Any], ...]:
    """What every ledger says of the case behind a row (its attribute `case`)."""

    def of(read: Callable[[CaseOut], Value]) -> Callable[[Any], Value]:
        def value(row: Any) -> Value:
            return read(row.case) if row.case is not None else ""

        return value

    return (
        Column("案件编号", 22, of(lambda one: one.no)),
        Column("类别", 14, of(lambda one: one.class_.name if one.class_ is not None else "")),
        Column("地点", 26, of(lambda one: one.place)),
        Column("案件状态", 10, of(lambda one: one.status)),
    )


def in_batches(rows: Iterable[T], shown: Callable[[list[T]], Iterable[Any]]) -> Iterable[Any]:
    """Rows as they go out, a thousand at a time: the cases of each batch are one statement."""
    left = iter(rows)
    while batch := list(islice(left, AT_ONCE)):
        yield from shown(batch)


def answer_sheet(
    title: str, columns: Sequence[Column[T]], rows: Iterable[T], *, now: int, asked_by: str
) -> FileResponse:
    """The sheet as the answer to a request."""
    file = BytesIO()
    book = Workbook(file, {"constant_memory": True, "strings_to_formulas": False, "strings_to_urls": False})
    sheet, top = book.add_worksheet(title), {"valign": "top", "text_wrap": True}
    forms = {
        "title": book.add_format({"bold": True, "font_size": 16}),
        "head": book.add_format({"bold": True, "bottom": 1, "bg_color": "#ECEEF2", **top}),
        "plain": book.add_format(top),
        "moment": book.add_format({"num_format": "yyyy-mm-dd hh:mm", "align": "left", "valign": "top"}),
    }
    sheet.set_row(0, 28)
    sheet.write_string(0, 0, title, forms["title"])
    sheet.write_string(1, 0, f"导出：{asked_by or '系统'}，{_wall(datetime.fromtimestamp(now, UTC)):%Y-%m-%d %H:%M}")
    for at, column in enumerate(columns):
        sheet.set_column(at, at, column.width)
        sheet.write_string(HEADS_AT, at, column.head, forms["head"])
    last = HEADS_AT
    for last, row in enumerate(rows, HEADS_AT + 1):
        if last - HEADS_AT > MOST_ROWS:
            book.close()  # removes its temporary files
            raise TooManyRows(most=MOST_ROWS)
        for at, column in enumerate(columns):
            _write(sheet, (last, at), column.value(row), forms)
    sheet.freeze_panes(HEADS_AT + 1, 1)
    sheet.autofilter(HEADS_AT, 0, last, len(columns) - 1)
    sheet.set_landscape()
    sheet.fit_to_pages(1, 0)
    sheet.repeat_rows(HEADS_AT)
    book.close()
    file.seek(0)
    response = FileResponse(file, content_type=SHEET)
    response["Content-Disposition"] = f"attachment; filename*=UTF-8''{quote(f'{title}-{day_of(now):%Y%m%d}.xlsx')}"
    return response


def _wall(at: datetime) -> datetime:
    """A moment as the clock on the wall shows it; a sheet knows no time zones."""
    return at.astimezone(UTC).replace(tzinfo=None) + timedelta(seconds=CHINA_OFFSET_S)


def _write(sheet: Worksheet, at: tuple[int, int], value: Value, forms: dict[str, Any]) -> None:
    """Words always as words: what begins with “=” is no formula."""
    match value:
        case None:
            sheet.write_blank(*at, None, forms["plain"])
        case RegisterWordOut():
            sheet.write_string(*at, value.zh, forms["plain"])
        case str():
            sheet.write_string(*at, value[:LONGEST_TEXT], forms["plain"])
        case datetime():
            sheet.write_datetime(*at, _wall(value), forms["moment"])
        case _:
            sheet.write_number(*at, value, forms["plain"])
