"""单元格: the rows of a table read into values, and everything that a row shows to be wrong without looking elsewhere."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from datetime import date
from typing import Any

import msgspec

from gezhi.founding.rules.csv_rows import Unreadable, rows_of
from gezhi.founding.rules.findings import Findings
from gezhi.founding.rules.forms import FORMS
from gezhi.founding.rules.tables import Column, Table

_UNSEEN = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff]")
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

    def wrong(code: str, value: str = text, **details: object) -> None:
        findings.add(code, table.file, row=number, column=column.name, value=value, **details)

    for code, details in _faults_of_text(column, text):
        wrong(code, **details)
    if column.day:
        day = day_of_text(text)
        if text and day is None:
            wrong("cell.bad-date")
        return day
    if column.whole:
        return int(text) if text and _is_whole(text) else None
    if not column.many:
        return text
    words = text.split()
    if twice := next((word for at, word in enumerate(words) if word in words[:at]), None):
        wrong("cell.repeated", twice)
    return tuple(dict.fromkeys(words))


def _faults_of_text(column: Column, text: str) -> Iterator[tuple[str, dict[str, Any]]]:
    if column.needed and not text:
        yield "cell.missing", {}
    if len(text) > column.most:
        yield "cell.too-long", {"most": column.most}
    elif _UNSEEN.search(text):
        yield "cell.unseen", {}
    elif column.form and text and not (form := FORMS[column.form]).fits(text):
        yield "cell.bad-form", {"form_zh": form.zh, "form_en": form.en}
    if column.words and text and text not in column.words:
        yield "cell.unknown-word", {"known": "、".join(column.words)}
    if column.whole and text and not _is_whole(text):
        yield "cell.bad-number", {}


def _is_whole(text: str) -> bool:
    return text.isascii() and text.isdigit() and int(text) > 0


def _find_doubles(table: Table, rows: list[Row], findings: Findings) -> None:
    first: dict[tuple[Any, ...], int] = {}
    for row in rows if table.key else ():
        key = tuple(row[name] for name in table.key)
        before = first.setdefault(tuple(part.casefold() if isinstance(part, str) else part for part in key), row.number)
        if before != row.number and any(key):
            value = " ".join(str(part) for part in key if part is not None)
            findings.add("key.twice", table.file, row=row.number, column=table.key[0], value=value, first=before)


def spans_of(table: Table, rows: Sequence[Row], effective: date) -> Iterator[tuple[Row, date, date | None]]:
    """Every row of a table with its first and last day; rows without a first day begin when the city does."""
    first, last = table.span
    for row in rows:
        yield row, row.values.get(first) or row.begun or effective, row.values.get(last)
