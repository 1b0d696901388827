from __future__ import annotations

import pytest

from gezhi.calendars.rules.limit_text import LimitFault, limit_of_text, text_of_limit
from gezhi.calendars.rules.limits import Limit, Unit


@pytest.mark.parametrize(
    ("text", "value", "unit"),
    [
        ("2紧急工作时", 2, Unit.URGENT_HOUR),
        ("4小时", 4, Unit.WORK_HOUR),
        ("2天", 2, Unit.WORK_DAY),
        ("3个工作日", 3, Unit.WORK_DAY),
        ("５ 工作日", 5, Unit.WORK_DAY),
        ("两个工作日内", 2, Unit.WORK_DAY),
        ("≤1紧急工作日", 1, Unit.URGENT_DAY),
        ("不超过30分钟", 30, Unit.MINUTE),
        ("12 个工作小时以内", 12, Unit.WORK_HOUR),
    ],
)
def test_limits_are_read_as_offices_write_them(text: str, value: int, unit: Unit) -> None:
    assert limit_of_text(text, calendar="office") == Limit(value, unit, "office")


@pytest.mark.parametrize(
    ("text", "fault"),
    [
        ("尽快", LimitFault.UNREADABLE),
        ("1.5天", LimitFault.UNREADABLE),
        ("-2天", LimitFault.UNREADABLE),
        ("2周", LimitFault.UNREADABLE),
        ("半天", LimitFault.UNREADABLE),
        ("十七十天", LimitFault.UNREADABLE),
        ("3", LimitFault.NO_UNIT),
        ("0天", LimitFault.NOT_POSITIVE),
        ("1000工作时", LimitFault.TOO_LONG),
    ],
)
def test_what_is_no_limit_says_why(text: str, fault: LimitFault) -> None:
    assert limit_of_text(text, calendar="office") is fault


@pytest.mark.parametrize("unit", list(Unit))
def test_a_limit_is_read_again_as_it_is_written(unit: Unit) -> None:
    limit = Limit(7, unit, "yard")
    assert limit_of_text(text_of_limit(limit), calendar="yard") == limit
