"""时限文字: reads limits as cities write them in their tables, such as 2紧急工作时, 4小时, 两天, 半个工作日."""

from __future__ import annotations

import re
from typing import Final

from gezhi.calendars.rules.limits import Limit, Unit
from gezhi.kernel.problems import Problem

UNIT_WORDS: Final = {
    "紧急工作时": Unit.URGENT_HOUR,
    "紧急小时": Unit.URGENT_HOUR,
    "自然小时": Unit.URGENT_HOUR,
    "紧急工作日": Unit.URGENT_DAY,
    "自然日": Unit.URGENT_DAY,
    "工作小时": Unit.WORK_HOUR,
    "工作时": Unit.WORK_HOUR,
    "工作日": Unit.WORK_DAY,
    "工作天": Unit.WORK_DAY,
    "分钟": Unit.MINUTE,
    "小时": Unit.WORK_HOUR,
    "天": Unit.WORK_DAY,
    "日": Unit.WORK_DAY,
}
"""Bare 小时 and 天 mean working time in these tables [U]."""

NUMERALS: Final = {"一": 1, "二": 2, "两": 2, "三": 3, "四": 4, "五": 5, "六": 6, "七": 7, "八": 8, "九": 9}
HALVES: Final = {Unit.WORK_DAY: (4, Unit.WORK_HOUR), Unit.URGENT_DAY: (12, Unit.URGENT_HOUR)}
HALF_HOUR_MINUTES: Final = 30

DIGIT: Final = "[一二两三四五六七八九]"
LIMIT_PATTERN: Final = re.compile(rf"(\d+|半|{DIGIT}?十{DIGIT}?|{DIGIT})个?({'|'.join(UNIT_WORDS)})(?:以?内)?")


class UnreadableLimit(Problem):
    code = "calendars.limit-text.unreadable"
    status = 422
    title = "时限“{text}”无法识别，请写成“4工作时”“2工作日”“2紧急工作时”这样的形式。"
    title_en = "The limit '{text}' cannot be read: write a number and a unit as the standard's tables do."


def parse_limit(text: str, *, calendar: str) -> Limit:
    """The limit that a table cell means, or `UnreadableLimit`. Half a day is four working or twelve natural hours."""
    match = LIMIT_PATTERN.fullmatch("".join(text.split()))
    value = _number(match.group(1)) if match else 0
    if match is None or value == 0:
        raise UnreadableLimit(text=text, field="limit")
    unit = UNIT_WORDS[match.group(2)]
    if value is not None:
        return Limit(value, unit, calendar)
    if unit in HALVES:
        return Limit(*HALVES[unit], calendar)
    if unit is Unit.URGENT_HOUR:
        return Limit(HALF_HOUR_MINUTES, Unit.MINUTE, calendar)
    raise UnreadableLimit(text=text, field="limit")


def _number(text: str) -> int | None:
    """The value of digits or Chinese numerals up to 99; None for a half."""
    if text == "半":
        return None
    if text.isdigit():
        return int(text)
    tens, ten, ones = text.rpartition("十")
    return (NUMERALS.get(tens, 1) if ten else 0) * 10 + NUMERALS.get(ones, 0)
