from __future__ import annotations

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

from gezhi.kernel.moments import CHINA_OFFSET_S, DAY_S, HOUR_S, MINUTE_S


def test_the_lengths_are_those_of_the_clock_on_the_wall() -> None:
    assert [timedelta(seconds=one) for one in (MINUTE_S, HOUR_S, DAY_S)] == [
        timedelta(minutes=1), timedelta(hours=1), timedelta(days=1),
    ]  # fmt: skip
    shanghai = datetime(2026, 7, 1, tzinfo=UTC).astimezone(ZoneInfo("Asia/Shanghai")).utcoffset()
    assert shanghai == timedelta(seconds=CHINA_OFFSET_S)
