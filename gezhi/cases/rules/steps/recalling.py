"""撤回: the dispatcher takes back a wrong dispatch; what every way back to the dispatcher has in common."""

from __future__ import annotations

import msgspec

from gezhi.cases.rules.applications.lapsing import lapse
from gezhi.cases.rules.clocks.clock import Clock, ClockKind
from gezhi.cases.rules.commands import Recall
from gezhi.cases.rules.entries import Step
from gezhi.cases.rules.entry_kinds import EntryKind
from gezhi.cases.rules.facts import Facts
from gezhi.cases.rules.marks import Mark
from gezhi.cases.rules.stages import Status
from gezhi.cases.rules.state import Assignment, CaseState, End
from gezhi.kernel.permissions import Role
from gezhi.kernel.words import require_words


def ended_parts(state: CaseState, how: End, facts: Facts) -> tuple[Assignment, ...]:
    """Every open assignment, ended now in this way."""
    return tuple(msgspec.structs.replace(part, ended=facts.moment, end=how) for part in state.open_assignments)


def back_to_dispatch(state: CaseState, facts: Facts) -> tuple[Clock, ...]:
    """The unit's clocks stand still, the dispatcher's starts."""
    return (
        *facts.end(state, ClockKind.RECEIPT, ClockKind.APPROVAL),
        *facts.pause(state, ClockKind.HANDLING),
        facts.start(ClockKind.DISPATCH),
    )


def decide_recall(state: CaseState, command: Recall, facts: Facts) -> Step:
    """撤回派遣: the dispatcher's own wrong dispatch, before hand-over. What the unit had asked for lapses with it."""
    return Step(
        kind=EntryKind.RECALLED,
        status=Status.REGISTERED,
        assignments=ended_parts(state, End.RECALLED, facts),
        application=lapse(state, facts),
        clocks=_but_for_others(state, back_to_dispatch(state, facts)),
        reason=require_words("reason", command.reason),
        marks=(Mark.RECALLED,),
    )


def _but_for_others(state: CaseState, clocks: tuple[Clock, ...]) -> tuple[Clock, ...]:
    """The approval clock of what a seat has asked for runs on."""
    if state.pending is None or state.pending.role == Role.HANDLER:
        return clocks
    return tuple(clock for clock in clocks if clock.kind is not ClockKind.APPROVAL)
