"""派遣质量: what a dispatcher sees of the own work in a month: how many, how right, how fast.

A dispatch counts as wrong when its unit's wish to send it back was granted, or when the case went to another unit
after it was recalled; recalled and given to the same unit it does not. What was undone at once counts as if it had not
been sent (GB/T 30428.4, N20–N23).
"""

from __future__ import annotations

from decimal import ROUND_HALF_UP, Decimal

import msgspec

MEANING_ZH = (
    "派遣数：本月本人派遣的次数，派遣后立即撤销的不计。按时：在派遣时限内派出。错误派遣：责任单位申请回退获准，"
    "或撤回后改派其他单位。准确率＝（派遣数－错误派遣数）÷派遣数；按时率＝按时派遣数÷派遣数；用时为中位数。"
    "全中心为本机构全体派遣员同期合计。"
)
MEANING_EN = (
    "Dispatched: your dispatches of the month; those undone at once are left out. In time: before the dispatch "
    "clock ran out. Wrong: the unit's wish to send it back was granted, or after a recall the case went to another "
    "unit. Accuracy = (dispatched − wrong) ÷ dispatched. Time is the median. The centre: all dispatchers of your body."
)


class DispatchCount(msgspec.Struct, frozen=True):
    """派遣计数 of one person or of all, in one month. `seconds` is the median by the dispatch clock."""

    dispatched: int = 0
    in_time: int = 0
    sent_back: int = 0
    recalled: int = 0
    to_another: int = 0
    wrong: int = 0
    seconds: int | None = None

    @property
    def accuracy(self) -> Decimal | None:
        return _percent(self.dispatched - self.wrong, self.dispatched)

    @property
    def timeliness(self) -> Decimal | None:
        return _percent(self.in_time, self.dispatched)


def _percent(part: int, whole: int) -> Decimal | None:
    """One decimal; nothing out of nothing."""
    if whole == 0:
        return None
    return (Decimal(100 * part) / whole).quantize(Decimal("0.1"), ROUND_HALF_UP)
