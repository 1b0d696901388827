"""Use cases of calendars: install one, change its hours from a date, enter own days. Each moves the version."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import UTC, date, datetime, timedelta

import msgspec
from django.db import transaction
from django.db.models import Q

from gezhi.calendars.models import Calendar, DayOverride, HolidayYear, Timetable
from gezhi.calendars.queries import (
    FIRST_YEAR,
    REGISTER,
    get_definition,
    last_year,
    load_calendars,
    read_preset_calendars,
)
from gezhi.calendars.rules import office_days, timetable
from gezhi.calendars.rules.calendars import Calendars, UnknownCalendar
from gezhi.calendars.rules.compile_calendar import compile_calendar, shortest_day_ticks
from gezhi.calendars.rules.office_days import CalendarDefinition, check_definition
from gezhi.calendars.rules.timetable import Season, text_of_windows
from gezhi.calendars.rules.year_plan import YearPlan, check_plan, planned_by_notice, rows_of, years_open
from gezhi.kernel.permissions import Actor
from gezhi.kernel.problems import Problem
from gezhi.plumbing.clock import Clock
from gezhi.plumbing.versions import bump

TRIAL = "试算"


class CalendarExists(Problem):
    code = "calendars.actions.calendar-exists"
    status = 409
    title = "已有名为“{calendar}”的工作日历，请改用其他名称，或调整原日历的作息时间。"
    title_en = "There is already a calendar named '{calendar}': choose another name or change its timetable."


class TimetableBeginsLater(Problem):
    code = "calendars.actions.timetable-begins-later"
    status = 409
    title = "该日历同一季节已有自 {day} 或更晚起施行的作息时间，请选择更晚的施行日期。"
    title_en = "The calendar already has a timetable of that season from {day} or later: choose a later date."


@transaction.atomic
def install_calendar(definition: CalendarDefinition, *, clock: Clock) -> None:
    """Set up a new calendar (建立日历), refused if it never opens. What a work day counts is fixed here for good."""
    check_definition(definition)
    if Calendar.objects.filter(name=definition.name).exists():
        raise CalendarExists(calendar=definition.name, field="name")
    compile_calendar(definition, first_year=FIRST_YEAR, last_year=last_year(definition))
    calendar = Calendar.objects.create(
        name=definition.name,
        title=definition.title,
        title_en=definition.title_en,
        keeps_public_holidays=definition.keeps_public_holidays,
        published_through=definition.published_through,
        work_day_rule=definition.work_day_rule.value,
        zone_offset_s=definition.zone_offset_s,
        day_ticks=definition.day_ticks or shortest_day_ticks(definition),
    )
    Timetable.objects.bulk_create(_timetable_row(calendar, table) for table in definition.timetables)
    _store_overrides(calendar, definition.overrides, clock)
    bump(REGISTER)


def install_presets(*, clock: Clock) -> None:
    """Set up the shipped calendars (预置日历) that are not there yet."""
    for definition in read_preset_calendars():
        if not Calendar.objects.filter(name=definition.name).exists():
            install_calendar(definition, clock=clock)


@transaction.atomic
def put_timetable_in_force(name: str, table: timetable.Timetable) -> None:
    """Change the hours of a calendar from a date (调整作息): what held for the same season ends the day before."""
    calendar = _locked(name)
    first, last = _season_text(table.season)
    same_season = Timetable.objects.filter(calendar=calendar, season_first=first, season_last=last)
    if same_season.filter(valid_from__gte=table.valid_from).exists():
        raise TimetableBeginsLater(day=table.valid_from.isoformat(), field="valid_from")
    same_season.filter(Q(valid_to__isnull=True) | Q(valid_to__gte=table.valid_from)).update(
        valid_to=table.valid_from - timedelta(days=1)
    )
    _timetable_row(calendar, table).save()
    _check_and_bump(name)


@transaction.atomic
def override_days(
    name: str, days: Iterable[office_days.DayOverride], *, clock: Clock, published_through: date | None = None
) -> None:
    """Enter own days (录入节假日与调休), and up to when the holidays are settled from now on.

    Deadlines up to `published_through` stop being provisional.
    """
    calendar = _locked(name)
    _store_overrides(calendar, tuple(days), clock)
    if published_through is not None:
        calendar.published_through = published_through
        calendar.save(update_fields=["published_through"])
    _check_and_bump(name)


@transaction.atomic
def enter_year(plan: YearPlan, *, actor: Actor, clock: Clock) -> None:
    """录入年度安排: for every calendar that keeps public holidays. A year that was entered is corrected; days that an
    administrator set by themselves stay.
    """
    calendars = list(Calendar.objects.select_for_update().filter(keeps_public_holidays=True).order_by("name"))
    before = HolidayYear.objects.filter(year=plan.year, superseded_at__isnull=True)
    span = years_open(calendar.published_through.year for calendar in calendars)
    check_plan(plan, first=span.start, last=span.stop - 1, is_correction=before.exists())
    now = datetime.fromtimestamp(clock(), tz=UTC)
    before.update(superseded_at=now)
    rows, end = rows_of(plan, planned_by_notice(plan.year)), date(plan.year, 12, 31)
    for calendar in calendars:
        of_year = DayOverride.objects.filter(calendar=calendar, superseded_at__isnull=True)
        of_year.filter(year=plan.year).update(superseded_at=now)
        own = set(of_year.filter(year=None).values_list("on", flat=True))
        _store_overrides(calendar, tuple(row for row in rows if row.on not in own), clock, year=plan.year)
        calendar.published_through = max(calendar.published_through, end)
        calendar.save(update_fields=["published_through"])
    HolidayYear.objects.create(
        year=plan.year,
        days=msgspec.to_builtins(plan.days),
        basis=plan.basis,
        reason=plan.reason,
        version=bump(REGISTER),
        user_id=actor.user_id,
        user_name=actor.name,
        recorded_at=now,
    )


def calendars_under(plan: YearPlan, *, actor: Actor, clock: Clock) -> Calendars:
    """试算: the calendars as they would be with this year. What cannot be entered is refused, nothing stays; why it is
    entered need not be written yet.
    """
    told = msgspec.structs.replace(plan, basis=plan.basis or TRIAL, reason=plan.reason or TRIAL)
    with transaction.atomic():
        enter_year(told, actor=actor, clock=clock)
        calendars = load_calendars()
        transaction.set_rollback(True)
    return calendars


def _locked(name: str) -> Calendar:
    calendar = Calendar.objects.select_for_update().filter(name=name).first()
    if calendar is None:
        raise UnknownCalendar(calendar=name, field="calendar")
    return calendar


def _check_and_bump(name: str) -> None:
    """Refuse the change if the calendar no longer compiles, else tell every process."""
    definition = get_definition(name)
    if definition is not None:
        compile_calendar(definition, first_year=FIRST_YEAR, last_year=last_year(definition))
    bump(REGISTER)


def _store_overrides(
    calendar: Calendar, days: tuple[office_days.DayOverride, ...], clock: Clock, *, year: int | None = None
) -> None:
    now = datetime.fromtimestamp(clock(), tz=UTC)
    rows = {day.on: day for day in days}
    DayOverride.objects.filter(calendar=calendar, on__in=rows, superseded_at__isnull=True).update(superseded_at=now)
    DayOverride.objects.bulk_create(
        DayOverride(
            calendar=calendar,
            on=day.on,
            kind=day.kind.value,
            windows=text_of_windows(day.windows),
            name=day.name,
            year=year,
            recorded_at=now,
        )
        for day in rows.values()
    )


def _timetable_row(calendar: Calendar, table: timetable.Timetable) -> Timetable:
    first, last = _season_text(table.season)
    return Timetable(
        calendar=calendar,
        name=table.name,
        weekdays=[text_of_windows(windows) for windows in table.weekdays],
        season_first=first,
        season_last=last,
        valid_from=table.valid_from,
        valid_to=table.valid_to,
    )


def _season_text(season: Season | None) -> tuple[str, str]:
    if season is None:
        return "", ""
    return "{:02}-{:02}".format(*season.first), "{:02}-{:02}".format(*season.last)
