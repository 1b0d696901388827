"""时限变动: what a step moves, clock by clock."""

from __future__ import annotations

from collections.abc import Iterable

import msgspec

from gezhi.cases.rules.clocks.clock import Clock, ClockKind


class Move(msgspec.Struct, frozen=True):
    """时限变动 of one clock: when it ran out and when it does now. With both the same it only is no longer provisional,
    or has become so.
    """

    kind: ClockKind
    before: int
    after: int


def moves_of(before: Iterable[Clock], after: Iterable[Clock]) -> tuple[Move, ...]:
    """Each clock of a step beside what it was; the handling first, as it is what units look at."""
    was = {clock.kind: clock.due for clock in before}
    moves = [Move(clock.kind, was[clock.kind], clock.due) for clock in after if clock.kind in was]
    return tuple(sorted(moves, key=lambda move: (move.kind is not ClockKind.HANDLING, move.kind)))
