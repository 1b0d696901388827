"""Which unit must handle a class at a place (责任单位): the most specific row of the duty table, or none at all.

Requirement R10. The class weighs more than the area: minor before major before all; then grid before community before
street before county before city before the whole node; then the later day of effect, then the later row.
No row → None: the case is marked `unowned` (待确权), never given to a default unit.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from datetime import date

import msgspec

from gezhi.duties.rules.duty_row import EVERY_CLASS, WHOLE_NODE, DutyRowData
from gezhi.duties.rules.reason import Names, compose_reason

MOST_ALTERNATIVES = 3


class CompiledRow(msgspec.Struct, frozen=True):
    """A row with its reason written out."""

    row_id: int
    unit_id: int
    valid_from: date
    valid_to: date
    reason_zh: str
    reason_en: str


class Suggestion(msgspec.Struct, frozen=True):
    """The unit that a row names, why, and what the next rows for other units would say."""

    unit_id: int
    row_id: int
    reason_zh: str
    reason_en: str
    alternatives: tuple[Suggestion, ...] = ()


Areas = dict[str, tuple[CompiledRow, ...]]


class DutyTable:
    """The duty table (责任清单) compiled for look-up: class → area → rows, the strongest first."""

    def __init__(self, rows: Iterable[DutyRowData], names: Names) -> None:
        groups: dict[tuple[str, str, str], dict[str, list[CompiledRow]]] = defaultdict(lambda: defaultdict(list))
        for row in rows:
            groups[row.edition, row.kind, row.selector][row.area_code].append(_compile(row, names))
        self._areas_by_selector: dict[tuple[str, str, str], Areas] = {
            selector: {code: tuple(sorted(found, key=_strength, reverse=True)) for code, found in areas.items()}
            for selector, areas in groups.items()
        }
        self._areas_by_class: dict[str, tuple[Areas, ...]] = {}

    def areas_of(self, class_key: str) -> tuple[Areas, ...]:
        """What stands for the minor class, its major class and all classes, in this order; nothing where the class is
        still open.
        """
        if not class_key:
            return ()
        held = self._areas_by_class.get(class_key)
        if held is None:
            edition, kind, code = class_key.split("-")
            selectors = (code, code[:2], EVERY_CLASS)
            every = (self._areas_by_selector.get((edition, kind, selector)) for selector in selectors)
            held = self._areas_by_class[class_key] = tuple(areas for areas in every if areas is not None)
        return held


def find_unit(table: DutyTable, class_key: str, *, codes: Sequence[str | None], on: date) -> Suggestion | None:
    """The responsible unit of a class at a place on a day; `codes` from the grid up to the city."""
    rows = _matching(table, class_key, codes, on)
    best = next(rows, None)
    if best is None:
        return None
    others: list[Suggestion] = []
    units = {best.unit_id}
    for row in rows:
        if row.unit_id not in units:
            units.add(row.unit_id)
            others.append(Suggestion(row.unit_id, row.row_id, row.reason_zh, row.reason_en))
            if len(others) == MOST_ALTERNATIVES:
                break
    return Suggestion(best.unit_id, best.row_id, best.reason_zh, best.reason_en, tuple(others))


def _matching(table: DutyTable, class_key: str, codes: Sequence[str | None], on: date) -> Iterator[CompiledRow]:
    """The rows in force that answer, the strongest first."""
    for areas in table.areas_of(class_key):
        for code in (*codes, WHOLE_NODE):
            if code is not None and code in areas:
                for row in areas[code]:
                    if row.valid_from <= on <= row.valid_to:
                        yield row


def _compile(row: DutyRowData, names: Names) -> CompiledRow:
    reason_zh, reason_en = compose_reason(row, names)
    return CompiledRow(row.row_id, row.unit_id, row.valid_from, row.valid_to or date.max, reason_zh, reason_en)


def _strength(row: CompiledRow) -> tuple[date, int]:
    return row.valid_from, row.row_id
