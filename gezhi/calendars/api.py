"""/calendars: the working calendars of the city, and the yearly arrangement of public holidays (节假日安排)."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime
from typing import Annotated

from django.http import HttpRequest
from ninja import File, Schema
from ninja.files import UploadedFile
from pydantic import StringConstraints

from gezhi.calendars import queries
from gezhi.calendars.actions import enter_year
from gezhi.calendars.rules.holiday_notice import read_notice
from gezhi.calendars.rules.holiday_reading import Fault, Reading
from gezhi.calendars.rules.holiday_table import read_holiday_table
from gezhi.calendars.rules.office_days import day_of
from gezhi.calendars.rules.public_holidays import holidays_by_law
from gezhi.calendars.rules.year_plan import PlannedDay, YearState, planned_by_notice, problems_of, years_open
from gezhi.calendars.shapes import MOST_DAYS, Year, YearIn, plan_of
from gezhi.kernel.permissions import Permission
from gezhi.plumbing.clock import system_clock
from gezhi.plumbing.doors import Router, actor_of
from gezhi.plumbing.reading.read_sheets import read_table
from gezhi.plumbing.shapes import Exact, TextOut

router = Router(tags=["calendars"])
MOST_LETTERS = 20_000
MOST_FINDINGS = 100


class CalendarOut(Schema):
    name: str
    title: TextOut
    published_through: str | None
    open_now: bool
    warning: TextOut | None


class CalendarsOut(Schema):
    items: list[CalendarOut]
    next_cursor: str | None


class DayOut(Schema):
    on: date
    worked: bool
    name: str


class EnteredOut(Schema):
    """Who entered the year when, on what ground; why, where it was a correction."""

    basis: str
    reason: str
    by: str
    at: datetime


class YearOut(Schema):
    """`days`: what holds; of a year that is missing, what the law alone says. `legal`: the days that the law gives."""

    year: int
    state: YearState
    days: list[DayOut]
    legal: list[date]
    entered: list[EnteredOut]


class YearsOut(Schema):
    items: list[YearOut]
    next_cursor: str | None


class HolidayNoticeIn(Exact):
    text: Annotated[str, StringConstraints(pattern=r"^[^\x00]*$", max_length=MOST_LETTERS)]


class HolidayFindingOut(Schema):
    """Something that cannot be, or is missing; `day` where it is about one."""

    text: TextOut
    day: date | None


class HolidayReadingOut(Schema):
    """What a notice or a table says of the year; nothing is entered. `basis`: the number of the notice, where told."""

    days: list[DayOut]
    basis: str
    findings: list[HolidayFindingOut]


@router.get(
    "/calendars", permission=Permission.SIGNED_IN, response=CalendarsOut, summary="工作日历 · working calendars"
)
def list_calendars(request: HttpRequest) -> CalendarsOut:  # noqa: ARG001
    """The working calendars, with a warning where a year is about to run out."""
    now = system_clock()
    held = queries.held_calendars()
    definitions = queries.list_definitions()
    warnings = {warning.calendar: warning for warning in queries.list_warnings(day_of(now))}
    items = []
    for definition in definitions:
        warning = warnings.get(definition.name)
        items.append(
            CalendarOut(
                name=definition.name,
                title=TextOut(zh=definition.title, en=definition.title_en),
                published_through=definition.published_through.isoformat()
                if definition.keeps_public_holidays
                else None,
                open_now=held.named(definition.name).is_open(now),
                warning=TextOut(zh=warning.text, en=warning.text_en) if warning else None,
            )
        )
    return CalendarsOut(items=items, next_cursor=None)


@router.get(
    "/calendars/years", permission=Permission.SIGNED_IN, response=YearsOut, summary="节假日安排 · public holidays"
)
def list_years(request: HttpRequest) -> YearsOut:  # noqa: ARG001
    """The years that can be entered or corrected now, with every entry that was made for them."""
    entered = queries.list_entered_years()
    return YearsOut(items=[_year(year, entered) for year in years_open(queries.settled_years())], next_cursor=None)


@router.put(
    "/calendars/years/{year}",
    permission=Permission.SETTINGS_WRITE,
    response=YearsOut,
    repeats="the year is set; a second time asks for the reason of a correction",
    summary="录入节假日安排 · enter the holidays of a year",
)
def put_year(request: HttpRequest, year: Year, sent: YearIn) -> YearsOut:
    """Days off and swapped workdays of one year, for every calendar that keeps public holidays; deadlines follow."""
    enter_year(plan_of(year, sent), actor=actor_of(request), clock=system_clock)
    return list_years(request)


@router.post(
    "/calendars/years/{year}/notice",
    permission=Permission.SETTINGS_WRITE,
    response=HolidayReadingOut,
    repeats="it only reads",
    summary="读取节假日通知 · read a notice",
)
def read_notice_text(request: HttpRequest, year: Year, sent: HolidayNoticeIn) -> HolidayReadingOut:  # noqa: ARG001
    """The days that the text of the State Council's notice names, and what in it contradicts itself or is missing."""
    return _told(year, read_notice(sent.text, year=year))


@router.post(
    "/calendars/years/{year}/table",
    permission=Permission.SETTINGS_WRITE,
    response=HolidayReadingOut,
    repeats="it only reads",
    summary="读取节假日表格 · read a table of holidays",
)
def read_holiday_file(request: HttpRequest, year: Year, file: File[UploadedFile]) -> HolidayReadingOut:  # noqa: ARG001
    """The days of a table (Excel or CSV; multipart, field `file`): a day or a span, 放假 or 上班, the holiday."""
    return _told(year, read_holiday_table(read_table(file.read())))


def _told(year: int, reading: Reading) -> HolidayReadingOut:
    findings = [HolidayFindingOut(text=TextOut(zh=one.zh, en=one.en), day=one.day) for one in reading.findings]
    if not {one.fault for one in reading.findings} & {Fault.OTHER_YEAR, Fault.NOTHING}:
        problems = problems_of(reading.days, year=year)
        findings += [HolidayFindingOut(text=TextOut(zh=one.text(), en=one.text("en")), day=None) for one in problems]
    return HolidayReadingOut(
        days=_days(reading.days[:MOST_DAYS]), basis=reading.basis, findings=findings[:MOST_FINDINGS]
    )


def _days(days: Iterable[PlannedDay]) -> list[DayOut]:
    return [DayOut(on=one.on, worked=one.worked, name=one.name) for one in days]


def _year(year: int, entered: list[queries.EnteredYear]) -> YearOut:
    of_year = [one for one in entered if one.plan.year == year]
    standing = next((one.plan for one in of_year if one.superseded_at is None), None)
    published = planned_by_notice(year)
    state = YearState.ENTERED if standing else YearState.PUBLISHED if published else YearState.MISSING
    by_law = tuple(PlannedDay(on, worked=False, name=name) for on, name in holidays_by_law(year).items())
    days = standing.days if standing is not None else published or by_law
    return YearOut(
        year=year,
        state=state,
        days=_days(days),
        legal=list(holidays_by_law(year)),
        entered=[
            EnteredOut(basis=one.plan.basis, reason=one.plan.reason, by=one.user_name, at=one.recorded_at)
            for one in of_year
        ],
    )
