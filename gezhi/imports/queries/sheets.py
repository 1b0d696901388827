"""Rows of the sheets that go out: what stands in a register, and the rows of a file with what was found beside each."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from typing import Any, NamedTuple

import msgspec

from gezhi.founding.queries.registers import read_registers
from gezhi.founding.rules.changes.planned_kinds import FIRST, LAST, Standing
from gezhi.imports.models import ImportRun
from gezhi.imports.queries import get_content, list_findings
from gezhi.imports.queries.lines import read_lines
from gezhi.imports.rules.heads import Head
from gezhi.imports.rules.kinds import SHAPES, ImportKind
from gezhi.imports.rules.words import word_of
from gezhi.people.queries import day_of
from gezhi.plumbing.sheets import MOST_ROWS

ExportRow = dict[str, str]


class FoundRow(NamedTuple):
    """A row of a file: its number, what was found in it, its cells."""

    number: int
    found: str
    cells: list[str]


def standing_rows(kind: ImportKind, *, now: int) -> Iterator[ExportRow]:
    """What stands now or will, as the rows of a table; duties of one unit in one area on one line."""
    on = day_of(now)
    standing = [one for one in read_registers([kind], on=on).standing[kind] if one.last is None or one.last >= on]
    for values in _joined(standing) if kind is ImportKind.DUTIES else (_values(one) for one in standing):
        yield {column: word_of(kind, column, _text(value)) for column, value in values.items()}


def found_rows(run: ImportRun) -> Iterator[FoundRow]:
    """Every row of the file; of one with more than a sheet holds those with findings."""
    found: dict[int, list[str]] = defaultdict(list)
    for one in list_findings(run.id):
        where = f"{one.column}：" if one.column else ""
        found[one.row or 0].append(f"{where}{one.says['zh']}；{one.cure['zh']}")
    if 0 in found:
        yield FoundRow(0, "\n".join(found[0]), [])
    if ImportKind(run.kind) in SHAPES:
        yield from (FoundRow(number, "\n".join(told), []) for number, told in sorted(found.items()) if number)
        return
    lines = [line for line in read_lines(get_content(run)) if line[0] > run.head_row]
    for number, cells in lines:
        if number in found or len(lines) < MOST_ROWS:
            yield FoundRow(number, "\n".join(found.get(number, ())), cells)


def heads_of(run: ImportRun) -> list[Head]:
    return msgspec.convert(run.heads, list[Head])


def _values(one: Standing) -> dict[str, Any]:
    return {**one.values, FIRST: one.values.get(FIRST, one.first), LAST: one.last}


def _joined(standing: Iterable[Standing]) -> Iterator[dict[str, Any]]:
    together: dict[tuple[Any, ...], dict[str, Any]] = {}
    for one in standing:
        values = _values(one)
        key = tuple(value for name, value in values.items() if name != "classes")
        if key in together:
            together[key]["classes"] += values["classes"]
        else:
            together[key] = values
    yield from together.values()


def _text(value: Any) -> str:
    if isinstance(value, tuple):
        return " ".join(value)
    return "" if value is None else str(value)
