from __future__ import annotations

from datetime import date, timedelta

import pytest

from gezhi.calendars.rules.holiday_notice import read_notice
from gezhi.calendars.rules.holiday_reading import Fault
from gezhi.calendars.rules.public_holidays import public_day
from gezhi.calendars.rules.year_plan import SATURDAY
from tests.calendars.notice import BASIS, NOTICES, TEXT, notice


def by_library(year: int) -> dict[date, bool]:
    """Each day of a year: off or worked."""
    days = [date(year, 1, 1) + timedelta(days=at) for at in range(366)]
    plain = {day: day.weekday() < SATURDAY for day in days if day.year == year}
    return {day: worked if (public := public_day(day)) is None else public for day, worked in plain.items()}


@pytest.mark.parametrize("year", NOTICES)
def test_a_notice_gives_the_working_days_that_the_library_knows(year: int) -> None:
    reading = read_notice(NOTICES[year], year=year)
    assert reading.findings == ()
    told = {one.on: one.worked for one in reading.days}
    known = by_library(year)
    eve_of_next = {day: public_day(day) for day in known if day > date(year, 12, 28) and public_day(day) is not None}
    assert {day: told.get(day, day.weekday() < SATURDAY) for day in known if day not in eve_of_next} == {
        day: worked for day, worked in known.items() if day not in eve_of_next
    }


def test_the_whole_notice_is_read_with_its_number_and_what_lies_in_the_year_before() -> None:
    reading = read_notice(TEXT, year=2027)
    assert reading.basis == BASIS
    assert reading.findings == ()
    assert [(one.on, one.worked) for one in reading.days] == sorted((one.on, one.worked) for one in notice().days)
    new_year = [one for one in read_notice(NOTICES[2019], year=2019).days if one.name == "元旦"]
    assert [(f"{one.on}", one.worked) for one in new_year] == [
        ("2018-12-29", True),
        ("2018-12-30", False),
        ("2018-12-31", False),
        ("2019-01-01", False),
    ]
    without_years = "元旦：12月30日至1月1日放假，共3天。12月29日（星期六）上班。"
    assert [one.on for one in read_notice(without_years, year=2019).days] == [one.on for one in new_year]


@pytest.mark.parametrize(
    ("changed", "into", "fault", "zh"),
    [
        ("共8天", "共9天", Fault.COUNT, "春节写明共 9 天，列出的日期却有 8 天"),
        ("至7日（周四）", "至7日（周三）", Fault.WEEKDAY, "2027-10-07 是星期四，写成了星期三。"),
        ("2月14日（周日）、", "2月14日（周日）、2月14日（周日）、", Fault.TWICE, "2027-02-14 列了两次。"),
        ("10月9日（周六）", "10月7日（周四）", Fault.BOTH, "2027-10-07 既放假又上班。"),
        ("2月14日（周日）", "2月30日", Fault.NO_SUCH_DAY, "没有“2月30日”这一天。"),
        ("2月5日（农历除夕前一日、周五）至12日", "2月15日至12日", Fault.BACKWARDS, "“02月15日至12日”的终止日期早于起始日期，或者间隔过长。"),
        ("4月3日（周六）至5日", "1月3日至4月5日", Fault.BACKWARDS, "“01月03日至4月5日”的终止日期早于起始日期，或者间隔过长。"),
        ("5月8日（周六）上班", "5月8日（周六）另行通知", Fault.UNREAD, "没有读懂 2027-05-08 放假还是上班：“5月8日(周六)另行通知”。"),
        ("五、端午节：6月9日（周三）放假1天。", "", Fault.NOT_NAMED, "没有提到端午。"),
        ("2027年部分节假日", "2026年部分节假日", Fault.OTHER_YEAR, "这是 2026 年的安排，不是 2027 年的。"),
    ],
)  # fmt: skip
def test_what_contradicts_itself_is_named(changed: str, into: str, fault: Fault, zh: str) -> None:
    assert changed in TEXT
    findings = read_notice(TEXT.replace(changed, into), year=2027).findings
    assert fault in {one.fault for one in findings}
    assert any(one.zh.startswith(zh) for one in findings), findings


@pytest.mark.parametrize(
    "text", ["", "各省、自治区、直辖市人民政府：现将有关事项通知如下。", "0" * 5_000, "一、元旦：放假。"]
)
def test_a_text_that_is_no_notice_says_so(text: str) -> None:
    reading = read_notice(text, year=2027)
    assert [one.fault for one in reading.findings] == [Fault.NOTHING]
    assert reading.days == ()
