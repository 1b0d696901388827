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

from gezhi.duties.rules.duty_row import EVERY_CLASS, WHOLE_NODE, DutyRowData, parse_selector
from gezhi.duties.rules.reason import Names, compose_reason

MOST_ALTERNATIVES = 3


class Suggestion(msgspec.Struct, frozen=True):
    """The unit that a row names, why, and what the next rows for other units would say."""

    unit_id: int
    row_id: int
    reason_zh: str
    reason_en: str
    alternatives: tuple[Suggestion, ...] = ()


Slot = tuple[str, str, str]
"""Edition, kind and selector."""
Areas = dict[str, tuple[DutyRowData, ...]]


class DutyTable:
    """The duty table (责任清单) compiled for look-up: class → area → rows, the strongest first."""

    def __init__(self, rows: Iterable[DutyRowData], names: Names) -> None:
        groups: dict[Slot, dict[str, list[DutyRowData]]] = defaultdict(lambda: defaultdict(list))
        for row in rows:
            groups[row.edition, row.kind, row.selector][row.area_code].append(row)
        self.names = names
        self.areas_by_slot: dict[Slot, Areas] = {
            slot: {code: _strongest_first(found) for code, found in areas.items()} for slot, areas in groups.items()
        }
        every = (row for areas in self.areas_by_slot.values() for rows in areas.values() for row in rows)
        self.first_day = min((row.valid_from for row in every), default=None)
        self._areas_by_class: dict[str, tuple[Areas, ...]] = {}

    def areas_of(self, class_key: str) -> tuple[Areas, ...]:
        """What stands for the minor class, its major class and all classes, in this order; nothing where the class is
        still open. Of the key of a major class what stands for it and all classes.
        """
        if not class_key:
            return ()
        held = self._areas_by_class.get(class_key)
        if held is None:
            edition, kind, code = class_key.split("-")
            selectors = dict.fromkeys((code, code[:2], EVERY_CLASS))
            every = (self.areas_by_slot.get((edition, kind, selector)) for selector in selectors)
            held = self._areas_by_class[class_key] = tuple(areas for areas in every if areas is not None)
        return held

    def own_rows(self, class_key: str, area_code: str, on: date) -> list[DutyRowData]:
        """The rows in force of this very class (or major class, or '*') and area, the strongest first."""
        areas = self.areas_by_slot.get(parse_selector(class_key), {})
        return [row for row in areas.get(area_code, ()) if is_in_force(row, on)]


def find_unit(table: DutyTable, class_key: str, *, codes: Sequence[str | None], on: date) -> Suggestion | None:
    """The responsible unit of a class at a place on a day; `codes` from the grid up to the city."""
    rows = matching_rows(table, class_key, codes, on)
    best = next(rows, None)
    if best is None:
        return None
    others: list[DutyRowData] = []
    units = {best.unit_id}
    for row in rows:
        if row.unit_id not in units:
            units.add(row.unit_id)
            others.append(row)
            if len(others) == MOST_ALTERNATIVES:
                break
    alternatives = tuple(_suggestion(row, table.names) for row in others)
    return msgspec.structs.replace(_suggestion(best, table.names), alternatives=alternatives)


def find_row(table: DutyTable, class_key: str, *, codes: Sequence[str | None], on: date) -> DutyRowData | None:
    """The row that answers, without its reason in words."""
    return next(matching_rows(table, class_key, codes, on), None)


def matching_rows(
    table: DutyTable, class_key: str, codes: Sequence[str | None], on: date | None
) -> Iterator[DutyRowData]:
    """The rows that answer on a day, or on any, the strongest first."""
    for areas in table.areas_of(class_key):
        for code in (*codes, WHOLE_NODE):
            if code is not None and code in areas:
                for row in areas[code]:
                    if on is None or is_in_force(row, on):
                        yield row


def is_in_force(row: DutyRowData, on: date) -> bool:
    return row.valid_from <= on and (row.valid_to is None or on <= row.valid_to)


def _suggestion(row: DutyRowData, names: Names) -> Suggestion:
    return Suggestion(row.unit_id, row.row_id, *compose_reason(row, names))


def _strongest_first(rows: list[DutyRowData]) -> tuple[DutyRowData, ...]:
    return tuple(sorted(rows, key=_strength, reverse=True)) if len(rows) > 1 else tuple(rows)


def _strength(row: DutyRowData) -> tuple[date, int]:
    return row.valid_from, row.row_id
