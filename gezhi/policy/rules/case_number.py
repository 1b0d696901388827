"""案件编号: the prefix of the city, the date and a running number."""

from __future__ import annotations

from gezhi.calendars.rules.office_days import day_of
from gezhi.kernel.numbering import number_of


def case_number(prefix: str, *, at: int, serial: int) -> str:
    """For example 4101-20261124-000123; without a prefix 20261124-000123."""
    return number_of(f"{prefix}-" if prefix else "", on=day_of(at), serial=serial, digits=6)
