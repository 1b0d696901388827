"""节假日表: the days of holidays.csv laid over the calendars of the folder and over shipped ones."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence

import msgspec

from gezhi.calendars.rules.office_days import CalendarDefinition, DayKind, DayOverride
from gezhi.calendars.rules.timetable import windows_of_text
from gezhi.founding.rules.cells import Row
from gezhi.founding.rules.findings import Findings
from gezhi.founding.rules.tables import HOLIDAYS
from gezhi.kernel.problems import Problem


def check_hours(rows: Sequence[Row], findings: Findings) -> None:
    """时段: readable, and only on days that are worked."""
    for row in rows:
        try:
            good = not windows_of_text(row["hours"]) or row["kind"] == DayKind.WORK
        except Problem:
            good = False
        if not good:
            findings.add("cell.bad-hours", HOLIDAYS, row=row.number, column="hours", value=row["hours"])


def calendars_with(
    rows: Sequence[Row], own: Sequence[CalendarDefinition], shipped: Mapping[str, CalendarDefinition]
) -> tuple[CalendarDefinition, ...]:
    """The folder's calendars, and those shipped ones over which it lays days."""
    days = days_of(rows)
    calendars = {one.name: one for one in own}
    for name in days:
        calendars.setdefault(name, shipped[name])
    return tuple(msgspec.structs.replace(one, overrides=tuple(days.get(name, ()))) for name, one in calendars.items())


def days_of(rows: Sequence[Row]) -> dict[str, list[DayOverride]]:
    """The days of each calendar."""
    days: dict[str, list[DayOverride]] = defaultdict(list)
    for row in rows:
        kind = DayKind(row["kind"])
        days[row["calendar"]].append(DayOverride(row["date"], kind, windows_of_text(row["hours"]), row["name"]))
    return days
