"""逐格比较: a row of a file, the row of the register, and what was last applied, compared cell by cell.

Changed in the file only: applied. Changed in the register only: kept, and told. Changed on both sides: asked. An empty
cell wants nothing; of a cell that holds several, each is compared by itself.
"""

from __future__ import annotations

import msgspec

from gezhi.founding.rules.cells import Row
from gezhi.founding.rules.changes.plan import Cell
from gezhi.founding.rules.changes.planned_kinds import Applied, PlannedKind, Standing, text_of


class Comparison(msgspec.Struct):
    changed: list[Cell]
    kept: list[Cell]
    asked: list[tuple[Cell, str]]


def compare(kind: PlannedKind, row: Row, before: Applied | None, standing: Standing) -> Comparison:
    """Cell by cell: what the file changes, what the register keeps, what was changed on both sides."""
    found = Comparison([], [], [])
    for name in kind.compared:
        if row[name] in (None, "", ()):
            continue
        wanted, here = text_of(row[name]), standing.text(name)
        last = None if before is None else before.values.get(name)
        if name in kind.lists:
            merged = _merged(wanted, last, here)
            if merged != here:
                found.changed.append(Cell(name, here, merged))
            elif wanted != here:
                found.kept.append(Cell(name, here, wanted))
        elif wanted == here:
            continue
        elif last is None or here == last:
            found.changed.append(Cell(name, here, wanted))
        elif wanted == last:
            found.kept.append(Cell(name, here, wanted))
        else:
            found.asked.append((Cell(name, here, wanted), last))
    return found


def _merged(wanted: str, last: str | None, here: str) -> str:
    """Several values with what the file has more than it last had, and without what it has less."""
    new, before = set(wanted.split()), set((last or "").split())
    return " ".join(sorted((set(here.split()) | (new - before)) - (before - new)))
