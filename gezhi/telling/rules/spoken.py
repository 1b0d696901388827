"""说法: names and moments as they are said in notices and texts, in Chinese and English."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime, timedelta

import msgspec

from gezhi.calendars.rules.office_days import day_of
from gezhi.kernel.moments import CHINA_OFFSET_S, DAY_S
from gezhi.notices.rules.news import Words

MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")

MATTER_OF_HOURS_S = 2 * DAY_S


class Names(msgspec.Struct, frozen=True):
    """What rules ask for by id: a unit's name, a class's name, the number of another case."""

    unit: Callable[[int], Words]
    class_: Callable[[str], Words]
    case_no: Callable[[str], str]


def say_day(moment: int) -> Words:
    """2026年9月3日 · 3 Sep 2026."""
    day = day_of(moment)
    return Words(f"{day.year}年{day.month}月{day.day}日", f"{day.day} {MONTHS[day.month - 1]} {day.year}")


def say_moment(moment: int) -> Words:
    """2026年9月3日17:00 · 3 Sep 2026 17:00."""
    local = datetime.fromtimestamp(moment, tz=UTC) + timedelta(seconds=CHINA_OFFSET_S)
    day, time = say_day(moment), f"{local:%H:%M}"
    return Words(f"{day.zh}{time}", f"{day.en} {time}")


def say_until(moment: int, *, now: int) -> Words:
    """A deadline: with its hour where it is a matter of hours."""
    return say_moment(moment) if moment - now < MATTER_OF_HOURS_S else say_day(moment)
