"""占比控制: how full a unit's share of each kind of application is: of a month for the report, of the last days for
the next decision.
"""

from __future__ import annotations

from datetime import date
from enum import StrEnum

import msgspec

from gezhi.cases.rules.applications import ApplicationKind
from gezhi.cases.rules.applications.approval_row import ApprovalRow, share_of
from gezhi.cases.rules.facts import UnitShare


class Fullness(StrEnum):
    """占比状态. `few`: too few cases for a share to mean anything, and no more granted than may be of so few."""

    FEW = "few"
    OK = "ok"
    WARNING = "warning"
    ABOVE = "above"


FULLNESS_NAMES: dict[Fullness, tuple[str, str]] = {
    Fullness.FEW: ("基数不足", "Too few cases"),
    Fullness.OK: ("正常", "Within limits"),
    Fullness.WARNING: ("接近上限", "Near the ceiling"),
    Fullness.ABOVE: ("超过上限", "Above the ceiling"),
}
_WORST_FIRST = (Fullness.ABOVE, Fullness.WARNING, Fullness.OK, Fullness.FEW)


def month_after(first: date) -> date:
    return date(first.year + first.month // 12, first.month % 12 + 1, 1)


class Counted(msgspec.Struct, frozen=True):
    """What a unit asked for of a kind in a month, by the date of asking; `granted` by the date of the decision.
    `late`: asked after the deadline, counted apart.
    """

    asked: int = 0
    granted: int = 0
    refused: int = 0
    pending: int = 0
    late: int = 0


class KindShare(msgspec.Struct, frozen=True):
    """占比: `share` per mille of the month. `lately`: what control looks at for the next decision; `next_is_above`: one
    more would take the steps above the ceiling.
    """

    kind: ApplicationKind
    counted: Counted
    share: int
    fullness: Fullness
    lately: UnitShare
    next_is_above: bool


class UnitShares(msgspec.Struct, frozen=True):
    """One unit's month: how many cases it was given, and its share of each kind."""

    unit: int
    given: int
    kinds: tuple[KindShare, ...]

    @property
    def worst(self) -> Fullness:
        return min((one.fullness for one in self.kinds), key=_WORST_FIRST.index)

    @property
    def urgency(self) -> tuple[int, int, int, int]:
        """Sorts the worst first: by state, then the largest share, then the most cases."""
        largest = max(one.share for one in self.kinds)
        return _WORST_FIRST.index(self.worst), -largest, -self.given, self.unit


def share_in(row: ApprovalRow, counted: Counted, given: int, lately: UnitShare) -> KindShare:
    """占比控制 of one kind by its row: the same ceiling and the same base for a month as for the next decision."""
    share = share_of(counted.granted, given)
    if row.is_above(counted.granted, given):
        fullness = Fullness.ABOVE
    elif given < row.share_base:
        fullness = Fullness.FEW
    else:
        fullness = Fullness.WARNING if row.warning and share >= row.warning else Fullness.OK
    return KindShare(
        row.kind, counted, share, fullness, lately, next_is_above=row.is_above(lately.granted + 1, lately.given)
    )
