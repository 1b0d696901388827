from __future__ import annotations

from datetime import date, datetime

import pytest

from gezhi.calendars.rules.holiday_reading import Fault
from gezhi.calendars.rules.holiday_table import read_holiday_table
from gezhi.calendars.rules.year_plan import PlannedDay

HEADS = ("日期", "终止日期", "安排", "节日")


def test_spans_and_single_days_are_read_in_every_usual_writing_of_a_date() -> None:
    reading = read_holiday_table(
        [
            HEADS,
            (datetime.fromisoformat("2027-01-01"), date(2027, 1, 2), "放假", "元旦"),
            (None, "", " ", None),
            ("2027-02-14 00:00:00", "", "补班", "春节"),
            ("20270220", None, "Work"),
            ("2027年5月1日", "2027/5/1", "休", " 劳动节 "),
        ]
    )
    assert reading.findings == ()
    assert reading.days == (
        PlannedDay(date(2027, 1, 1), worked=False, name="元旦"),
        PlannedDay(date(2027, 1, 2), worked=False, name="元旦"),
        PlannedDay(date(2027, 2, 14), worked=True, name="春节"),
        PlannedDay(date(2027, 2, 20), worked=True, name=""),
        PlannedDay(date(2027, 5, 1), worked=False, name="劳动节"),
    )


@pytest.mark.parametrize(
    "row",
    [
        ("2027-02-30", "", "放假"),
        ("1月1日", "", "放假"),
        ("2027-01-01", "2027-03-01", "放假"),
        ("2027-01-02", "2027-01-01", "放假"),
        ("2027-01-01", "", "也许"),
        ("2027-01-01",),
    ],
)
def test_a_row_that_is_not_understood_is_named_by_its_number(row: tuple[str, ...]) -> None:
    reading = read_holiday_table([HEADS, ("2027-10-01", "", "放假"), row])
    assert [(one.fault, one.zh[:5]) for one in reading.findings] == [(Fault.BAD_ROW, "第 3 行")]
    assert len(reading.days) == 1


def test_a_table_without_known_heads_and_a_day_twice_are_named() -> None:
    assert [one.fault for one in read_holiday_table([("x", "y"), ("2027-10-01", "放假")]).findings] == [Fault.BAD_ROW]
    assert [one.fault for one in read_holiday_table([]).findings] == [Fault.BAD_ROW]
    twice = read_holiday_table([HEADS, ("2027-10-01", "2027-10-03", "放假"), ("2027-10-03", "", "上班")])
    assert [one.zh for one in twice.findings] == ["2027-10-03 既放假又上班。"]
    assert [one.on.day for one in twice.days] == [1, 2, 3]
