"""台账编号: a letter for the register, the date, and a running number."""

from __future__ import annotations

from gezhi.calendars.rules.office_days import day_of
from gezhi.kernel.numbering import number_of

ORDER, ENTRY, MAJOR, MEETING = "DB", "WZ", "ZD", "LX"


def register_number(register: str, *, at: int, serial: int) -> str:
    """For example DB20260302-0012."""
    return number_of(register, on=day_of(at), serial=serial, digits=4)
