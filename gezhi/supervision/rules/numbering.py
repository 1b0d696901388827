"""台账编号: a letter for the register, the date, and a running number; made to be read aloud."""

from __future__ import annotations

from gezhi.calendars.rules.office_days import day_of

ORDER, ENTRY, MAJOR, MEETING = "DB", "WZ", "ZD", "LX"


def number_of(register: str, *, at: int, serial: int) -> str:
    """For example DB20260302-0012."""
    return f"{register}{day_of(at):%Y%m%d}-{serial:04d}"
