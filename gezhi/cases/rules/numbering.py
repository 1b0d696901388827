"""案件编号: prefix, date and a running number, made to be read aloud. Gaps are allowed, repeats are not."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

CHINA = timedelta(hours=8)


def number_of(prefix: str, *, at: int, serial: int) -> str:
    """For example 4101-20261124-000123; more than a million a day simply grow longer."""
    day = (datetime.fromtimestamp(at, UTC) + CHINA).strftime("%Y%m%d")
    return f"{prefix}-{day}-{serial:06d}" if prefix else f"{day}-{serial:06d}"
