"""机构承接: a unit that is merged, split or dissolved goes on, from a day, in the bodies that take its place.

What stands keeps the old unit's name; open work, rows of the duty table and the right to see and to appeal go over.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from uuid import UUID

import msgspec


class RowShare(msgspec.Struct, frozen=True):
    """拆分: a row of the duty table that goes to another successor than most."""

    row: int
    successor: int


class UnitSuccession(msgspec.Struct, frozen=True):
    """承接安排 of one unit; successor 0: it goes on by itself. Several units merge by an arrangement each."""

    unit: int
    successor: int = 0
    rows: tuple[RowShare, ...] = ()

    @property
    def successors(self) -> tuple[int, ...]:
        return tuple(dict.fromkeys((self.successor, *(share.successor for share in self.rows))))

    def successor_of_case(self, named: int | None) -> int:
        """拆分: whom of the successors the duty table of the day names for the case, else the first."""
        return named if named is not None and named in self.successors else self.successor

    def successor_of_row(self, row: int) -> int:
        return next((share.successor for share in self.rows if share.row == row), self.successor)


class SuccessionFacts(msgspec.Struct, frozen=True):
    """承接: an arrangement that was settled, and whether everything has been handed over."""

    id: UUID
    arranged: UnitSuccession
    on: date
    reason: str = ""
    is_carried_out: bool = False


def heir_of(unit: int, successions: Iterable[SuccessionFacts], day: date) -> int:
    """The unit, or who stands in its place on this day; of one that was split the first."""
    begun = {one.arranged.unit: one.arranged.successor for one in successions if one.on <= day}
    while unit in begun:
        unit = begun[unit]
    return unit


def with_predecessors(units: Iterable[int], successions: Iterable[SuccessionFacts], day: date) -> tuple[int, ...]:
    """The units, and those in whose place they stand on this day; ids in order."""
    begun = [one.arranged for one in successions if one.on <= day]
    found = list(dict.fromkeys(units))
    for unit in found:
        found.extend(one.unit for one in begun if unit in one.successors and one.unit not in found)
    return tuple(sorted(found))
