from __future__ import annotations

import pytest

from gezhi.calendars.rules.limit_text import UnreadableLimit, parse_limit
from gezhi.calendars.rules.limits import Limit, Unit


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
        # every word for a unit
        ("1紧急工作时", 1, Unit.URGENT_HOUR),
        ("1紧急小时", 1, Unit.URGENT_HOUR),
        ("1自然小时", 1, Unit.URGENT_HOUR),
        ("1紧急工作日", 1, Unit.URGENT_DAY),
        ("1自然日", 1, Unit.URGENT_DAY),
        ("1工作小时", 1, Unit.WORK_HOUR),
        ("1工作时", 1, Unit.WORK_HOUR),
        ("1工作日", 1, Unit.WORK_DAY),
        ("1工作天", 1, Unit.WORK_DAY),
        ("1分钟", 1, Unit.MINUTE),
        ("1小时", 1, Unit.WORK_HOUR),
        ("1天", 1, Unit.WORK_DAY),
        ("1日", 1, Unit.WORK_DAY),
        # every numeral
        ("一天", 1, Unit.WORK_DAY),
        ("二天", 2, Unit.WORK_DAY),
        ("两天", 2, Unit.WORK_DAY),
        ("三天", 3, Unit.WORK_DAY),
        ("四天", 4, Unit.WORK_DAY),
        ("五天", 5, Unit.WORK_DAY),
        ("六天", 6, Unit.WORK_DAY),
        ("七天", 7, Unit.WORK_DAY),
        ("八天", 8, Unit.WORK_DAY),
        ("九天", 9, Unit.WORK_DAY),
        ("十天", 10, Unit.WORK_DAY),
        ("九十九天", 99, Unit.WORK_DAY),
        # halves
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
    with pytest.raises(UnreadableLimit) as caught:
        parse_limit(text, calendar="office")
    assert (caught.value.field, caught.value.details) == ("limit", {"text": text})
