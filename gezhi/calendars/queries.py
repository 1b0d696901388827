"""Reads of calendars: the compiled ones held per process, and what is about to run out."""

from __future__ import annotations

from datetime import date, datetime
from functools import cache
from importlib.resources import files
from typing import Final

import msgspec
from django.conf import settings

from gezhi.calendars.models import Calendar, DayOverride, HolidayYear, Timetable
from gezhi.calendars.rules import office_days, timetable
from gezhi.calendars.rules.calendars import Calendars
from gezhi.calendars.rules.compile_calendar import compile_calendar
from gezhi.calendars.rules.office_days import CalendarDefinition, DayKind, WorkDayRule
from gezhi.calendars.rules.preset_text import read_calendars, season_of
from gezhi.calendars.rules.public_holidays import FIRST_PUBLISHED, LAST_PUBLISHED
from gezhi.calendars.rules.published_year import YearRunsOut, warning_of
from gezhi.calendars.rules.timetable import windows_of_text
from gezhi.calendars.rules.year_plan import PlannedDay, YearPlan
from gezhi.plumbing.versions import Held, held_numbers

REGISTER: Final = "calendars"
FIRST_YEAR: Final = FIRST_PUBLISHED.year
YEARS_BEYOND: Final = 5
"""How many years are laid out beyond the last published one, by plain weekdays."""


def list_definitions() -> list[CalendarDefinition]:
    """Every calendar as an administrator keeps it, in three statements."""
    timetables: dict[int, list[timetable.Timetable]] = {}
    for table in Timetable.objects.order_by("id"):
        timetables.setdefault(table.calendar_id, []).append(_timetable(table))
    overrides: dict[int, list[office_days.DayOverride]] = {}
    for row in DayOverride.objects.filter(superseded_at__isnull=True).order_by("on"):
        override = office_days.DayOverride(row.on, DayKind(row.kind), windows_of_text(row.windows), row.name)
        overrides.setdefault(row.calendar_id, []).append(override)
    return [
        CalendarDefinition(
            name=calendar.name,
            title=calendar.title,
            title_en=calendar.title_en,
            timetables=tuple(timetables.get(calendar.pk, ())),
            overrides=tuple(overrides.get(calendar.pk, ())),
            keeps_public_holidays=calendar.keeps_public_holidays,
            published_through=calendar.published_through,
            work_day_rule=WorkDayRule(calendar.work_day_rule),
            zone_offset_s=calendar.zone_offset_s,
            day_ticks=calendar.day_ticks,
        )
        for calendar in Calendar.objects.order_by("name")
    ]


def get_definition(name: str) -> CalendarDefinition | None:
    """One calendar as an administrator keeps it; None where there is none of this name."""
    return next((definition for definition in list_definitions() if definition.name == name), None)


@cache
def read_preset_calendars() -> tuple[CalendarDefinition, ...]:
    """The shipped calendars (预置日历)."""
    return read_calendars(files("gezhi.calendars").joinpath("presets/calendars.toml").read_text(encoding="utf-8"))


def held_calendars(*, by_now: bool = False) -> Calendars:
    """All compiled calendars, held per process and read anew when the register's version moves; `by_now` at once."""
    return _HELD.get(by_now=by_now)


class EnteredYear(msgspec.Struct, frozen=True, kw_only=True):
    """A year as it was entered; `superseded_at` where a correction took its place."""

    plan: YearPlan
    user_name: str
    recorded_at: datetime
    superseded_at: datetime | None


def list_entered_years() -> list[EnteredYear]:
    """年度安排的录入记录, the newest first."""
    return [
        EnteredYear(
            plan=YearPlan(
                year=row.year,
                days=msgspec.convert(row.days, tuple[PlannedDay, ...]),
                basis=row.basis,
                reason=row.reason,
            ),
            user_name=row.user_name,
            recorded_at=row.recorded_at,
            superseded_at=row.superseded_at,
        )
        for row in HolidayYear.objects.order_by("-recorded_at", "-id")
    ]


def settled_years() -> list[int]:
    """Up to which year each calendar knows the public holidays."""
    days = Calendar.objects.filter(keeps_public_holidays=True).values_list("published_through", flat=True)
    return [day.year for day in days]


def change_in_words() -> str:
    """What changed the calendars last, as entries of cases say it; the calendars are held as they are by then."""
    held_calendars(by_now=True)
    row = HolidayYear.objects.filter(version=held_numbers(frozenset({REGISTER}))[REGISTER]).first()
    if row is None:
        return "工作日历已调整"
    if not row.reason:
        return f"已录入{row.year}年节假日安排（{row.basis}）"
    return f"已更正{row.year}年节假日安排（{row.basis}）：{row.reason}"


def list_warnings(today: date) -> list[YearRunsOut]:
    """年度安排预警: calendars whose published holidays run out soon or have run out."""
    kept = [definition for definition in list_definitions() if definition.keeps_public_holidays]
    warnings = (
        warning_of(definition.name, definition.published_through, today=today, warn_days=settings.GEZHI_HOLIDAY_DAYS)
        for definition in kept
    )
    return [warning for warning in warnings if warning is not None]


def last_year(definition: CalendarDefinition) -> int:
    """The last year that a calendar is laid out for."""
    return max(definition.published_through.year, LAST_PUBLISHED.year) + YEARS_BEYOND


def load_calendars() -> Calendars:
    """All calendars compiled from what this transaction sees; `held_calendars` is for everybody else."""
    compiled = (
        compile_calendar(definition, first_year=FIRST_YEAR, last_year=last_year(definition))
        for definition in list_definitions()
    )
    return Calendars({calendar.name: calendar for calendar in compiled})


def _timetable(row: Timetable) -> timetable.Timetable:
    return timetable.Timetable(
        name=row.name,
        weekdays=tuple(map(windows_of_text, row.weekdays)),
        valid_from=row.valid_from,
        valid_to=row.valid_to,
        season=season_of(row.season_first, row.season_last) if row.season_first else None,
    )


_HELD: Final = Held(REGISTER, load_calendars)
