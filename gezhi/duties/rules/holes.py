"""Holes of the duty table (责任空白): classes in force for which some street has no responsible unit.

Requirement R10: every category and area has one.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date

import msgspec

from gezhi.duties.rules.assign_unit import DutyTable, find_unit


class Hole(msgspec.Struct, frozen=True, order=True):
    """Nobody answers for this class in the whole of this street."""

    class_key: str
    street_code: str


def find_holes(
    table: DutyTable, class_keys: Iterable[str], streets: Mapping[str, Sequence[str]], *, on: date
) -> list[Hole]:
    """Every hole, in order. `streets`: each street with the codes above it.

    Surprising: a row for a part of a street fills nothing.
    """
    return [
        Hole(class_key, street)
        for class_key in sorted(class_keys)
        for street, above in sorted(streets.items())
        if find_unit(table, class_key, codes=(street, *above), on=on) is None
    ]
