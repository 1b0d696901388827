"""问责规定: which problems are proposed for the ledger. Rows that a city sets; the presets are common practice [U]."""

from __future__ import annotations

import msgspec

from gezhi.calendars.rules.limits import Limit, Unit
from gezhi.kernel.problems import Problem
from gezhi.kernel.words import is_blank
from gezhi.policy.rules.local_policy import OFFICE
from gezhi.supervision.rules.accountability import AccountabilityKind

HIGHEST_SHARE = 1_000
HIGHEST_POINTS = 10_000  # hundredths
MOST_MONTHS = 12


class AccountabilityRow(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """问责规定: `threshold` is a count (a level for overdue, per mille for a low rate); `days` how far back cases are
    looked at; a low rate must last `months` months with at least `base` cases in each. `most_points`, in hundredths:
    what closing an entry of this kind may take off the evaluation at most.
    """

    kind: AccountabilityKind
    threshold: int
    days: int = 30
    months: int = 0
    base: int = 0
    most_points: int = 500
    correct: Limit = Limit(5, Unit.WORK_DAY, OFFICE)
    demand: str
    active: bool = True


ROWS: dict[str, AccountabilityRow] = {
    AccountabilityKind.OVERDUE: AccountabilityRow(
        kind=AccountabilityKind.OVERDUE, threshold=3, demand="限期处置到位，查明拖延原因，明确责任人。"
    ),
    AccountabilityKind.REPEATS: AccountabilityRow(
        kind=AccountabilityKind.REPEATS, threshold=5, demand="查明反复发生的原因，提出长效管理措施。"
    ),
    AccountabilityKind.COMPLAINT: AccountabilityRow(
        kind=AccountabilityKind.COMPLAINT, threshold=1, demand="限期办结并向投诉人说明情况。", active=False
    ),
    AccountabilityKind.REOPENED: AccountabilityRow(
        kind=AccountabilityKind.REOPENED, threshold=1, demand="重新处置到位，说明上次处置不到位的原因。"
    ),
    AccountabilityKind.ORDERS: AccountabilityRow(
        kind=AccountabilityKind.ORDERS, threshold=3, demand="说明多次督办仍未解决的原因，限期整改。"
    ),
    AccountabilityKind.LOW_RATE: AccountabilityRow(
        kind=AccountabilityKind.LOW_RATE,
        threshold=800,
        months=3,
        base=10,
        most_points=1_000,
        correct=Limit(20, Unit.WORK_DAY, OFFICE),
        demand="分析按期处置率偏低的原因，提出整改措施并限期见效。",
    ),
}


class BadRow(Problem):
    code = "supervision.accountability-rules.bad-row"
    status = 422
    title = "问责规定无效：次数、天数应大于零，比率在 1‰ 至 1000‰ 之间，持续月数 1 至 12，扣分上限 0 至 100，并写明整改要求。"
    title_en = (
        "The row is not valid: counts and days above zero, a rate of 1 to 1000 per mille, 1 to 12 months, at most 100 "
        "points, a demand."
    )


def check_row(row: AccountabilityRow) -> AccountabilityRow:
    lasting = row.kind is not AccountabilityKind.LOW_RATE or (
        row.threshold <= HIGHEST_SHARE and 1 <= row.months <= MOST_MONTHS
    )
    counts = row.threshold > 0 and row.days > 0 and row.base >= 0 and 0 <= row.most_points <= HIGHEST_POINTS
    if not (counts and lasting and not is_blank(row.demand) and row.kind in ROWS):
        raise BadRow(field="rows")
    return row


class MonthRate(msgspec.Struct, frozen=True):
    """按期处置率: what a unit handled in a month, and how much of it in time."""

    unit: int
    month: str
    handled: int
    in_time: int

    @property
    def share(self) -> int:
        """Per mille."""
        return self.in_time * 1_000 // self.handled if self.handled else 1_000


def lasting_low(row: AccountabilityRow, rates: list[MonthRate]) -> list[list[MonthRate]]:
    """单位 whose rate lay below the threshold in each of the months, with enough cases in each; oldest month first."""
    by_unit: dict[int, list[MonthRate]] = {}
    for rate in rates:
        if rate.handled >= max(row.base, 1) and rate.share < row.threshold:
            by_unit.setdefault(rate.unit, []).append(rate)
    lasting = (sorted(low, key=lambda one: one.month) for low in by_unit.values() if len(low) >= row.months)
    return sorted(lasting, key=lambda low: low[0].unit)
