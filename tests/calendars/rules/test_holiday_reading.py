from __future__ import annotations

from datetime import date

import pytest

from gezhi.calendars.rules.holiday_reading import SEVEN, Fault, find_twice, find_unnamed, finding, in_order
from gezhi.calendars.rules.year_plan import PlannedDay

FIRST, SECOND = date(2027, 5, 1), date(2027, 5, 2)


def test_the_seven_holidays_are_looked_for_by_their_words() -> None:
    assert [one.zh for one in find_unnamed("元旦春节清明节端午节国庆节、中秋节")] == ["没有提到劳动。"]
    assert list(find_unnamed("元旦春节清明节“五一”国际节端午节国庆节、中秋节")) == []
    assert len(list(find_unnamed(""))) == len(SEVEN)


@pytest.mark.parametrize(("worked", "fault"), [(False, Fault.TWICE), (True, Fault.BOTH)])
def test_a_day_twice_and_a_day_both_off_and_worked_are_told_apart(worked: bool, fault: Fault) -> None:
    days = [PlannedDay(FIRST, worked=False, name=""), PlannedDay(SECOND, worked=False, name="")]
    again = PlannedDay(FIRST, worked=worked, name="")
    assert [(one.fault, one.day) for one in find_twice([*days, again])] == [(fault, FIRST)]
    assert in_order([*reversed(days), again]) == tuple(days)


def test_what_is_found_is_told_in_both_languages() -> None:
    told = finding(Fault.WEEKDAY, day=FIRST, weekday="六", told="五")
    assert told.zh == "2027-05-01 是星期六，写成了星期五。"
    assert told.en == "2027-05-01 is written as another weekday (五) than it is (六)."
