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
REGION_DIGITS = (6, 9, 12)


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
    """The duty table (责任清单) compiled for look-up: class → area → rows, the strongest first. `shared`: classes and
    areas that several rows speak for; `starts` and `ends`: the first and last days that occur.
    """

    def __init__(self, rows: Iterable[DutyRowData], names: Names) -> None:
        groups: dict[Slot, dict[str, list[DutyRowData]]] = defaultdict(lambda: defaultdict(list))
        for row in rows:
            groups[row.edition, row.kind, row.selector][row.area_code].append(row)
        self.names = names
        self.areas_by_slot: dict[Slot, Areas] = {
            slot: {code: _strongest_first(found) for code, found in areas.items()} for slot, areas in groups.items()
        }
        self.shared = [
            (slot, code) for slot, areas in groups.items() for code, found in areas.items() if len(found) > 1
        ]
        every = [row for areas in groups.values() for found in areas.values() for row in found]
        self.starts = {row.valid_from for row in every}
        self.ends = {row.valid_to for row in every if row.valid_to is not None}
        self.first_day = min(self.starts, default=None)
        self.rows_by_unit: dict[int, list[DutyRowData]] = defaultdict(list)
        for row in every:
            self.rows_by_unit[row.unit_id].append(row)
        self._parts: dict[Slot, dict[str, list[str]]] = {}
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

    def parts_of(self, class_key: str, area_code: str) -> Iterator[DutyRowData]:
        """The rows of any day for areas that lie in this one, of the minor class, its major class and all classes."""
        edition, kind, code = class_key.split("-")
        for selector in dict.fromkeys((code, code[:2], EVERY_CLASS)):
            slot = edition, kind, selector
            areas = self.areas_by_slot.get(slot)
            if areas is None:
                continue
            parts = self._parts.get(slot)
            if parts is None:
                parts = self._parts[slot] = _by_beginning(areas)
            for part in parts.get(area_code, ()):
                yield from areas[part]


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


def _by_beginning(areas: Areas) -> dict[str, list[str]]:
    """The codes of a table's areas by the counties, streets and communities that they lie in."""
    found: dict[str, list[str]] = defaultdict(list)
    for code in areas:
        for digits in REGION_DIGITS:
            if digits < len(code):
                found[code[:digits]].append(code)
    return found


def _strongest_first(rows: list[DutyRowData]) -> tuple[DutyRowData, ...]:
    return tuple(sorted(rows, key=_strength, reverse=True)) if len(rows) > 1 else tuple(rows)


def _strength(row: DutyRowData) -> tuple[date, int]:
    return row.valid_from, row.row_id
