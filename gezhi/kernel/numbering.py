"""编号: a head, the date and a running number, made to be read aloud. Gaps are allowed, repeats are not."""

from __future__ import annotations

from datetime import date


def number_of(head: str, *, on: date, serial: int, digits: int) -> str:
    """For example 4101-20261124-000123 (head `4101-`) or DB20260302-0012; more than the digits simply grow longer."""
    return f"{head}{on:%Y%m%d}-{serial:0{digits}d}"
