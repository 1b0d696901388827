"""年度安排提醒: what administrators read while the holidays of a year are still to be entered."""

from __future__ import annotations

from datetime import date
from typing import Final
from uuid import NAMESPACE_OID, uuid5

from gezhi.notices.rules.news import About, NewNotice, Words

CALENDAR: Final = "calendar"
"""What the notice is about: it leads to the page of the years."""


def missing_year(through: date, *, today: date, readers: tuple[int, ...], at: int) -> NewNotice:
    """One notice for each month. `through`: the last day whose holidays are known."""
    year = through.year + 1
    begun = today > through
    return NewNotice(
        key=f"missing-year:{year}:{today:%Y-%m}",
        readers=readers,
        kind="missing_year",
        about=About(kind=CALENDAR, id=uuid5(NAMESPACE_OID, f"gezhi-holidays-{year}"), no="", area=""),
        title=Words(f"请录入{year}年节假日安排", f"Enter the public holidays of {year}"),
        text=Words(
            f"节假日只安排到{through:%Y年%m月%d日}，"
            + ("此后的工作日按星期和法定节日推算，" if begun else "跨年的")
            + "时限为暂定；录入后自动重算。",
            f"Holidays are settled up to {through}; deadlines beyond are provisional and computed anew once entered.",
        ),
        at=at,
    )
