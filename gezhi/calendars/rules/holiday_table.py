"""节假日表格: the days of a year as a table: one day a row, or a span from a day to a day."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from datetime import date, datetime, timedelta
from typing import Any, Final

from gezhi.calendars.rules.holiday_reading import Fault, Reading, find_twice, finding, in_order
from gezhi.calendars.rules.year_plan import PlannedDay

ONE_DAY: Final = timedelta(days=1)
LONGEST: Final = 31
HEADS: Final[dict[str, tuple[str, ...]]] = {
    "first": ("日期", "开始日期", "起始日期", "第一天", "date", "day", "first", "from"),
    "last": ("结束日期", "终止日期", "截止日期", "最后一天", "last", "to"),
    "kind": ("安排", "类型", "类别", "放假或上班", "kind", "type"),
    "name": ("节日", "节假日", "名称", "假日", "name", "holiday"),
}
"""What a column is called; the first line holds these heads."""
OFF: Final = frozenset({"放假", "休", "休息", "补休", "调休", "假日", "节假日", "off", "holiday"})
WORKED: Final = frozenset({"上班", "班", "工作", "工作日", "调休上班", "补班", "work", "workday"})
_DAY = re.compile(r"(\d{4})[-/.年](\d{1,2})[-/.月](\d{1,2})日?(?:T?00:00(?::00)?)?|(\d{4})(\d{2})(\d{2})")


def read_holiday_table(rows: Sequence[Sequence[Any]]) -> Reading:
    """The days of the rows; one that is not understood is named by its number, the line of heads being the first."""
    columns = _columns(rows[0]) if rows else {}
    if not {"first", "kind"} <= columns.keys():
        return Reading(findings=(finding(Fault.BAD_ROW, row=1),))
    days: list[PlannedDay] = []
    findings = []
    for number, row in enumerate(rows[1:], 2):
        cells = {head: row[at] if at < len(row) else None for head, at in columns.items()}
        if any(_text(cell) for cell in cells.values()):
            planned = _planned(cells)
            days += planned
            findings += [] if planned else [finding(Fault.BAD_ROW, row=number)]
    return Reading(days=in_order(days), findings=(*findings, *find_twice(days)))


def _columns(heads: Iterable[Any]) -> dict[str, int]:
    written = [_text(head).lower() for head in heads]
    return {head: next(at for at, word in enumerate(written) if word in words) for head, words in HEADS.items()
            if any(word in words for word in written)}  # fmt: skip


def _planned(cells: dict[str, Any]) -> list[PlannedDay]:
    first, kind = _day(cells["first"]), _text(cells["kind"]).lower()
    last = _day(cells["last"]) if _text(cells.get("last")) else first
    if first is None or last is None or kind not in OFF | WORKED or not first <= last <= first + LONGEST * ONE_DAY:
        return []
    days = (first + at * ONE_DAY for at in range((last - first).days + 1))
    return [PlannedDay(day, worked=kind in WORKED, name=_text(cells.get("name"))[:60]) for day in days]


def _day(cell: Any) -> date | None:
    """A cell of Excel is a moment, one of CSV is text."""
    if isinstance(cell, datetime):
        return cell.date()
    if isinstance(cell, date):
        return cell
    match = _DAY.fullmatch(_text(cell))
    try:
        return date(*(int(part) for part in match.groups() if part)) if match else None
    except ValueError:
        return None


def _text(cell: Any) -> str:
    return "" if cell is None else "".join(str(cell).split()) if not isinstance(cell, (date, datetime)) else str(cell)
