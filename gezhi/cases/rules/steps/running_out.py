"""超时与重算: what the clock loop and a changed calendar write into the log of a case."""

from __future__ import annotations

import msgspec

from gezhi.cases.rules.applications.deciding import expired
from gezhi.cases.rules.applications.suspension import woken
from gezhi.cases.rules.clocks.clock import Clock, ClockKind
from gezhi.cases.rules.clocks.deadline import move_due, recompute_clock
from gezhi.cases.rules.clocks.whole_case import whole_clock
from gezhi.cases.rules.commands import Recompute, RunOut
from gezhi.cases.rules.entries import Step
from gezhi.cases.rules.entry_kinds import EntryKind
from gezhi.cases.rules.facts import Facts
from gezhi.cases.rules.marks import Mark
from gezhi.cases.rules.state import CaseState
from gezhi.kernel.problems import Problem

# Clocks of work that waits in a pool: their running out is charged to the duty officer on shift at that moment.
POOL_CLOCKS = frozenset({
    ClockKind.ACCEPTANCE, ClockKind.SEND_VERIFICATION, ClockKind.REGISTRATION, ClockKind.DISPATCH, ClockKind.REVIEW,
    ClockKind.SEND_INSPECTION, ClockKind.CLOSING, ClockKind.UNOWNED, ClockKind.APPROVAL,
})  # fmt: skip


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
    """超时: every running clock past its due moment is put on record once."""
    out = tuple(
        clock for clock in state.clocks if clock.since is not None and not clock.raised and clock.due < facts.moment
    )
    if not out:
        raise NothingRanOut
    kinds, pending = {clock.kind for clock in out}, state.pending
    if ClockKind.SUSPENSION in kinds:
        return woken(state, facts, EntryKind.WOKEN)
    if ClockKind.APPROVAL in kinds and pending is not None and facts.matrix[pending.kind].undecided_expires:
        return expired(state, pending, facts)
    pool = any(clock.kind in POOL_CLOCKS for clock in out)
    return Step(
        kind=EntryKind.CLOCK_RAN_OUT,
        status=state.status,
        clocks=tuple(msgspec.structs.replace(clock, raised=True) for clock in out),
        charged_to=facts.charged_to if pool else None,
        text=",".join(clock.kind for clock in out),
        marks=(Mark.RAN_OUT,),
    )


def decide_recompute(state: CaseState, command: Recompute, facts: Facts) -> Step:
    """重算时限: after a calendar was changed; clocks that stand still or have ended stay as they are."""
    fresh = tuple(_again(facts, clock) for clock in state.clocks if clock.kind is not ClockKind.WHOLE)
    moved = tuple(new for new in fresh if new != state.clock(new.kind))
    moved = (*moved, *_whole_again(state, moved, facts))
    if not moved:
        raise NothingMoved
    return Step(kind=EntryKind.DEADLINES_RECOMPUTED, status=state.status, clocks=moved, reason=command.reason)


def _again(facts: Facts, clock: Clock) -> Clock:
    """The clock by the calendars of now."""
    return _raised_again(recompute_clock(facts.timing, clock), clock, facts)


def _raised_again(fresh: Clock, clock: Clock, facts: Facts) -> Clock:
    """One that had run out and has time again may run out again."""
    has_time = fresh.due > max(clock.due, facts.moment)
    return msgspec.structs.replace(fresh, raised=clock.raised and not has_time)


def _whole_again(state: CaseState, moved: tuple[Clock, ...], facts: Facts) -> tuple[Clock, ...]:
    """全程: moves with the handling; before the dispatch it is chained anew."""
    whole, handling = state.clock(ClockKind.WHOLE), state.clock(ClockKind.HANDLING)
    if whole is None or whole.since is None:
        return ()
    if handling is None:
        fresh = whole_clock(facts, state.subject, since=state.reported)
    else:
        later = sum(clock.due - handling.due for clock in moved if clock.kind is ClockKind.HANDLING)
        fresh = (move_due(whole, later),) if later else ()
    return tuple(_raised_again(new, whole, facts) for new in fresh if new.due != whole.due)
