"""问责规定: lasting low rates, and rows that make sense."""

from __future__ import annotations

import msgspec
import pytest

from gezhi.supervision.rules.accountability import AccountabilityKind
from gezhi.supervision.rules.accountability_rules import (
    ROWS,
    AccountabilityRow,
    BadRow,
    MonthRate,
    check_row,
    lasting_low,
)

LOW = msgspec.structs.replace(ROWS[AccountabilityKind.LOW_RATE], months=2, base=5, threshold=800)
WORKS, PARKS = 1, 2


def rates(unit: int, *months: tuple[int, int]) -> list[MonthRate]:
    return [MonthRate(unit, f"2026-{at:02d}", handled, in_time) for at, (handled, in_time) in enumerate(months, 1)]


@pytest.mark.parametrize(
    ("months", "found"),
    [
        ([(10, 7), (10, 7)], True),
        ([(10, 8), (10, 7)], False),  # exactly the threshold is enough
        ([(10, 7), (4, 0)], False),  # too few cases say nothing
        ([(10, 7)], False),
        ([(10, 7), (0, 0)], False),
    ],
)
def test_a_rate_must_stay_low_in_each_month_with_enough_cases(months: list[tuple[int, int]], found: bool) -> None:
    assert bool(lasting_low(LOW, rates(WORKS, *months))) is found


def test_units_are_judged_each_by_itself_and_months_in_order() -> None:
    mixed = [*reversed(rates(PARKS, (9, 1), (9, 2))), *rates(WORKS, (9, 9), (9, 1))]
    assert lasting_low(LOW, mixed) == [rates(PARKS, (9, 1), (9, 2))]


@pytest.mark.parametrize("preset", ROWS.values(), ids=ROWS)
def test_the_presets_make_sense(preset: AccountabilityRow) -> None:
    assert check_row(preset) is preset


@pytest.mark.parametrize(
    "change", [{"threshold": 0}, {"days": 0}, {"demand": " "}, {"kind": AccountabilityKind.OTHER}, {"base": -1}]
)
def test_a_row_without_sense_is_refused(change: dict[str, object]) -> None:
    with pytest.raises(BadRow):
        check_row(msgspec.structs.replace(ROWS[AccountabilityKind.ORDERS], **change))


@pytest.mark.parametrize("change", [{"threshold": 1_001}, {"months": 0}, {"months": 13}])
def test_a_low_rate_lasts_one_to_twelve_months(change: dict[str, object]) -> None:
    with pytest.raises(BadRow):
        check_row(msgspec.structs.replace(LOW, **change))
