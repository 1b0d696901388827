from __future__ import annotations

import pytest

from gezhi.calendars.rules.limit_text import UnreadableLimit, parse_limit
from gezhi.calendars.rules.limits import Limit, LimitNotPositive, Unit, UnknownUnit, limit_of


def test_a_limit_is_checked_when_it_comes_from_outside() -> None:
    assert limit_of(3, "work_day", calendar="office") == Limit(3, Unit.WORK_DAY, "office")


@pytest.mark.parametrize("value", [0, -1, 1.5])
def test_a_limit_that_is_no_whole_number_above_zero_is_refused(value: int) -> None:
    with pytest.raises(LimitNotPositive) as caught:
        limit_of(value, "minute", calendar="office")
    assert str(value) in caught.value.text()


def test_an_unknown_unit_is_refused_by_its_name() -> None:
    with pytest.raises(UnknownUnit) as caught:
        limit_of(1, "fortnight", calendar="office")
    assert caught.value.text("en").startswith("There is no limit unit 'fortnight'")


@pytest.mark.parametrize(
    ("text", "value", "unit"),
    [
        ("2紧急工作时", 2, Unit.URGENT_HOUR),
        ("2 紧急工作日", 2, Unit.URGENT_DAY),
        ("4小时", 4, Unit.WORK_HOUR),
        ("4个工作小时", 4, Unit.WORK_HOUR),
        ("2天", 2, Unit.WORK_DAY),
        ("十五个工作日内", 15, Unit.WORK_DAY),
        ("二十一天", 21, Unit.WORK_DAY),
        ("两工作时", 2, Unit.WORK_HOUR),
        ("30分钟", 30, Unit.MINUTE),
        ("半天", 4, Unit.WORK_HOUR),
        ("半个工作日", 4, Unit.WORK_HOUR),
        ("半个自然日", 12, Unit.URGENT_HOUR),
        ("半个紧急工作时", 30, Unit.MINUTE),
    ],
)
def test_a_limit_written_as_text_is_read(text: str, value: int, unit: Unit) -> None:
    assert parse_limit(text, calendar="office") == Limit(value, unit, "office")


@pytest.mark.parametrize(
    "text", ["", "尽快", "0天", "天", "2", "二三天", "十十天", "半个工作时", "3工作日左右", "种植季"]
)
def test_a_text_that_is_no_limit_is_refused(text: str) -> None:
    with pytest.raises(UnreadableLimit):
        parse_limit(text, calendar="office")
