from __future__ import annotations

import pytest

from gezhi.policy.rules.case_number import case_number
from tests.calendars.invented import at
from tests.cases.world import MONDAY_MORNING


@pytest.mark.parametrize(
    ("prefix", "moment", "serial", "number"),
    [
        ("YT", MONDAY_MORNING, 123, "YT-20260302-000123"),
        ("", MONDAY_MORNING, 7, "20260302-000007"),
        ("YT", at("2026-03-02 00:00"), 1, "YT-20260302-000001"),
        ("YT", at("2026-03-01 23:59"), 1, "YT-20260301-000001"),
        ("YT", MONDAY_MORNING, 1_234_567, "YT-20260302-1234567"),
    ],
)
def test_a_number_is_read_aloud_by_the_day_in_china(prefix: str, moment: int, serial: int, number: str) -> None:
    assert case_number(prefix, at=moment, serial=serial) == number
