"""预置日历: reads calendars written as TOML, such as those that are shipped or those of a city's own file."""

from __future__ import annotations

import tomllib
from datetime import date
from typing import Any

from gezhi.calendars.rules.office_days import CalendarDefinition, WorkDayRule
from gezhi.calendars.rules.public_holidays import LAST_PUBLISHED
from gezhi.calendars.rules.timetable import Season, Timetable, windows_of_text


def read_calendars(text: str) -> tuple[CalendarDefinition, ...]:
    """The calendars of a TOML text, each table one calendar; `presets/calendars.toml` shows the form."""
    return tuple(read_calendar(name, table) for name, table in tomllib.loads(text).items())


def read_calendar(name: str, table: dict[str, Any]) -> CalendarDefinition:
    """One calendar of such a text."""
    return CalendarDefinition(
        name=name,
        title=table["title"],
        title_en=table.get("title_en", ""),
        timetables=tuple(map(_timetable, table["timetables"])),
        keeps_public_holidays=table.get("keeps_public_holidays", True),
        published_through=table.get("published_through", LAST_PUBLISHED),
        work_day_rule=WorkDayRule(table.get("work_day_rule", WorkDayRule.SAME_POSITION)),
    )


def _timetable(table: dict[str, Any]) -> Timetable:
    return Timetable(
        name=table["name"],
        weekdays=tuple(map(windows_of_text, table["weekdays"])),
        valid_from=table.get("valid_from", date.min),
        season=season_of(*table["season"]) if "season" in table else None,
    )


def season_of(first: str, last: str) -> Season:
    """The season between two days written as month-day: 06-01, 08-31."""
    (first_month, first_day), (last_month, last_day) = (map(int, text.split("-")) for text in (first, last))
    return Season((first_month, first_day), (last_month, last_day))
