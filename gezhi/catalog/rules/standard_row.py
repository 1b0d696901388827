"""立案、处置和结案标准行: filing condition, limit and closing conditions; the limit hangs on the row, not on the class.

GB/T 30428.8-2020.
"""

from __future__ import annotations

from datetime import date
from typing import Protocol

import msgspec

from gezhi.calendars.rules.limits import Limit
from gezhi.kernel.searching import fold


class Dated(Protocol):
    """What holds between two dates."""

    @property
    def valid_from(self) -> date: ...

    @property
    def valid_to(self) -> date | None: ...


class ConditionWord(msgspec.Struct, frozen=True):
    """A code of the standard's vocabulary with its texts: a defect (缺陷) or a closing condition (结案条件)."""

    code: str
    zh: str
    en: str


class LevelLimit(msgspec.Struct, frozen=True):
    """A row's own limit for areas of one level (区域等级 A, B, C), between two dates."""

    level: str
    limit: Limit
    valid_from: date = date.min
    valid_to: date | None = None


class StandardRow(msgspec.Struct, frozen=True):
    """One row of a class. `closing` is the checklist that a passed inspection ticks off, condition by condition.

    `season` names when the work can be done at all (planting: 种植季). `derived_from` names the row of another edition
    that this one was taken over from.
    """

    key: str
    class_key: str
    condition_zh: str
    condition_en: str
    limit: Limit
    closing: tuple[ConditionWord, ...]
    defect_codes: tuple[str, ...] = ()
    level_limits: tuple[LevelLimit, ...] = ()
    is_gap_default: bool = False
    local: bool = False
    confidence: str = "sourced"
    season: str = ""
    derived_from: str = ""
    valid_from: date = date.min
    valid_to: date | None = None

    @property
    def closing_codes(self) -> tuple[str, ...]:
        return tuple(word.code for word in self.closing)


def in_force(thing: Dated, on: date | None) -> bool:
    """Whether a dated row holds on a day; without a day, whether it holds without an end."""
    if on is None:
        return thing.valid_to is None
    return thing.valid_from <= on and (thing.valid_to is None or on <= thing.valid_to)


def limit_of_row(row: StandardRow, area_level: str | None, on: date | None = None) -> Limit:
    """处置时限: the row's limit at this area level, the row's own where the level has none."""
    own = (each for each in row.level_limits if each.level == area_level and in_force(each, on))
    return next((each.limit for each in own), row.limit)


def plain(text: str) -> str:
    """How conditions are compared: half width, without blanks and the stop at the end."""
    return "".join(fold(text).split()).strip(".。")
