"""年度节假日安排: the State Council's notice for one year as it is entered: days off and swapped workdays.

Clause: 全国年节及纪念日放假办法 (State Council, in force from 1 January 2025) for the days that are off by law.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date, timedelta
from enum import StrEnum
from typing import Final

import msgspec

from gezhi.calendars.rules.office_days import DayKind, DayOverride
from gezhi.calendars.rules.public_holidays import LAST_PUBLISHED, holidays_by_law, published_days
from gezhi.kernel.problems import Problem
from gezhi.kernel.words import is_blank

SATURDAY: Final = 5
FEWEST_OFF: Final = 13
"""So many days the law gives in a year; where two fall on one, the notice gives another."""


class YearState(StrEnum):
    """已公布 by the library of notices, 已录入 by an administrator, or 待录入."""

    PUBLISHED = "published"
    ENTERED = "entered"
    MISSING = "missing"


class PlannedDay(msgspec.Struct, frozen=True):
    """One day of the notice: off, or a day of a weekend that is worked; `name` of its holiday."""

    on: date
    worked: bool
    name: str


class YearPlan(msgspec.Struct, frozen=True, kw_only=True):
    """A year as it is entered. `basis` is the notice, `reason` why a year that was entered is corrected."""

    year: int
    days: tuple[PlannedDay, ...]
    basis: str
    reason: str = ""


class YearOutOfTurn(Problem):
    code = "calendars.year-plan.out-of-turn"
    status = 409
    title = "现在只能录入 {first} 年至 {last} 年的安排，请按年份先后录入。"
    title_en = "The years {first} to {last} can be entered now, one after the other."


class DayOutsideYear(Problem):
    code = "calendars.year-plan.day-outside"
    status = 422
    title = "{day} 不属于该年度安排：应在当年之内，或在上一年的最后一周。"
    title_en = "{day} does not belong to this year: it lies in it, or in the last week before it."


class DayTwice(Problem):
    code = "calendars.year-plan.day-twice"
    status = 422
    title = "{day} 列了两次。"
    title_en = "{day} is listed twice."


class SwappedOnWeekday(Problem):
    code = "calendars.year-plan.swapped-on-weekday"
    status = 422
    title = "调休上班日 {day} 应是周六或周日。"
    title_en = "The swapped workday {day} must be a Saturday or a Sunday."


class HolidayByLawMissing(Problem):
    code = "calendars.year-plan.holiday-missing"
    status = 422
    title = "{day} 是法定节日（{name}），安排中应当放假。"
    title_en = "{day} is a holiday by law ({name}) and must be off."


class TooFewDaysOff(Problem):
    code = "calendars.year-plan.too-few"
    status = 422
    title = "只列了 {days} 个放假日，全年法定节假日不少于 {fewest} 天，请核对通知。"
    title_en = "Only {days} days off are listed; the law gives at least {fewest} a year: compare with the notice."


class WordsMissing(Problem):
    code = "calendars.year-plan.words-missing"
    status = 422
    title = "请写明依据的通知；更正已录入的安排还须写明原因。"
    title_en = "Name the notice; a correction of what was entered needs its reason too."


def check_plan(plan: YearPlan, *, first: int, last: int, is_correction: bool) -> None:
    """Refuse a year out of turn, days that cannot be, and a list that leaves out what the law gives."""
    if not first <= plan.year <= last:
        raise YearOutOfTurn(first=first, last=last, field="year")
    if is_blank(plan.basis):
        raise WordsMissing(field="basis")
    if is_correction and is_blank(plan.reason):
        raise WordsMissing(field="reason")
    for problem in problems_of(plan.days, year=plan.year):
        raise problem


def problems_of(planned: Iterable[PlannedDay], *, year: int) -> Iterator[Problem]:
    """Whatever in these days cannot be, and what the law gives that they leave out."""
    days: set[date] = set()
    off: set[date] = set()
    for one in planned:
        told = one.on.isoformat()
        if one.on in days:
            yield DayTwice(day=told, field="days")
        if not _belongs(one, year):
            yield DayOutsideYear(day=told, field="days")
        if one.worked and one.on.weekday() < SATURDAY:
            yield SwappedOnWeekday(day=told, field="days")
        days.add(one.on)
        if not one.worked:
            off.add(one.on)
    missing = {day: name for day, name in holidays_by_law(year).items() if day not in off}
    yield from (HolidayByLawMissing(day=day.isoformat(), name=name, field="days") for day, name in missing.items())
    if len(off) < FEWEST_OFF:
        yield TooFewDaysOff(days=len(off), fewest=FEWEST_OFF, field="days")


def planned_by_notice(year: int) -> tuple[PlannedDay, ...]:
    """What the notices that are known say of a year; nothing of a year to come."""
    return tuple(PlannedDay(on, worked, name) for on, worked, name in published_days(year))


def years_open(settled: Iterable[int]) -> range:
    """Years that can be entered: the last that every calendar knows, to be corrected, the one before, and the next."""
    last = min(settled, default=LAST_PUBLISHED.year)
    return range(last - 1, last + 2)


def rows_of(plan: YearPlan, published: Iterable[PlannedDay]) -> tuple[DayOverride, ...]:
    """The days of the plan; days of a public notice that it does not name are as their weekday is."""
    named = {one.on for one in plan.days}
    plain = [DayOverride(on, DayKind.PLAIN) for on in (one.on for one in published) if on not in named]
    kinds = {True: DayKind.WORK, False: DayKind.OFF}
    return (*(DayOverride(one.on, kinds[one.worked], name=one.name) for one in plan.days), *plain)


def first_day_of(year: int) -> date:
    """The first day that the notice of a year may name: those of the last week before it."""
    return date(year, 1, 1) - timedelta(days=7)


def _belongs(one: PlannedDay, year: int) -> bool:
    return first_day_of(year) <= one.on <= date(year, 12, 31)
