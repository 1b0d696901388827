"""全部工作日历: all named calendars of a version, as a process holds them."""

from __future__ import annotations

from collections.abc import Mapping

import msgspec

from gezhi.calendars.rules.limits import Limit
from gezhi.calendars.rules.working_calendar import Deadline, WorkingCalendar
from gezhi.kernel.problems import Problem


class UnknownCalendar(Problem):
    code = "calendars.calendars.unknown"
    status = 422
    title = "没有名为“{calendar}”的工作日历，请先建立，或改用已有的日历。"
    title_en = "There is no working calendar named '{calendar}'."


class Calendars(msgspec.Struct, frozen=True):
    """Named calendars, compiled."""

    by_name: Mapping[str, WorkingCalendar]

    def named(self, name: str) -> WorkingCalendar:
        """The calendar of this name, or `UnknownCalendar`."""
        try:
            return self.by_name[name]
        except KeyError:
            raise UnknownCalendar(calendar=name, field="calendar") from None

    def deadline(self, start: int, limit: Limit) -> Deadline:
        """When a limit begun at `start` passes, by the calendar that the limit names."""
        return self.named(limit.calendar).deadline(start, limit)
