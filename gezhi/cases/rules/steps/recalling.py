"""撤回: the dispatcher takes back a wrong dispatch; what every way back to the dispatcher has in common."""

from __future__ import annotations

import msgspec

from gezhi.cases.rules.applications.lapsing import lapse
from gezhi.cases.rules.clocks.clock import Clock, ClockKind
from gezhi.cases.rules.clocks.deadline import end_clock, take_back_end
from gezhi.cases.rules.commands import Recall
from gezhi.cases.rules.entries import Step
from gezhi.cases.rules.entry_kinds import EntryKind
from gezhi.cases.rules.facts import Facts
from gezhi.cases.rules.marks import Mark
from gezhi.cases.rules.stages import Status
from gezhi.cases.rules.state import Assignment, CaseState, End, Undo
from gezhi.kernel.permissions import Role
from gezhi.kernel.words import require_words


def ended_parts(state: CaseState, how: End, facts: Facts) -> tuple[Assignment, ...]:
    """Every open assignment, ended now in this way."""
    return tuple(msgspec.structs.replace(part, ended=facts.moment, end=how) for part in state.open_assignments)


def back_to_dispatch(state: CaseState, facts: Facts, *, since: int | None = None) -> tuple[Clock, ...]:
    """The unit's clocks stand still, from an earlier moment where that was asked for."""
    at = facts.moment if since is None else since
    receipt = state.clock(ClockKind.RECEIPT)
    ended = (end_clock(facts.timing, receipt, at=at),) if receipt is not None and receipt.ended is None else ()
    return (
        *ended,
        *facts.end(state, ClockKind.HELPING, ClockKind.APPROVAL),
        *facts.pause(state, ClockKind.HANDLING, since=since),
    )


def decide_recall(state: CaseState, command: Recall, facts: Facts) -> Step:
    """撤回派遣: a wrong dispatch, before hand-over. Who takes the own one back at once has not sent it. What the unit
    had asked for lapses with it.
    """
    reason, undo = require_words("reason", command.reason), state.undo
    own = state.leading is not None and state.leading.by == facts.actor.user_id
    if undo is not None and own and facts.moment - undo.at < facts.policy.undo_seconds:
        return _undone(state, undo, reason, facts)
    dispatch = state.clock(ClockKind.DISPATCH)
    assert dispatch is not None  # it ran until the dispatch
    clocks = (*back_to_dispatch(state, facts), take_back_end(facts.timing, dispatch))
    return Step(
        kind=EntryKind.RECALLED,
        status=Status.REGISTERED,
        assignments=ended_parts(state, End.RECALLED, facts),
        application=lapse(state, facts),
        clocks=_but_for_others(state, clocks),
        reason=reason,
        marks=(Mark.RECALLED,),
    )


def _undone(state: CaseState, undo: Undo, reason: str, facts: Facts) -> Step:
    """撤销派遣: clocks, marks and parts are as before the dispatch, and one entry says so."""
    return Step(
        kind=EntryKind.DISPATCH_UNDONE,
        status=Status.REGISTERED,
        undoes=undo.seq,
        assignments=ended_parts(state, End.RECALLED, facts),
        clocks=tuple(clock for clock in undo.clocks if clock != state.clock(clock.kind)),
        settled_unit=undo.settled_unit,
        rework_unit=undo.rework_unit,
        reason=reason,
    )


def _but_for_others(state: CaseState, clocks: tuple[Clock, ...]) -> tuple[Clock, ...]:
    """The approval clock of what a seat has asked for runs on."""
    if state.pending is None or state.pending.role == Role.HANDLER:
        return clocks
    return tuple(clock for clock in clocks if clock.kind is not ClockKind.APPROVAL)
