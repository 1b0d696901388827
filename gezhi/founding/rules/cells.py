"""单元格: the rows of a table read into values, and everything that a row shows to be wrong without looking elsewhere."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from datetime import date
from typing import Any

import msgspec

from gezhi.founding.rules.csv_rows import Unreadable, rows_of
from gezhi.founding.rules.findings import Findings
from gezhi.founding.rules.tables import Column, Table

_DAY = re.compile(r"(\d{4})[-/.年](\d{1,2})[-/.月](\d{1,2})日?")


class Row(msgspec.Struct, frozen=True):
    """A row with its number. Values are text, a day or None, a whole number, or several texts, as the column says.
    `begun`: the first day of one that stands already.
    """

    number: int
    values: dict[str, Any]
    begun: date | None = None

    def __getitem__(self, column: str) -> Any:
        return self.values[column]


def day_of_text(text: str) -> date | None:
    """The day that is written as 2027-01-31, 2027/1/31 or 2027年1月31日; None where it is none."""
    match = _DAY.fullmatch(text)
    try:
        return date(*map(int, match.groups())) if match else None
    except ValueError:
        return None


def read_table(table: Table, text: str, findings: Findings) -> list[Row] | None:
    """The rows of a table, faulty ones too; None where it cannot be read as this table."""
    try:
        return read_lines(table, rows_of(text), findings)
    except Unreadable as problem:
        reason = problem.details["reason"]
        findings.add("file.malformed", table.file, row=problem.details["row"], value=reason)
        return None


def read_lines(table: Table, lines: Iterator[tuple[int, list[str]]], findings: Findings) -> list[Row] | None:
    """The same of lines with their numbers; the first is the header."""
    _, header = next(lines, (1, []))
    if not _is_header(table, header, findings):
        return None
    rows: list[Row] = []
    for number, cells in lines:
        if surplus := [cell for cell in cells[len(header) :] if cell]:
            findings.add("row.too-long", table.file, row=number, value=surplus[0])
        given = dict(zip(header, cells, strict=False))
        rows.append(Row(number, {one.name: _value(one, given, table, number, findings) for one in table.columns}))
    _find_doubles(table, rows, findings)
    return rows


def _is_header(table: Table, header: list[str], findings: Findings) -> bool:
    known = [column.name for column in table.columns]
    needed = [column.name for column in table.columns if column.needed]
    for name in sorted({name for name in header if header.count(name) > 1}):
        findings.add("column.twice", table.file, row=1, column=name)
    for name in dict.fromkeys(header):
        if name not in known:
            findings.add("column.unknown", table.file, row=1, column=name, known="、".join(known))
    missing = [name for name in needed if name not in header]
    for name in missing:
        findings.add("column.missing", table.file, row=1, column=name)
    return not missing


def _value(column: Column, given: dict[str, str], table: Table, number: int, findings: Findings) -> Any:
    text = given.get(column.name, "")

    def wrong(code: str, **details: object) -> None:
        findings.add(code, table.file, row=number, column=column.name, value=text, **details)

    if column.needed and not text:
        wrong("cell.missing")
    if len(text) > column.most:
        wrong("cell.too-long", most=column.most)
    if column.words and text and text not in column.words:
        wrong("cell.unknown-word", known="、".join(column.words))
    if column.day:
        day = day_of_text(text)
        if text and day is None:
            wrong("cell.bad-date")
        return day
    if column.whole:
        if text and not (text.isascii() and text.isdigit() and int(text)):
            wrong("cell.bad-number")
            return None
        return int(text) if text else None
    return tuple(text.split()) if column.many else text


def _find_doubles(table: Table, rows: list[Row], findings: Findings) -> None:
    first: dict[tuple[Any, ...], int] = {}
    for row in rows if table.key else ():
        key = tuple(row[name] for name in table.key)
        before = first.setdefault(key, row.number)
        if before != row.number and any(key):
            value = " ".join(str(part) for part in key if part is not None)
            findings.add("key.twice", table.file, row=row.number, column=table.key[0], value=value, first=before)


def spans_of(table: Table, rows: Sequence[Row], effective: date) -> Iterator[tuple[Row, date, date | None]]:
    """Every row of a table with its first and last day; rows without a first day begin when the city does."""
    first, last = table.span
    for row in rows:
        yield row, row.values.get(first) or row.begun or effective, row.values.get(last)
