from __future__ import annotations

from contextlib import nullcontext
from datetime import date

import pytest

from gezhi.calendars.rules.office_days import DayKind, DayOverride
from gezhi.calendars.rules.public_holidays import holidays_by_law
from gezhi.calendars.rules.year_plan import (
    DayOutsideYear,
    DayTwice,
    HolidayByLawMissing,
    PlannedDay,
    SwappedOnWeekday,
    TooFewDaysOff,
    WordsMissing,
    YearOutOfTurn,
    YearPlan,
    check_plan,
    planned_by_notice,
    rows_of,
    years_open,
)
from gezhi.kernel.problems import Problem
from tests.calendars.notice import notice, worked


def off(day: str) -> PlannedDay:
    return PlannedDay(date.fromisoformat(day), worked=False, name="")


def test_a_notice_is_taken_with_what_it_says_of_the_last_week_before_it() -> None:
    check_plan(notice(worked("2026-12-26")), first=2025, last=2027, is_correction=False)
    check_plan(notice(off("2026-12-31")), first=2025, last=2027, is_correction=False)
    check_plan(notice(reason="加班补休调整"), first=2025, last=2027, is_correction=True)
    check_plan(notice(), first=2027, last=2028, is_correction=False)


@pytest.mark.parametrize(
    ("plan", "problem", "field"),
    [
        (notice(year=2028), YearOutOfTurn, "year"),
        (notice(year=2024), YearOutOfTurn, "year"),
        (notice(basis=" \u200b"), WordsMissing, "basis"),
        (notice(off("2027-01-01")), DayTwice, "days"),
        (notice(worked("2027-01-02")), DayTwice, "days"),
        (notice(off("2026-12-24")), DayOutsideYear, "days"),
        (notice(worked("2026-12-20")), DayOutsideYear, "days"),
        (notice(worked("2028-01-01")), DayOutsideYear, "days"),
        (notice(worked("2027-02-15")), SwappedOnWeekday, "days"),
        (notice(without=["2027-01-01"]), HolidayByLawMissing, "days"),
        (notice(without=["2027-05-02"]), HolidayByLawMissing, "days"),
        (notice(without=["2027-02-05"]), HolidayByLawMissing, "days"),
        (notice(without=["2027-09-15"]), HolidayByLawMissing, "days"),
    ],
)
def test_what_cannot_be_is_refused_with_its_field(plan: YearPlan, problem: type[Problem], field: str) -> None:
    with pytest.raises(problem) as refused:
        check_plan(plan, first=2025, last=2027, is_correction=False)
    assert refused.value.field == field


def test_a_correction_says_why() -> None:
    with pytest.raises(WordsMissing) as refused:
        check_plan(notice(), first=2025, last=2027, is_correction=True)
    assert refused.value.field == "reason"


def test_the_law_gives_thirteen_days_of_which_two_may_fall_on_one() -> None:
    """中秋 of 2028 is the third day of October."""
    by_law = [PlannedDay(day, worked=False, name=name) for day, name in holidays_by_law(2028).items()]
    assert len(by_law) == 12
    for more, refused in (((), True), ((off("2028-10-04"),), False)):
        plan = notice(year=2028, days=(*by_law, *more))
        with pytest.raises(TooFewDaysOff) if refused else nullcontext():
            check_plan(plan, first=2025, last=2028, is_correction=False)


def test_the_last_settled_year_can_be_corrected_and_the_next_be_entered_but_none_skipped() -> None:
    assert list(years_open([2026, 2026])) == [2025, 2026, 2027]
    assert list(years_open([2027, 2026])) == [2025, 2026, 2027]
    assert list(years_open([])) == list(years_open([2026]))


def test_a_day_of_the_public_notice_that_is_not_entered_is_as_its_weekday() -> None:
    plan = YearPlan(year=2026, basis="", days=planned_by_notice(2026)[1:])
    rows = rows_of(plan, planned_by_notice(2026))
    assert rows[0] == DayOverride(date(2026, 1, 2), DayKind.OFF, name="元旦")
    assert DayOverride(date(2026, 10, 10), DayKind.WORK, name="国庆节") in rows
    assert rows[-1] == DayOverride(date(2026, 1, 1), DayKind.PLAIN)
    assert len(rows) == 39
    assert rows_of(notice(), planned_by_notice(2027))[-1] == DayOverride(date(2027, 10, 9), DayKind.WORK, name="调休")
