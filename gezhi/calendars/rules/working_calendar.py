"""期限计算: adds a limit to a moment and measures the working time between two moments.

All is whole seconds and whole ticks. A tick is a second, natural or working. For work days a tick is a working second
stretched so that **every work day counts the same number of ticks**, the length of the shortest weekday: "the same
position N working days later" then is one addition, and `add` and `elapsed` are exact inverses, pauses included.
A single date cut shorter than that by an own row counts for what it is: half a day for half a day.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from typing import Final

import msgspec

from gezhi.calendars.rules.limits import NATURAL_SECONDS, Limit, LimitNotPositive, Unit
from gezhi.kernel.moments import DAY_S, HOUR_S
from gezhi.kernel.problems import Problem

NEVER: Final = 1 << 62


class CalendarNeverOpens(Problem):
    code = "calendars.working-calendar.never-opens"
    status = 422
    title = "日历“{calendar}”没有任何工作时间，期限永远不会到期，请先设置作息时间。"
    title_en = "Calendar '{calendar}' has no working time at all: set its timetable first."


class OutsideCalendar(Problem):
    code = "calendars.working-calendar.outside-span"
    status = 422
    title = "所算时间超出日历“{calendar}”已编排的年份，请核对日期，或由管理员延长日历。"
    title_en = "The time reckoned lies outside the years laid out in calendar '{calendar}'."


class Deadline(msgspec.Struct, frozen=True):
    """When a limit passes; provisional (暂定) while the holidays of that year are not published, and where the
    limit runs over the weekend before it, which the notice may have worked.
    """

    due: int
    provisional: bool


class WorkingCalendar(msgspec.Struct, frozen=True):
    """A compiled calendar (工作日历), built by `compile_calendar`. Sorted lists; a `*_before` ends with the total."""

    name: str
    opens: list[int]
    seconds_before: list[int]
    day_numbers: list[int]
    day_seconds_before: list[int]
    day_ticks_before: list[int]
    day_ticks: int
    even_days: bool
    end_of_business: bool
    zone_offset_s: int
    starts_at: int
    ends_at: int
    provisional_from: int
    swap_from: int

    def __repr__(self) -> str:
        """Short: a failing law prints its calendar, and the lists have thousands of numbers."""
        return f"WorkingCalendar({self.name!r})"

    def ticks(self, limit: Limit) -> int:
        """How many ticks a limit grants."""
        if limit.value <= 0:
            raise LimitNotPositive(value=limit.value, field="value")
        if limit.unit is Unit.WORK_DAY:
            return limit.value * self.day_ticks
        return limit.value * NATURAL_SECONDS.get(limit.unit, HOUR_S)

    def add(self, start: int, unit: Unit, ticks: int) -> Deadline:
        """The first moment by which `ticks` have passed since `start` (截止时间).

        A start outside working time counts from the next opening, so nothing falls due while everyone is away.
        No ticks left ends at once; a negative rest (a clock resumed late) ends before the start.
        """
        if unit in NATURAL_SECONDS:
            return Deadline(start + ticks, provisional=False)
        if unit is Unit.WORK_HOUR:
            due = self._moment_of(self._worked_by(start) + ticks)
        else:
            due = self._moment_of(self._worked_of(self._started_by(start) + ticks))
        if ticks == 0 or (ticks > 0 and due < start):  # stretched ticks round: without it, none left took a second
            due = start
        over_weekend = start < self.swap_from + 2 * DAY_S and due >= self.swap_from
        return Deadline(due, due >= self.provisional_from or over_weekend)

    def deadline(self, start: int, limit: Limit) -> Deadline:
        """When this limit, begun at `start`, passes."""
        return self.add(start, limit.unit, self.ticks(limit))

    def elapsed(self, start: int, end: int, unit: Unit) -> int:
        """Ticks used between two moments (已用时限); negative when `end` lies before `start`."""
        if unit is not Unit.WORK_DAY or not self.end_of_business:
            return self.measure(start, end, unit)
        passed = self._ticks_of(self._worked_by(end)) - self._started_by(start)
        return max(0, passed) if end >= start else passed

    def measure(self, start: int, end: int, unit: Unit) -> int:
        """Ticks between two moments, whatever the work-day rule: what is left of a deadline."""
        if unit in NATURAL_SECONDS:
            return end - start
        worked, before = self._worked_by(end), self._worked_by(start)
        return worked - before if unit is Unit.WORK_HOUR else self._ticks_of(worked) - self._ticks_of(before)

    def is_open(self, moment: int) -> bool:
        """Whether the moment lies inside a working period."""
        at = bisect_right(self.opens, moment) - 1
        return at >= 0 and moment - self.opens[at] < self.seconds_before[at + 1] - self.seconds_before[at]

    def _worked_by(self, moment: int) -> int:
        """Working seconds from the start of the calendar to the moment."""
        if not self.starts_at <= moment < self.ends_at:
            raise OutsideCalendar(calendar=self.name)
        at = bisect_right(self.opens, moment) - 1
        if at < 0:
            return 0
        before = self.seconds_before
        return min(before[at] + moment - self.opens[at], before[at + 1])

    def _moment_of(self, worked: int) -> int:
        """The first moment by which so many seconds are worked: a full period ends at its closing."""
        at = bisect_left(self.seconds_before, worked) - 1
        if at < 0 and worked == 0:
            return self.opens[0]
        if not 0 <= at < len(self.opens):
            raise OutsideCalendar(calendar=self.name)
        return self.opens[at] + worked - self.seconds_before[at]

    def _ticks_of(self, worked: int) -> int:
        """Work-day ticks of so many working seconds: each day stretched to the same count, begun ticks whole."""
        if self.even_days:
            return worked
        at = min(bisect_right(self.day_seconds_before, worked), len(self.day_numbers)) - 1
        length = self.day_seconds_before[at + 1] - self.day_seconds_before[at]
        counts = self.day_ticks_before[at + 1] - self.day_ticks_before[at]
        into = worked - self.day_seconds_before[at]
        return self.day_ticks_before[at] - (-into * counts // length)

    def _worked_of(self, ticks: int) -> int:
        """Working seconds of so many work-day ticks; inverse of `_ticks_of`."""
        if self.even_days or ticks == 0:
            return ticks
        at = bisect_left(self.day_ticks_before, ticks) - 1
        if not 0 <= at < len(self.day_numbers):
            raise OutsideCalendar(calendar=self.name)
        length = self.day_seconds_before[at + 1] - self.day_seconds_before[at]
        counts = self.day_ticks_before[at + 1] - self.day_ticks_before[at]
        return self.day_seconds_before[at] + (ticks - self.day_ticks_before[at]) * length // counts

    def _started_by(self, start: int) -> int:
        """The tick from which work days count: the start itself, or the end of its day (当日不计)."""
        if not self.end_of_business:
            return self._ticks_of(self._worked_by(start))
        if not self.starts_at <= start < self.ends_at:
            raise OutsideCalendar(calendar=self.name)
        return self.day_ticks_before[bisect_right(self.day_numbers, (start + self.zone_offset_s) // DAY_S)]
