"""批量期限计算: the same deadlines as `WorkingCalendar.add`, for whole columns of starts at once."""

from __future__ import annotations

from typing import Any

import numpy as np
import numpy.typing as npt

from gezhi.calendars.rules.limits import NATURAL_SECONDS, Unit
from gezhi.calendars.rules.working_calendar import OutsideCalendar, WorkingCalendar
from gezhi.kernel.moments import DAY_S

Seconds = npt.NDArray[np.int64]
Flags = npt.NDArray[np.bool_]


class BulkCalendar:
    """A compiled calendar as columns. Build it once per batch."""

    def __init__(self, calendar: WorkingCalendar) -> None:
        self.calendar = calendar
        self.opens = _column(calendar.opens)
        self.seconds_before = _column(calendar.seconds_before)
        self.day_numbers = _column(calendar.day_numbers)
        self.day_seconds_before = _column(calendar.day_seconds_before)
        self.day_lengths = np.diff(self.day_seconds_before)
        self.day_ticks_before = _column(calendar.day_ticks_before)
        self.day_counts = np.diff(self.day_ticks_before)
        first, last = calendar.starts_at, calendar.ends_at
        self.windows_by_day = np.searchsorted(self.opens, np.arange(first, last + DAY_S, DAY_S))
        self.windows_a_day = int(np.diff(self.windows_by_day).max())

    def add_many(self, starts: Seconds, unit: Unit, ticks: Seconds | int) -> tuple[Seconds, Flags]:
        """Due moments and whether each is provisional (暂定), in the order of the starts."""
        if unit in NATURAL_SECONDS:
            return starts + ticks, np.zeros(len(starts), dtype=np.bool_)
        if unit is Unit.WORK_HOUR:
            due = self._moments_of(self._worked_by(starts) + ticks)
        else:
            due = self._moments_of(self._worked_of(self._started_by(starts) + ticks))
        given = np.asarray(ticks)
        due = np.where((given == 0) | ((given > 0) & (due < starts)), starts, due)
        swap = self.calendar.swap_from
        return due, (due >= self.calendar.provisional_from) | ((starts < swap + 2 * DAY_S) & (due >= swap))

    def _worked_by(self, moments: Seconds) -> Seconds:
        self._check(moments)
        at = self._window_of(moments)
        before = self.seconds_before
        worked: Seconds = np.minimum(before[at] + moments - self.opens[at], before[at + 1])
        return np.maximum(worked, 0)

    def _window_of(self, moments: Seconds) -> Seconds:
        """The last window opened by each moment: those before its day, then the few of its day one by one."""
        day = (moments - self.calendar.starts_at) // DAY_S
        base = self.windows_by_day[day]
        at = base - 1
        for number in range(self.windows_a_day):
            following = np.minimum(base + number, len(self.opens) - 1)
            at = at + ((base + number < len(self.opens)) & (self.opens[following] <= moments))
        return np.maximum(at, 0)

    def _moments_of(self, worked: Seconds) -> Seconds:
        if len(worked) and not 0 <= worked.min() <= worked.max() <= self.calendar.seconds_before[-1]:
            raise OutsideCalendar(calendar=self.calendar.name)
        at = np.maximum(np.searchsorted(self.seconds_before, worked) - 1, 0)
        return self.opens[at] + worked - self.seconds_before[at]

    def _ticks_of(self, worked: Seconds) -> Seconds:
        if self.calendar.even_days:
            return worked
        at = np.searchsorted(self.day_seconds_before, worked, side="right")
        at = np.minimum(at, len(self.day_numbers)) - 1
        into = worked - self.day_seconds_before[at]
        return self.day_ticks_before[at] - (-into * self.day_counts[at] // self.day_lengths[at])

    def _worked_of(self, ticks: Seconds) -> Seconds:
        if self.calendar.even_days:
            return ticks
        if len(ticks) and not 0 <= ticks.min() <= ticks.max() <= self.day_ticks_before[-1]:
            raise OutsideCalendar(calendar=self.calendar.name)
        at = np.maximum(np.searchsorted(self.day_ticks_before, ticks) - 1, 0)
        into = ticks - self.day_ticks_before[at]
        return self.day_seconds_before[at] + into * self.day_lengths[at] // self.day_counts[at]

    def _started_by(self, starts: Seconds) -> Seconds:
        calendar = self.calendar
        if not calendar.end_of_business:
            return self._ticks_of(self._worked_by(starts))
        self._check(starts)
        days = (starts + calendar.zone_offset_s) // DAY_S
        return self.day_ticks_before[np.searchsorted(self.day_numbers, days, side="right")]

    def _check(self, moments: Seconds) -> None:
        if len(moments) and not self.calendar.starts_at <= moments.min() <= moments.max() < self.calendar.ends_at:
            raise OutsideCalendar(calendar=self.calendar.name)


def _column(values: list[int]) -> Seconds:
    column: np.ndarray[Any, np.dtype[np.int64]] = np.array(values, dtype=np.int64)
    return column
