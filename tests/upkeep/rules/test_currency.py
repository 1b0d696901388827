"""Until when a register is current."""

from __future__ import annotations

from datetime import date

import pytest

from gezhi.upkeep.rules.currency import NotSurveyed, SurveyToCome, check_survey, standing_of
from gezhi.upkeep.rules.datasets import Dataset

MAP, GRIDS, CALENDARS = Dataset.BASE_MAP, Dataset.UNIT_GRIDS, Dataset.CALENDARS


@pytest.mark.parametrize(
    ("dataset", "last", "today", "currency", "due"),
    [
        (GRIDS, None, date(2026, 3, 2), "never", None),
        (GRIDS, date(2026, 3, 2), date(2026, 3, 2), "current", date(2027, 3, 2)),
        (GRIDS, date(2026, 3, 2), date(2026, 12, 31), "current", date(2027, 3, 2)),
        (GRIDS, date(2026, 3, 2), date(2027, 1, 1), "soon", date(2027, 3, 2)),
        (GRIDS, date(2026, 3, 2), date(2027, 3, 2), "soon", date(2027, 3, 2)),
        (GRIDS, date(2026, 3, 2), date(2027, 3, 3), "overdue", date(2027, 3, 2)),
        (GRIDS, date(2024, 2, 29), date(2025, 2, 28), "soon", date(2025, 2, 28)),
        (MAP, date(2026, 12, 31), date(2027, 12, 31), "current", date(2028, 12, 31)),
        (MAP, date(2024, 3, 1), date(2026, 3, 2), "overdue", date(2026, 3, 1)),
        (CALENDARS, date(2026, 12, 31), date(2026, 9, 30), "current", date(2026, 12, 1)),
        (CALENDARS, date(2026, 12, 31), date(2026, 10, 2), "soon", date(2026, 12, 1)),
        (CALENDARS, date(2026, 12, 31), date(2026, 12, 2), "overdue", date(2026, 12, 1)),
        (CALENDARS, date(2027, 12, 31), date(2026, 12, 2), "current", date(2027, 12, 1)),
    ],
)
def test_the_base_map_is_current_for_two_years_others_for_one_and_holidays_until_december(
    dataset: Dataset, last: date | None, today: date, currency: str, due: date | None
) -> None:
    standing = standing_of(dataset, last, today=today)
    assert (standing.currency, standing.due) == (currency, due)


def test_a_survey_is_of_a_day_until_today_and_not_of_what_a_notice_settles() -> None:
    today = date(2026, 3, 2)
    check_survey(GRIDS, today, today=today)
    with pytest.raises(SurveyToCome):
        check_survey(GRIDS, date(2026, 3, 3), today=today)
    with pytest.raises(NotSurveyed):
        check_survey(CALENDARS, today, today=today)
