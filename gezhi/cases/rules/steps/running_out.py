"""超时与重算: what the clock loop and a changed calendar write into the log of a case."""

from __future__ import annotations

import msgspec

from gezhi.cases.rules.applications.deciding import expired
from gezhi.cases.rules.applications.suspension import woken
from gezhi.cases.rules.clocks.charging import newly_out
from gezhi.cases.rules.clocks.clock import Clock, ClockKind
from gezhi.cases.rules.clocks.deadline import recompute_clock
from gezhi.cases.rules.clocks.following import bound_receipt, follow
from gezhi.cases.rules.commands import Recompute, RunOut
from gezhi.cases.rules.entries import Step
from gezhi.cases.rules.entry_kinds import EntryKind
from gezhi.cases.rules.facts import Facts
from gezhi.cases.rules.marks import Mark
from gezhi.cases.rules.state import CaseState
from gezhi.kernel.problems import Problem

GRANTED = frozenset({ClockKind.SUSPENSION, ClockKind.WHOLE})  # no calendar moves their ends


class NothingRanOut(Problem):
    code = "cases.running-out.nothing"
    status = 409
    title = "没有新的超时。"
    title_en = "No clock has newly run out."


class NothingMoved(Problem):
    code = "cases.running-out.nothing-moved"
    status = 409
    title = "重算后时限没有变化。"
    title_en = "No deadline changed."


def decide_run_out(state: CaseState, _: RunOut, facts: Facts) -> Step:
    """超时: every running clock past its due moment is put on record once, and charged to whoever held the work then."""
    out = newly_out(state, facts.moment)
    if not out:
        raise NothingRanOut
    kinds, pending = {clock.kind for clock in out}, state.pending
    if ClockKind.SUSPENSION in kinds:
        return woken(state, facts, EntryKind.WOKEN)
    if ClockKind.APPROVAL in kinds and pending is not None and facts.matrix[pending.kind].undecided_expires:
        return expired(state, pending, facts)
    return Step(
        kind=EntryKind.CLOCK_RAN_OUT,
        status=state.status,
        clocks=tuple(msgspec.structs.replace(clock, raised=True) for clock in out),
        charges=tuple(charge for charge in facts.charges if charge.clock in kinds),
        text=",".join(clock.kind for clock in out),
        marks=(Mark.RAN_OUT,),
    )


def decide_recompute(state: CaseState, command: Recompute, facts: Facts) -> Step:
    """重算时限: after a calendar was changed; clocks that stand still, have ended or end at a granted moment stay."""
    handling = state.clock(ClockKind.HANDLING)
    handling = None if handling is None else _again(facts, handling, None)
    running = (clock for clock in state.clocks if clock.since is not None and clock.kind not in GRANTED)
    moved = tuple(new for clock in running if (new := _again(facts, clock, handling)) != clock)
    moving = Step(kind=EntryKind.DEADLINES_RECOMPUTED, status=state.status, clocks=moved, reason=command.reason)
    step = follow(state, moving, facts)
    if not step.clocks:
        raise NothingMoved
    return step


def _again(facts: Facts, clock: Clock, handling: Clock | None) -> Clock:
    """The clock by the calendars of now; one that had run out and has time again may run out again."""
    fresh = recompute_clock(facts.timing, clock)
    if clock.kind is ClockKind.RECEIPT:
        fresh = bound_receipt(fresh, handling)
    has_time = fresh.due > max(clock.due, facts.moment)
    return msgspec.structs.replace(fresh, raised=clock.raised and not has_time)
