"""年度安排预警: warns before the last year whose holidays are known runs out."""

from __future__ import annotations

from datetime import date

import msgspec


class YearRunsOut(msgspec.Struct, frozen=True):
    """A calendar whose days to come are not settled: deadlines beyond `published_through` are provisional (暂定)."""

    calendar: str
    published_through: date
    days_left: int

    @property
    def text(self) -> str:
        return f"日历“{self.calendar}”的节假日安排只到 {self.published_through:%Y年%m月%d日}，请录入下一年度安排。"

    @property
    def text_en(self) -> str:
        return f"Calendar '{self.calendar}' knows holidays only up to {self.published_through}: enter the next year's."


def warning_of(calendar: str, published_through: date, *, today: date, warn_days: int) -> YearRunsOut | None:
    """A warning when fewer than `warn_days` days are settled; None while there is time. The State Council publishes a
    year's holidays in the autumn before it; limits reach over New Year from then on.
    """
    left = (published_through - today).days
    return YearRunsOut(calendar, published_through, left) if left < warn_days else None
