"""超时认定: what late means. It has four answers, each right for its own question; nobody else answers one.

- a clock: `ran_out`. It ended after its due moment, or its running out is on record while it runs on.
- at the unit: `is_past_due`, at a moment. The handling clock runs beyond its due moment, or was stopped beyond it. It
  decides what may still be asked for, and what is held to account.
- at closing: `is_handled_late`. The hand-over that passed came after the deadline; how long the inspection took never
  counts against the unit.
- for figures: as at closing, but a case that a granted appeal took out (`exempt`) counts on neither side: not among
  those in time, not among all. That it was late stays visible in the case.

`cases/queries/lateness.py` says the same to the database.
"""

from __future__ import annotations

from gezhi.cases.rules.clocks.clock import Clock, ClockKind
from gezhi.cases.rules.state import CaseState


def ran_out(clock: Clock) -> bool:
    return clock.late or clock.raised


def working_clock(state: CaseState) -> Clock | None:
    """The clock of who is at work: of the helping units once the leading one has handed over."""
    helping = state.clock(ClockKind.HELPING)
    return helping if helping is not None and helping.ended is None else state.clock(ClockKind.HANDLING)


def is_past_due(state: CaseState, moment: int) -> bool:
    due = handling_due(state)
    return is_handled_late(state) or (due is not None and moment > due)


def is_handled_late(state: CaseState) -> bool:
    clock = state.clock(ClockKind.HANDLING)
    return clock is not None and clock.late


def handling_due(state: CaseState) -> int | None:
    """When the unit's time runs out; None while it stands still, as it cannot run out then."""
    clock = working_clock(state)
    return clock.due if clock is not None and clock.since is not None else None
