from __future__ import annotations

from datetime import date

from gezhi.calendars.rules.published_year import YearRunsOut, warning_of

LAST = date(2026, 12, 31)


def test_there_is_no_warning_while_two_months_are_settled() -> None:
    assert warning_of("office", LAST, today=date(2026, 11, 1), warn_days=60) is None


def test_the_warning_names_the_calendar_and_the_last_settled_day() -> None:
    warning = warning_of("office", LAST, today=date(2026, 11, 2), warn_days=60)
    assert warning == YearRunsOut("office", LAST, 59)
    assert warning.text == "日历“office”的节假日安排只到 2026年12月31日，请录入下一年度安排。"
    assert warning.text_en == "Calendar 'office' knows holidays only up to 2026-12-31: enter the next year's."


def test_it_stays_after_the_year_has_run_out() -> None:
    warning = warning_of("office", LAST, today=date(2027, 1, 5), warn_days=60)
    assert warning is not None
    assert warning.days_left == -5
