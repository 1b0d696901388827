from __future__ import annotations

import pytest

from gezhi.calendars.rules.limits import (
    NATURAL_SECONDS,
    UNIT_NAMES,
    Limit,
    LimitNotPositive,
    Unit,
    UnknownUnit,
    limit_of,
)


def test_every_unit_has_a_name_in_both_languages() -> None:
    assert UNIT_NAMES.keys() == set(Unit)
    assert all(zh and en for zh, en in UNIT_NAMES.values())


def test_a_limit_is_checked_when_it_comes_from_outside() -> None:
    assert limit_of(3, "work_day", calendar="office") == Limit(3, Unit.WORK_DAY, "office")


@pytest.mark.parametrize("value", [0, -1, 1.5])
def test_a_limit_that_is_no_whole_number_above_zero_is_refused(value: int) -> None:
    with pytest.raises(LimitNotPositive) as caught:
        limit_of(value, "minute", calendar="office")
    assert (caught.value.field, caught.value.details) == ("value", {"value": value})


def test_an_unknown_unit_is_refused_by_its_name() -> None:
    with pytest.raises(UnknownUnit) as caught:
        limit_of(1, "fortnight", calendar="office")
    assert (caught.value.field, caught.value.details) == ("unit", {"unit": "fortnight"})


def test_natural_units_run_day_and_night_and_the_others_do_not() -> None:
    assert NATURAL_SECONDS == {Unit.MINUTE: 60, Unit.URGENT_HOUR: 3_600, Unit.URGENT_DAY: 86_400}
