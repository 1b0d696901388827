"""红黄绿灯: green to the warning, yellow to the deadline, red beyond. Computed when read, never stored."""

from __future__ import annotations

from enum import StrEnum

from gezhi.cases.rules.clocks.clock import Clock, ClockKind
from gezhi.cases.rules.clocks.lateness import is_late
from gezhi.cases.rules.state import CaseState

# The whole case is shown apart; the time for an approval does not hide that for the handling.
OVERARCHING = frozenset({ClockKind.WHOLE, ClockKind.APPROVAL})


class Light(StrEnum):
    GREEN = "green"
    YELLOW = "yellow"
    RED = "red"
    NONE = "none"


def light_of(clock: Clock | None, moment: int) -> Light:
    """The light of a clock: red while it is late. A suspension ends at its end, however late somebody looks."""
    if clock is None or clock.since is None:
        return Light.RED if is_late(clock, moment) else Light.NONE
    if moment > clock.due and clock.kind is not ClockKind.SUSPENSION:
        return Light.RED
    return Light.YELLOW if moment >= clock.warn else Light.GREEN


def leading_clock(state: CaseState) -> Clock | None:
    """主计时: the clock that a list shows: of those that run, the one that is due first; the handling before a receipt
    once both have run out.
    """
    running = [clock for clock in state.clocks if clock.since is not None and clock.kind not in OVERARCHING]
    if running:
        return min(running, key=lambda clock: (not (clock.kind is ClockKind.HANDLING and clock.raised), clock.due))
    waiting = state.clock(ClockKind.APPROVAL)
    return waiting if waiting is not None and waiting.since is not None else None
