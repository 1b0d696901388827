from __future__ import annotations

from datetime import date

import pytest

from gezhi.regions.rules.divisions import read_reporting
from gezhi.regions.rules.reporting import ReportsTo, is_valid_on, reporting_parents, reports_up


@pytest.mark.parametrize(
    ("on", "last", "valid"),
    [
        (date(2026, 2, 28), None, False),
        (date(2026, 3, 1), None, True),
        (date(2030, 1, 1), None, True),
        (date(2026, 3, 31), date(2026, 3, 31), True),
        (date(2026, 4, 1), date(2026, 3, 31), False),
    ],
)
def test_a_dated_row_holds_from_its_first_to_its_last_day(on: date, last: date | None, valid: bool) -> None:
    assert is_valid_on(date(2026, 3, 1), last, on) is valid


def test_the_reporting_parent_is_dated_and_not_the_code_prefix() -> None:
    rows = read_reporting(
        "region_code,parent_code,valid_from,valid_to,basis\n"
        "990102,990100,2010-01-01,2013-12-31,\n"
        "990102,990000,2014-01-01,,直管\n"
        "990100,990000,2010-01-01,,\n"
    )
    assert rows[1] == ReportsTo("990102", "990000", date(2014, 1, 1), None, "直管")
    assert reports_up(reporting_parents(rows, date(2013, 12, 31)), "990102") == ["990100", "990000"]
    assert reports_up(reporting_parents(rows, date(2014, 1, 1)), "990102") == ["990000"]
    assert reporting_parents(rows, date(2009, 12, 31)) == {}


def test_a_circle_of_reporting_ends() -> None:
    assert reports_up({"1": "2", "2": "1"}, "1") == ["2", "1"]
