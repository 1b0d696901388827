"""整组为准: of what a file names whole, such as a class with its standard rows, the rows that it does not name end."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date, timedelta
from typing import Any

from gezhi.founding.rules.cells import Row
from gezhi.founding.rules.changes.plan import Act, PlannedRow
from gezhi.founding.rules.changes.planned_kinds import PlannedKind, Standing, text_of

DAY = timedelta(days=1)


def rows_beside(
    kind: PlannedKind,
    rows: Sequence[Row],
    planned: Iterable[PlannedRow],
    unnamed: Iterable[Standing],
    *,
    on: date,
) -> Iterator[tuple[Standing, date]]:
    """Of the rows that a file does not name those that stand beside its own, and their last day: the one before the
    first new one begins. What is yet to begin stays.
    """

    def whole(values: Mapping[str, Any]) -> tuple[str, ...]:
        return tuple(text_of(values[name]) for name in kind.whole_of)

    named = {whole(row.values) for row in rows}
    begins: dict[tuple[str, ...], date] = {}
    for row in planned:
        if row.act is Act.ADD and row.row is not None:
            place = whole(row.row.values)
            begins[place] = min(row.on, begins.get(place, row.on))
    for standing in unnamed:
        place = whole(standing.values)
        if place in named and standing.first <= on and (standing.last is None or standing.last >= on):
            yield standing, max(begins.get(place, on) - DAY, on - DAY, standing.first)
