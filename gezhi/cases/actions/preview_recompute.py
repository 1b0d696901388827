"""重算预览: which deadlines would move under calendars that are not in force. Nothing is entered."""

from __future__ import annotations

from collections import Counter
from uuid import UUID

import msgspec

from gezhi.calendars.rules.calendars import Calendars
from gezhi.cases.actions.gather import facts_for, gather_batch
from gezhi.cases.queries.registers import held_registers
from gezhi.cases.queries.running_clocks import read_running_from
from gezhi.cases.rules.clocks.moves import Move, moves_of
from gezhi.cases.rules.commands import Recompute, Submission
from gezhi.cases.rules.steps.running_out import NothingMoved, decide_recompute
from gezhi.kernel.permissions import SYSTEM

MOST_LOOKED = 10_000
SHOWN = 10


class MovedCase(msgspec.Struct, frozen=True):
    """One case and its clock that is told first: the handling where that moves."""

    case_id: UUID
    no: str
    move: Move


class Preview(msgspec.Struct, frozen=True):
    """`looked` of `touched` cases were reckoned; of them `moved` get an entry: due later, earlier, or at the same
    moment but no longer provisional (or from now on). `first` are those with the nearest deadlines.
    """

    touched: int
    looked: int
    moved: int
    later: int
    earlier: int
    same: int
    first: tuple[MovedCase, ...]


def preview_recompute(calendars: Calendars, *, first: int, moment: int) -> Preview:
    """`calendars` as they would be, `first` the moment from which they differ; clocks that ran out before stay."""
    registers = msgspec.structs.replace(held_registers(), calendars=calendars)
    gathered = gather_batch([], registers, {})
    states, touched = read_running_from(first, limit=MOST_LOOKED)
    found: list[MovedCase] = []
    for case_id, state in states:
        command = Recompute(reason="")
        one = Submission(case_id=case_id, command_id=case_id, command=command, actor=SYSTEM)
        try:
            step = decide_recompute(state, command, facts_for(one, state, gathered, moment=moment))
        except NothingMoved:
            continue
        found.append(MovedCase(case_id, state.no, moves_of(state.clocks, step.clocks)[0]))
    ways = Counter((one.move.after > one.move.before) - (one.move.after < one.move.before) for one in found)
    return Preview(touched, len(states), len(found), ways[1], ways[-1], ways[0], tuple(found[:SHOWN]))
