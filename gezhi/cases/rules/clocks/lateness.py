"""超时认定: what late means. Late is a clock and nothing else: its due moment has passed, whether it runs on or stopped
beyond (`is_late`). Whatever is called late says by which clock:

- a case in a list, a count, a sheet: by the clock that the list shows (`lights.leading_clock`), which is named there.
- a unit, with what it has in hand: by its own time, that for the handling (`part_due`), never by the receipt.
- a case, held to account: `is_past_due`, by the handling clock, which is the leading unit's.
- at closing: `is_handled_late`. The hand-over that passed came after the deadline; how long the inspection took never
  counts against the unit.
- for figures: as at closing, but a case that a granted appeal took out (`exempt`) counts on neither side: not among
  those in time, not among all. That it was late stays visible in the case.

逾期 is what no clock counts: a reply, a result, an application after its date. `cases/queries/lateness.py` says the
same to the database.
"""

from __future__ import annotations

from gezhi.cases.rules.clocks.clock import Clock, ClockKind
from gezhi.cases.rules.state import Assignment, CaseState


def is_late(clock: Clock | None, moment: int) -> bool:
    return clock is not None and (clock.late or (clock.since is not None and moment > clock.due))


def ran_out(clock: Clock) -> bool:
    return clock.late or clock.raised


def working_clock(state: CaseState) -> Clock | None:
    """The clock of who is at work: of the helping units once the leading one has handed over."""
    helping = state.clock(ClockKind.HELPING)
    return helping if helping is not None and helping.ended is None else state.clock(ClockKind.HANDLING)


def is_past_due(state: CaseState, moment: int) -> bool:
    return is_late(state.clock(ClockKind.HANDLING), moment)


def is_handled_late(state: CaseState) -> bool:
    clock = state.clock(ClockKind.HANDLING)
    return clock is not None and clock.late


def handling_due(state: CaseState) -> int | None:
    """When the time of the units at work runs out; None while it stands still, as it cannot run out then."""
    clock = working_clock(state)
    return clock.due if clock is not None and clock.since is not None else None


def part_due(state: CaseState, part: Assignment) -> int | None:
    """When this unit's own time runs out; None where it has handed over or the time stands still."""
    due = handling_due(state) if part.ended is None and part.handed_over is None else None
    return None if due is None else part.due or due
