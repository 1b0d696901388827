"""法定节假日与调休: the days that the State Council's yearly notices take off or have worked."""

from __future__ import annotations

from datetime import date
from typing import Final

from chinese_calendar import holidays, workdays

FIRST_PUBLISHED: Final = date(min(holidays).year, 1, 1)
LAST_PUBLISHED: Final = date(max(holidays).year, 12, 31)
"""What the library knows; beyond it, only own rows are sure and plain weekdays count."""


def public_day(day: date) -> bool | None:
    """Worked (True: swapped workday 调休), off (False: holiday), or None for a day that the notices leave as it is."""
    if day in workdays:
        return True
    return False if day in holidays else None
