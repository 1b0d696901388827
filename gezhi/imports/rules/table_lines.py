"""表格内容: the lines of a file as lines of a register's table: the columns that are taken, in its own words."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from gezhi.founding.rules.files.sheet_lines import Line
from gezhi.imports.rules.heads import Head
from gezhi.imports.rules.kinds import TABLE_OF, ImportKind
from gezhi.imports.rules.words import code_of

_SEVERAL = re.compile(r"[\s,，、;；]+")


def taken_lines(kind: ImportKind, lines: Sequence[Line], head_row: int, heads: Sequence[Head]) -> Iterator[Line]:
    """The header first, by the names of the table; a line whose cells are all empty is left out."""
    taken = [(at, head.column) for at, head in enumerate(heads) if head.column]
    many = {one.name for one in TABLE_OF[kind].columns if one.many}
    yield head_row, [column for _, column in taken]
    for number, cells in lines:
        if number <= head_row:
            continue
        told = [_told(kind, column, cells[at] if at < len(cells) else "", many) for at, column in taken]
        if any(told):
            yield number, told


def _told(kind: ImportKind, column: str, text: str, many: set[str]) -> str:
    if column in many:
        return " ".join(part for part in _SEVERAL.split(text) if part)
    return code_of(kind, column, text)
