"""The level of an area (区域等级 A/B/C): important areas may have shorter limits.

GB/T 30428.8-2020: the handling limit may differ by area. The smallest area with a level wins.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from datetime import date

import msgspec

from gezhi.kernel.problems import Problem

LEVELS = ("A", "B", "C")


class AreaLevelRow(msgspec.Struct, frozen=True, kw_only=True):
    """A region or a grid has a level from a day to a day, both included."""

    area_code: str
    level: str
    valid_from: date
    valid_to: date | None = None


class UnknownLevel(Problem):
    code = "duties.area-level.unknown"
    status = 422
    title = "区域等级“{level}”应为 A、B 或 C。"
    title_en = "The area level “{level}” must be A, B or C."


class AreaLevels:
    """All levels by area, the later day of effect first."""

    def __init__(self, rows: Iterable[AreaLevelRow]) -> None:
        groups: dict[str, list[AreaLevelRow]] = defaultdict(list)
        for row in sorted(rows, key=lambda row: row.valid_from, reverse=True):
            groups[row.area_code].append(row)
        self.by_area = dict(groups)


def check_level(row: AreaLevelRow) -> None:
    if row.level not in LEVELS:
        raise UnknownLevel(field="level", level=row.level)


def level_of(levels: AreaLevels, codes: Sequence[str | None], on: date) -> str | None:
    """The level at a place on a day; `codes` from the grid up to the city. None: no area there has one."""
    for code in codes:
        for row in levels.by_area.get(code, ()) if code else ():
            if row.valid_from <= on and (row.valid_to is None or on <= row.valid_to):
                return row.level
    return None
