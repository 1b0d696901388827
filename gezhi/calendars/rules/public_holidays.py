"""法定节假日与调休: the days that the State Council's yearly notices take off or have worked, and those that the law
takes off in every year, the lunar ones too.

Clause: 全国年节及纪念日放假办法 (State Council, in force from 1 January 2025), articles 2 and 3.
"""

from __future__ import annotations

from datetime import date, timedelta
from functools import cache
from typing import Final

from chinese_calendar import Holiday, holidays, workdays
from lunar_python import Lunar, Solar

FIRST_PUBLISHED: Final = date(min(holidays).year, 1, 1)
LAST_PUBLISHED: Final = date(max(holidays).year, 12, 31)
"""What the library of notices knows; beyond it only own rows are sure, and the law is all that is known."""


@cache
def holidays_by_law(year: int) -> dict[date, str]:
    """放假的节日 of a year in their order, by name: New Year's Day, New Year's Eve and the first three days of the lunar
    year, 清明, 1 and 2 May, 端午, 中秋, 1 to 3 October. Where 中秋 falls into October both are one day.
    """
    spring, qingming = _day_of(Lunar.fromYmd(year, 1, 1).getSolar()), Lunar.fromYmd(year, 6, 1).getJieQiTable()["清明"]
    days = [(date(year, 1, 1), "元旦"), *((spring + timedelta(days=at), "春节") for at in (-1, 0, 1, 2))]
    days += [(_day_of(qingming), "清明"), (date(year, 5, 1), "劳动节"), (date(year, 5, 2), "劳动节")]
    days += [
        (_day_of(Lunar.fromYmd(year, 5, 5).getSolar()), "端午"),
        (_day_of(Lunar.fromYmd(year, 8, 15).getSolar()), "中秋"),
    ]
    return dict(sorted([*days, *((date(year, 10, day), "国庆节") for day in (1, 2, 3))]))


def _day_of(solar: Solar) -> date:
    return date(solar.getYear(), solar.getMonth(), solar.getDay())


def public_day(day: date) -> bool | None:
    """Worked (True: swapped workday 调休), off (False: holiday), or None for a day that the notices leave as it is.

    Of a year without a notice only the holidays are known that the law gives.
    """
    if day in workdays:
        return True
    if day in holidays or (day > LAST_PUBLISHED and day in holidays_by_law(day.year)):
        return False
    return None


def published_days(year: int) -> list[tuple[date, bool, str]]:
    """The days of a notice in their order: the date, whether it is worked, and the holiday that it belongs to."""
    named = sorted((day, day in workdays, str(name)) for day, name in {**holidays, **workdays}.items())
    return [(day, worked, Holiday(name).chinese) for day, worked, name in named if day.year == year]
