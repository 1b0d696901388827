"""法定节假日与调休: the days that the State Council's yearly notices take off or have worked."""

from __future__ import annotations

from datetime import date
from typing import Final

from chinese_calendar import Holiday, holidays, workdays

FIRST_PUBLISHED: Final = date(min(holidays).year, 1, 1)
LAST_PUBLISHED: Final = date(max(holidays).year, 12, 31)
"""What the library knows; beyond it, only own rows are sure and plain weekdays count."""


HOLIDAYS_BY_LAW: Final = ((1, 1), (5, 1), (5, 2), (10, 1), (10, 2), (10, 3))
"""元旦, 劳动节, 国庆节: off every year, with or without a notice."""


def public_day(day: date) -> bool | None:
    """Worked (True: swapped workday 调休), off (False: holiday), or None for a day that the notices leave as it is.

    Of a year without a notice only the holidays are known whose date the law names.
    """
    if day in workdays:
        return True
    if day in holidays or (day > LAST_PUBLISHED and (day.month, day.day) in HOLIDAYS_BY_LAW):
        return False
    return None


def published_days(year: int) -> list[tuple[date, bool, str]]:
    """The days of a notice in their order: the date, whether it is worked, and the holiday that it belongs to."""
    named = sorted((day, day in workdays, str(name)) for day, name in {**holidays, **workdays}.items())
    return [(day, worked, Holiday(name).chinese) for day, worked, name in named if day.year == year]
