"""红黄绿灯: green to the warning, yellow to the deadline, red beyond. Computed when read, never stored."""

from __future__ import annotations

from enum import StrEnum

from gezhi.cases.rules.clocks.clock import Clock, ClockKind
from gezhi.cases.rules.state import CaseState

# The whole case is shown apart; the time for an approval does not hide that for the handling.
OVERARCHING = frozenset({ClockKind.WHOLE, ClockKind.APPROVAL})


class Light(StrEnum):
    GREEN = "green"
    YELLOW = "yellow"
    RED = "red"
    NONE = "none"


def light_at(due: int | None, warn: int | None, moment: int) -> Light:
    """The light of a running clock at a moment."""
    if due is None:
        return Light.NONE
    if moment > due:
        return Light.RED
    if warn is not None and moment >= warn:
        return Light.YELLOW
    return Light.GREEN


def leading_clock(state: CaseState) -> Clock | None:
    """主计时: the clock that a list shows: of those that run, the one that is due first."""
    running = [clock for clock in state.clocks if clock.since is not None and clock.kind not in OVERARCHING]
    if running:
        return min(running, key=lambda clock: clock.due)
    waiting = state.clock(ClockKind.APPROVAL)
    return waiting if waiting is not None and waiting.since is not None else None
