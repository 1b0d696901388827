"""可再次导入的登记表: which tables a folder or a file may change after the founding, and what of a row may be changed."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from typing import Any, Final

import msgspec

from gezhi.calendars.rules.timetable import text_of_windows, windows_of_text
from gezhi.duties.rules.duty_row import WHOLE_NODE
from gezhi.founding.rules import tables
from gezhi.founding.rules.cells import Row
from gezhi.founding.rules.registers import TABLE_OF
from gezhi.founding.rules.tables import Table
from gezhi.kernel.problems import Problem

FIRST, LAST = "from", "to"


class PlannedKind(msgspec.Struct, frozen=True, kw_only=True):
    """`key` names a row for good. `dated`: a changed row ends and another follows it; the others stay the same row.

    `changing`: the columns that may change; `ends`: whether a row may end. `whole_of`: what a file names by these
    columns has afterwards the rows of the file and no others.
    """

    name: str
    file: str
    key: tuple[str, ...]
    changing: tuple[str, ...]
    dated: bool = False
    ends: bool = True
    whole_of: tuple[str, ...] = ()

    @property
    def table(self) -> Table:
        return TABLE_OF[self.file]

    @property
    def compared(self) -> tuple[str, ...]:
        return tuple(one.name for one in self.table.columns if one.name not in (*self.key, FIRST))

    @property
    def lists(self) -> frozenset[str]:
        """Columns that hold several, of which each stands for itself."""
        return frozenset(one.name for one in self.table.columns if one.many)


PLANNED: Final = {
    kind.name: kind
    for kind in (
        PlannedKind(
            name="organisations",
            file=tables.ORGANISATIONS,
            key=("key",),
            changing=("name", "name_en", "parent", LAST),
        ),
        PlannedKind(name="posts", file=tables.POSTS, key=("key",), changing=("title", "title_en", LAST)),
        PlannedKind(
            name="people",
            file=tables.PEOPLE,
            key=("username",),
            changing=("name", "posts", "phone", "language", LAST),
        ),
        PlannedKind(
            name="officers", file=tables.OFFICERS, key=("organisation", "kind", "username"), changing=(), dated=True
        ),
        PlannedKind(
            name="duties",
            file=tables.DUTIES,
            key=("edition", "kind", "classes", "area"),
            changing=("unit", "basis_kind", "basis", LAST),
            dated=True,
        ),
        PlannedKind(
            name="area_levels", file=tables.AREA_LEVELS, key=("area",), changing=("level", LAST), dated=True
        ),
        PlannedKind(
            name="holidays",
            file=tables.HOLIDAYS,
            key=("calendar", "date"),
            changing=("kind", "hours", "name"),
            ends=False,
        ),
        PlannedKind(
            name="standard_rows",
            file=tables.STANDARD_ROWS,
            key=("edition", "kind", "code", "condition", "season", "same"),
            changing=(
                *("condition_en", "defects", "limit", "limit_a", "limit_b", "limit_c", "closing", "calendar"),
                LAST,
            ),
            dated=True,
            whole_of=("edition", "kind", "code"),
        ),
    )
}  # fmt: skip
"""In the order in which they are entered; they end in the opposite one."""


def text_of(value: Any) -> str:
    """A value as it is compared: the order of several does not matter."""
    if value is None:
        return ""
    return " ".join(sorted(value)) if isinstance(value, tuple) else str(value)


def base_key(kind: PlannedKind, row: Row) -> str:
    return "/".join(text_of(row[name]) for name in kind.key)


def row_key(kind: PlannedKind, row: Row) -> str:
    """The key of a row of a file: of dated kinds with its first day, where it names one."""
    first = row.values.get(FIRST) if kind.dated else None
    return base_key(kind, row) + (f"/{first}" if first else "")


def single_rows(kind: PlannedKind, rows: Sequence[Row], edition: str) -> Iterator[Row]:
    """The rows of a table; of duties one for each class and area, in the edition that it means."""
    if kind.file == tables.HOLIDAYS:
        yield from (Row(row.number, {**row.values, "hours": _written_again(row["hours"])}) for row in rows)
        return
    if kind.file != tables.DUTIES:
        yield from rows
        return
    for row in rows:
        told = {**row.values, "edition": row["edition"] or edition}
        for selector in row["classes"]:
            for area in row["area"] or (WHOLE_NODE,):
                values = {**told, "classes": (selector,), "area": (area,) if area else ()}
                yield Row(row.number, values, begun=row.begun)


def begun_rows(kind: PlannedKind, rows: Sequence[Row], edition: str, days: Mapping[str, date]) -> list[Row]:
    """The rows with the first days of those that stand already, by their keys."""
    found = []
    for row in rows:
        single = next(single_rows(kind, [row], edition), row)
        day = days.get(row_key(kind, single), days.get(base_key(kind, single)))
        found.append(Row(row.number, row.values, day))
    return found


def _written_again(hours: str) -> str:
    """8:00-12:00 as 08:00-12:00; what is unreadable stays as it is, for the check to name."""
    try:
        return text_of_windows(windows_of_text(hours))
    except Problem:
        return hours


class Standing(msgspec.Struct, frozen=True, kw_only=True):
    """A row as a register has it, from its first to its last day. `values` are those of a table's row."""

    key: str
    values: dict[str, Any]
    first: date
    last: date | None = None
    entity: int = 0

    def text(self, column: str) -> str:
        return text_of(self.last if column == LAST else self.values.get(column))


class Applied(msgspec.Struct, frozen=True, kw_only=True):
    """A row as a folder or file last said it, and which row of the register that is. `withdrawn`: it was left out of a
    complete file, and its row ended.
    """

    key: str
    values: dict[str, str]
    entity: int = 0
    withdrawn: bool = False


class Stands(msgspec.Struct, frozen=True):
    """What a folder finds when its city is founded already: the first day of each row by kind and key, and the keys
    that its tables may name, by file.
    """

    days: Mapping[str, Mapping[str, date]]
    known: Mapping[str, set[str]]
