"""时限文字: a limit as a table writes it: 2紧急工作时, 4小时, 3个工作日. Plain hours and days are working ones."""

from __future__ import annotations

import re
from enum import StrEnum
from typing import Final

from gezhi.calendars.rules.limits import UNIT_NAMES, Limit, Unit
from gezhi.kernel.searching import fold

MOST: Final = 999
UNITS: Final = {
    **{"".join(name.split()): unit for unit, names in UNIT_NAMES.items() for name in names},
    "分": Unit.MINUTE,
    "紧急小时": Unit.URGENT_HOUR,
    "紧急工作小时": Unit.URGENT_HOUR,
    "紧急日": Unit.URGENT_DAY,
    "紧急天": Unit.URGENT_DAY,
    "小时": Unit.WORK_HOUR,
    "时": Unit.WORK_HOUR,
    "工作小时": Unit.WORK_HOUR,
    "天": Unit.WORK_DAY,
    "日": Unit.WORK_DAY,
    "工作天": Unit.WORK_DAY,
}
_NUMERALS: Final = {word: value for value, word in enumerate("一二三四五六七八九十", 1)} | {
    "两": 2, "十二": 12, "十五": 15, "二十": 20, "二十四": 24, "三十": 30,
}  # fmt: skip
_LIMIT = re.compile(r"(?:不超过|<=|≤)?(\d+|[一二两三四五六七八九十]+)个?(\D*?)(?:以?内)?")


class LimitFault(StrEnum):
    """Why a text is no limit."""

    UNREADABLE = "limit.unreadable"
    NO_UNIT = "limit.no-unit"
    NOT_POSITIVE = "limit.not-positive"
    TOO_LONG = "limit.too-long"


def limit_of_text(text: str, *, calendar: str) -> Limit | LimitFault:
    """The limit that a text means, or why it is none."""
    match = _LIMIT.fullmatch("".join(fold(text).split()))
    if match is None:
        return LimitFault.UNREADABLE
    number, word = match.groups()
    value = int(number) if number.isdecimal() else _NUMERALS.get(number)
    if not word and value is not None:
        return LimitFault.NO_UNIT
    if value is None or word not in UNITS:
        return LimitFault.UNREADABLE
    if not value:
        return LimitFault.NOT_POSITIVE
    return Limit(value, UNITS[word], calendar) if value <= MOST else LimitFault.TOO_LONG


def text_of_limit(limit: Limit) -> str:
    """The limit as a table writes it: 2紧急工作时."""
    return f"{limit.value}{UNIT_NAMES[limit.unit][0]}"
