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


def kinds_read(word: str) -> list[bool]:
    return [one.worked for one in read_holiday_table([HEADS, ("2027-10-01", "", word)]).days]


def test_every_word_for_a_day_off_or_worked_is_known() -> None:
    off = ["放假", "休", "休息", "补休", "调休", "假日", "节假日", "off", "holiday", "OFF"]
    worked = ["上班", "班", "工作", "工作日", "调休上班", "补班", "work", "workday", "Workday"]
    assert [kinds_read(word) for word in off] == [[False]] * len(off)
    assert [kinds_read(word) for word in worked] == [[True]] * len(worked)


@pytest.mark.parametrize(
    "written",
    [
        "2027-10-1",
        "2027/10/01",
        "2027.10.1",
        "2027年10月1日",
        "2027年10月1",
        "20271001",
        "2027-10-01T00:00",
        "2027-10-01 00:00",
    ],
)
def test_a_date_is_read_in_this_writing(written: str) -> None:
    (day,) = read_holiday_table([HEADS, (written, "", "放假")]).days
    assert day.on == date(2027, 10, 1)


@pytest.mark.parametrize("written", ["2027-10-01 08:00", "2027101", "27-10-01", "2027-13-01", "十月一日"])
def test_what_is_no_date_is_not_guessed(written: str) -> None:
    reading = read_holiday_table([HEADS, (written, "", "放假")])
    assert (reading.days, [one.fault for one in reading.findings]) == ((), [Fault.BAD_ROW])


@pytest.mark.parametrize(("last", "days"), [("2027-10-01", 1), ("2027-11-01", 32), ("2027-11-02", 0)])
def test_a_span_has_at_most_a_month_and_a_day(last: str, days: int) -> None:
    assert len(read_holiday_table([HEADS, ("2027-10-01", last, "放假")]).days) == days


@pytest.mark.parametrize(
    "heads",
    [
        ("节日", "安排", "日期"),
        ("名称", "类型", "开始日期"),
        ("假日", "类别", "起始日期"),
        ("节假日", "放假或上班", "第一天"),
        ("Name", "Kind", "Date"),
        ("holiday", "type", "day"),
        ("name", " kind ", "first"),
        ("name", "kind", "from"),
    ],
)
def test_columns_are_known_by_any_of_their_heads_in_any_order(heads: tuple[str, ...]) -> None:
    reading = read_holiday_table([("序号", *heads), (1, "国庆节", "放假", "2027-10-01")])
    assert reading.days == (PlannedDay(date(2027, 10, 1), worked=False, name="国庆节"),)


@pytest.mark.parametrize("last", ["结束日期", "终止日期", "截止日期", "最后一天", "last", "to"])
def test_the_last_day_is_known_by_any_of_its_heads(last: str) -> None:
    assert len(read_holiday_table([("日期", "安排", last), ("2027-10-01", "放假", "2027-10-03")]).days) == 3


def test_days_come_in_their_order_and_a_long_name_is_cut() -> None:
    reading = read_holiday_table([HEADS, ("2027-10-02", "", "放假", "长" * 61), ("2027-10-01", "", "放假", "短")])
    assert [(one.on.day, len(one.name)) for one in reading.days] == [(1, 1), (2, 60)]


@pytest.mark.parametrize("heads", [("日期", "节日"), ("安排", "节日")])
def test_without_a_column_of_days_or_kinds_the_line_of_heads_is_named(heads: tuple[str, ...]) -> None:
    (found,) = read_holiday_table([heads, ("2027-10-01", "放假")]).findings
    assert (found.fault, found.zh[:5]) == (Fault.BAD_ROW, "第 1 行")
