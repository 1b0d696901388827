"""计时: one clock of a case, and which there are."""

from __future__ import annotations

import msgspec

from gezhi.calendars.rules.limits import Unit
from gezhi.policy.rules.clock_kinds import ClockKind

__all__ = ("Clock", "ClockKind")


class Clock(msgspec.Struct, frozen=True, omit_defaults=True):
    """计时: one clock. `limit` and `used` are ticks of its unit; it runs while `since` is set.

    `due` is the moment when it runs out (while it stands still: when it would have, had it not stopped); `raised`
    says that its running out is
    on record, `late` that it ended after `due`.
    """

    kind: ClockKind
    calendar: str
    unit: Unit
    limit: int
    due: int
    warn: int
    used: int = 0
    since: int | None = None
    paused: int | None = None
    ended: int | None = None
    provisional: bool = False
    raised: bool = False
    late: bool = False
