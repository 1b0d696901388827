"""To whom a region reports (上报关系): dated data, never the code prefix.

A county directly under the province (省直管县) reports past the city whose digits its code begins with.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

import msgspec


class ReportsTo(msgspec.Struct, frozen=True):
    """`region_code` reports to `parent_code` from `valid_from` to `valid_to`, both days included."""

    region_code: str
    parent_code: str
    valid_from: date
    valid_to: date | None = None
    basis: str = ""


def is_valid_on(valid_from: date, valid_to: date | None, on: date) -> bool:
    """Whether a dated row holds on a day: both days are included."""
    return valid_from <= on and (valid_to is None or on <= valid_to)


def reporting_parents(rows: Iterable[ReportsTo], on: date) -> dict[str, str]:
    """上报对象: region code → the code it reports to on that day."""
    return {row.region_code: row.parent_code for row in rows if is_valid_on(row.valid_from, row.valid_to, on)}


def reports_up(parents: dict[str, str], code: str) -> list[str]:
    """Everybody above a region, the nearest first."""
    above: list[str] = []
    while (parent := parents.get(code)) is not None and parent not in above:
        above.append(parent)
        code = parent
    return above
