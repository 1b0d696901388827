"""Days as moments: the same for every register."""

from __future__ import annotations

from datetime import date, timedelta

from gezhi.cases.rules.ledger.share import midnight


def first_moment(day: date | None) -> int | None:
    return None if day is None else midnight(day)


def moment_after(day: date | None) -> int | None:
    """The first moment that no longer belongs to a day."""
    return None if day is None or day == date.max else midnight(day + timedelta(days=1))
