"""失效与恢复计时: what becomes of an application when its object is gone, and of the clocks that waited for it."""

from __future__ import annotations

from collections.abc import Collection

import msgspec

from gezhi.cases.rules.applications import Application, ApplicationKind, ApplicationOutcome
from gezhi.cases.rules.clocks.clock import Clock, ClockKind
from gezhi.cases.rules.facts import Facts
from gezhi.cases.rules.stages import AT_UNIT
from gezhi.cases.rules.state import CaseState
from gezhi.kernel.permissions import Role

WAITING = (ClockKind.HANDLING, ClockKind.HELPING, ClockKind.RECEIPT)
"""The clocks of a unit that stand still while a wish waits, where the matrix says so."""


def lapse(state: CaseState, facts: Facts, *, units: Collection[int] | None = None) -> Application | None:
    """自行失效: what a unit has asked for lapses with its assignment. `units`: only if one of these has asked."""
    pending = state.pending
    if pending is None or pending.role != Role.HANDLER or (units is not None and pending.unit not in units):
        return None
    return msgspec.structs.replace(pending, outcome=ApplicationOutcome.LAPSED, ended=facts.moment)


def end_of_waiting(state: CaseState, kind: ApplicationKind, facts: Facts) -> tuple[Clock, ...]:
    """The clocks when an application ends without effect: the waiting was the unit's own time (a row of the matrix)."""
    row = facts.matrix[kind]
    ended = facts.end(state, ClockKind.APPROVAL)
    if not row.stops_clock or state.status not in AT_UNIT:
        return ended
    resumed = [
        clock
        for waited in WAITING
        for clock in facts.resume(state, waited, give_time_back=row.refusal_gives_time_back)
        if _goes_on(state, waited)
    ]
    return (*ended, *resumed)


def _goes_on(state: CaseState, kind: ClockKind) -> bool:
    clock = state.clock(kind)
    handed_over = kind is ClockKind.HANDLING and not state.is_with_leading_unit
    return clock is not None and clock.ended is None and not handed_over
