"""How much work one user may cause (用量限额): a store of seconds that fills up with time and is used up by work."""

from __future__ import annotations

from collections.abc import Hashable

MOST_REMEMBERED = 10_000


class Allowance:
    """`most` seconds at first and after rest; `per_second` come back. Work may begin while anything is left, so the
    last of it may cost more than there was: that is paid back by waiting.
    """

    def __init__(self, *, most: float, per_second: float) -> None:
        self.most = most
        self.per_second = per_second
        self._left: dict[Hashable, tuple[float, float]] = {}

    def wait_s(self, who: Hashable, now: float) -> float:
        """Seconds until work may begin again; 0 when it may now."""
        left = self._left_of(who, now)
        return 0.0 if left > 0 else -left / self.per_second + 1

    def spend(self, who: Hashable, seconds: float, now: float) -> None:
        left = self._left_of(who, now) - seconds
        self._left.pop(who, None)
        self._left[who] = (left, now)
        if len(self._left) > MOST_REMEMBERED:
            del self._left[next(iter(self._left))]

    def _left_of(self, who: Hashable, now: float) -> float:
        left, at = self._left.get(who, (self.most, now))
        return min(self.most, left + (now - at) * self.per_second)
