"""大类与小类: the entries of the class tables."""

from __future__ import annotations

from datetime import date

import msgspec

from gezhi.calendars.rules.limits import Limit
from gezhi.catalog.rules.standard_row import ConditionWord, in_force


class MajorEntry(msgspec.Struct, frozen=True):
    """A major class (大类), with the limit and closing conditions for its minors that have no row."""

    edition: str
    kind: str
    code: str
    name: str
    name_en: str
    default_limit: Limit
    default_closing: tuple[ConditionWord, ...]
    local: bool = False


class ClassEntry(msgspec.Struct, frozen=True):
    """A minor class (小类): what a case is about. Local ones are a city's own, outside national statistics."""

    key: str
    edition: str
    kind: str
    code: str
    name: str
    name_en: str
    major_code: str
    major_name: str
    major_name_en: str
    local: bool = False
    confidence: str = "sourced"
    valid_from: date = date.min
    valid_to: date | None = None

    def is_offered(self, on: date | None = None) -> bool:
        """A number whose name nobody recovered stays hidden; a class that has ended, or not begun, is only looked up.
        Without a day: whether it has no end.
        """
        return bool(self.name) and in_force(self, on)
