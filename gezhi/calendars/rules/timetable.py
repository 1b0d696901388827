"""作息时间表: several working periods a day, by weekday, over a span of dates and a season of the year."""

from __future__ import annotations

import re
from datetime import date
from itertools import pairwise
from typing import Final

import msgspec

from gezhi.kernel.moments import DAY_S
from gezhi.kernel.problems import Problem


class WindowsOutOfOrder(Problem):
    code = "calendars.timetable.windows-out-of-order"
    status = 422
    title = "作息时段有误：每个时段须在 0 点至 24 点之间、起早于止，且按先后排列、互不重叠（{windows}）。"
    title_en = "Working periods must lie between 0:00 and 24:00, begin before they end, in order and apart ({windows})."


class UnreadableWindows(Problem):
    code = "calendars.timetable.unreadable-windows"
    status = 422
    title = "作息时段“{text}”无法识别，请写成“08:00-12:00 14:00-18:00”这样的形式；休息则留空。"
    title_en = (
        "The working periods '{text}' cannot be read: write them like '08:00-12:00 14:00-18:00', nothing for a day off."
    )


WINDOW_PATTERN: Final = re.compile(r"(\d{1,2}):(\d{2})[-–](\d{1,2}):(\d{2})")


class Window(msgspec.Struct, frozen=True, order=True):
    """One working period of a day (时段), in seconds after midnight. Work over midnight is two windows."""

    opens: int
    closes: int


Windows = tuple[Window, ...]
"""The periods of one day, in order."""


class Season(msgspec.Struct, frozen=True):
    """The part of every year in which a timetable holds (夏令 / 冬令), both days included; it may run over New Year."""

    first: tuple[int, int]
    last: tuple[int, int]

    def holds_on(self, day: date) -> bool:
        month_day = (day.month, day.day)
        if self.first <= self.last:
            return self.first <= month_day <= self.last
        return month_day >= self.first or month_day <= self.last


class Timetable(msgspec.Struct, frozen=True):
    """Working periods of the seven weekdays (Monday first) between two dates, in a season or all year."""

    name: str
    weekdays: tuple[Windows, ...]
    valid_from: date = date.min
    valid_to: date | None = None
    season: Season | None = None

    def holds_on(self, day: date) -> bool:
        if day < self.valid_from or (self.valid_to is not None and day > self.valid_to):
            return False
        return self.season is None or self.season.holds_on(day)


def timetable_on(timetables: tuple[Timetable, ...], day: date) -> Timetable | None:
    """The timetable of a date: one of a season goes before one of all year, then the one that began last."""
    holding = [table for table in timetables if table.holds_on(day)]
    return max(holding, key=lambda table: (table.season is not None, table.valid_from), default=None)


def length_of(windows: Windows) -> int:
    """How many seconds are worked."""
    return sum(window.closes - window.opens for window in windows)


def check_windows(windows: Windows) -> None:
    """Refuse periods that leave the day, end before they begin or overlap."""
    inside = all(0 <= window.opens < window.closes <= DAY_S for window in windows)
    apart = all(a.closes <= b.opens for a, b in pairwise(windows))
    if not (inside and apart):
        raise WindowsOutOfOrder(windows=text_of_windows(windows), field="windows")


def windows_of_text(text: str) -> Windows:
    """The periods of a day as people write them, checked: 08:00-12:00 14:00-18:00."""
    windows = []
    for word in text.split():
        match = WINDOW_PATTERN.fullmatch(word)
        if match is None:
            raise UnreadableWindows(text=text, field="windows")
        open_hour, open_minute, close_hour, close_minute = map(int, match.groups())
        windows.append(Window(open_hour * 3600 + open_minute * 60, close_hour * 3600 + close_minute * 60))
    check_windows(tuple(windows))
    return tuple(windows)


def text_of_windows(windows: Windows) -> str:
    """The same periods written again."""
    return " ".join(f"{_clock(window.opens)}-{_clock(window.closes)}" for window in windows)


def _clock(second: int) -> str:
    return f"{second // 3600:02}:{second % 3600 // 60:02}"
