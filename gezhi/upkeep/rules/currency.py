"""数据现势性: until when a register is current, by its last change or the last survey that found none."""

from __future__ import annotations

from calendar import monthrange
from datetime import date, timedelta
from enum import StrEnum
from typing import Final

import msgspec

from gezhi.kernel.problems import Problem
from gezhi.upkeep.rules.datasets import CYCLES, Dataset

SOON: Final = timedelta(days=60)
MONTHS: Final = 12
DUE_IN_DECEMBER: Final = 12


class Currency(StrEnum):
    CURRENT = "current"
    SOON = "soon"
    OVERDUE = "overdue"
    NEVER = "never"


CURRENCY_NAMES: dict[Currency, tuple[str, str]] = {
    Currency.CURRENT: ("现势", "Current"),
    Currency.SOON: ("即将到期", "Due soon"),
    Currency.OVERDUE: ("逾期未更新", "Overdue"),
    Currency.NEVER: ("尚无实测数据", "No surveyed data yet"),
}


class Standing(msgspec.Struct, frozen=True):
    """`due`: the last day on which it counts as current; None while nothing stands."""

    currency: Currency
    due: date | None


class NotSurveyed(Problem):
    code = "upkeep.currency.not-surveyed"
    status = 422
    title = "节假日安排按年度通知录入，不登记核查。"
    title_en = "Public holidays are entered from the notice of each year and are not surveyed."


class SurveyToCome(Problem):
    code = "upkeep.currency.survey-to-come"
    status = 422
    title = "核查日期不能晚于今天。"
    title_en = "A survey is not of a day to come."


class UnknownKeeper(Problem):
    code = "upkeep.currency.unknown-keeper"
    status = 422
    title = "没有这名在职人员，请重新选择责任人。"
    title_en = "There is nobody of that account in office; choose another."


def standing_of(dataset: Dataset, last: date | None, *, today: date) -> Standing:
    """By the last change or survey; of what is settled for each year, by the last day that is."""
    if last is None:
        return Standing(Currency.NEVER, None)
    cycle = CYCLES[dataset]
    due = date(last.year, DUE_IN_DECEMBER, 1) if cycle.by_year else _months_after(last, cycle.months)
    if today > due:
        return Standing(Currency.OVERDUE, due)
    return Standing(Currency.SOON if today >= due - SOON else Currency.CURRENT, due)


def check_survey(dataset: Dataset, on: date, *, today: date) -> None:
    if CYCLES[dataset].by_year:
        raise NotSurveyed
    if on > today:
        raise SurveyToCome(field="on")


def _months_after(day: date, months: int) -> date:
    years, month = divmod(day.month - 1 + months, MONTHS)
    year, month = day.year + years, month + 1
    return date(year, month, min(day.day, monthrange(year, month)[1]))
