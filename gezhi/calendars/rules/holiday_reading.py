"""读取结果: what a notice or a table says of a year, and whatever in it contradicts itself or is missing."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date
from enum import StrEnum
from typing import Any, Final

import msgspec

from gezhi.calendars.rules.year_plan import PlannedDay

SEVEN: Final = ("元旦", "春节", "清明", "劳动", "端午", "中秋", "国庆")
"""Words that name the holidays of every year (全国年节及纪念日放假办法)."""
WEEKDAYS: Final = "一二三四五六日"


class Fault(StrEnum):
    NOTHING = "nothing"
    OTHER_YEAR = "other-year"
    NOT_NAMED = "not-named"
    NO_SUCH_DAY = "no-such-day"
    BACKWARDS = "backwards"
    COUNT = "count"
    WEEKDAY = "weekday"
    TWICE = "twice"
    BOTH = "both"
    UNREAD = "unread"
    BAD_ROW = "bad-row"


FAULTS: Final[dict[Fault, tuple[str, str]]] = {
    Fault.NOTHING: (
        "没有读出节假日：通知应写明节日和日期，如“一、元旦：1月1日（周五）放假1天”。",
        "No holiday was found: the text names each with its days, as the notices do.",
    ),
    Fault.OTHER_YEAR: (
        "这是 {told} 年的安排，不是 {year} 年的。",
        "This is the arrangement of {told}, not of {year}.",
    ),
    Fault.NOT_NAMED: ("没有提到{holiday}。", "{holiday} is not named."),
    Fault.NO_SUCH_DAY: ("没有“{told}”这一天。", "There is no day “{told}”."),
    Fault.BACKWARDS: (
        "“{told}”的终止日期早于起始日期，或者间隔过长。",
        "“{told}” ends before it begins, or is too long.",
    ),
    Fault.COUNT: (
        "{holiday}写明共 {told} 天，列出的日期却有 {days} 天：“{sentence}”。",
        "{holiday} is said to have {told} days, yet {days} are listed: “{sentence}”.",
    ),
    Fault.WEEKDAY: (
        "{day} 是星期{weekday}，写成了星期{told}。",
        "{day} is written as another weekday ({told}) than it is ({weekday}).",
    ),
    Fault.TWICE: ("{day} 列了两次。", "{day} is listed twice."),
    Fault.BOTH: ("{day} 既放假又上班。", "{day} is both off and worked."),
    Fault.UNREAD: (
        "没有读懂 {day} 放假还是上班：“{sentence}”。",
        "Whether {day} is off or worked was not understood: “{sentence}”.",
    ),
    Fault.BAD_ROW: (
        "第 {row} 行没有读懂：需要日期，以及“放假”或“上班”。",
        "Row {row} was not understood: it needs a date, and off or work.",
    ),
}


class Finding(msgspec.Struct, frozen=True):
    """One thing that cannot be, in words; the day that it is about, where it is about one."""

    fault: Fault
    zh: str
    en: str
    day: date | None = None


class Reading(msgspec.Struct, frozen=True, kw_only=True):
    """The days in their order. `basis`: the number of the notice, where the text has it."""

    days: tuple[PlannedDay, ...] = ()
    basis: str = ""
    findings: tuple[Finding, ...] = ()


def finding(fault: Fault, *, day: date | None = None, **values: Any) -> Finding:
    zh, en = FAULTS[fault]
    told = {**values, "day": day}
    return Finding(fault, zh.format(**told), en.format(**told), day)


def find_twice(days: Iterable[PlannedDay]) -> Iterator[Finding]:
    """Days that are listed twice, or as off and as worked."""
    seen: dict[date, PlannedDay] = {}
    for one in days:
        before = seen.setdefault(one.on, one)
        if before is not one:
            yield finding(Fault.TWICE if before.worked is one.worked else Fault.BOTH, day=one.on)


def find_unnamed(names: str) -> Iterator[Finding]:
    """Holidays of every year that none of these names mentions."""
    told = names.replace("五一", "劳动")
    return (finding(Fault.NOT_NAMED, holiday=word) for word in SEVEN if word not in told)


def in_order(days: Iterable[PlannedDay]) -> tuple[PlannedDay, ...]:
    """Each day once, the first that names it."""
    first: dict[date, PlannedDay] = {}
    for one in days:
        first.setdefault(one.on, one)
    return tuple(first[on] for on in sorted(first))
