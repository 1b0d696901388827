"""随动时限: what moves because something else did: the receipt is never due after the handling, each unit's part is due
with the handling, a task with its clock, and the whole case with its stages.
"""

from __future__ import annotations

import msgspec

from gezhi.cases.rules.clocks.clock import Clock, ClockKind
from gezhi.cases.rules.clocks.whole_case import MOVE_LIMITS, whole_clock
from gezhi.cases.rules.entries import Step
from gezhi.cases.rules.entry_kinds import EntryKind
from gezhi.cases.rules.facts import Facts
from gezhi.cases.rules.state import Assignment, CaseState, Task


def bound_receipt(receipt: Clock, handling: Clock | None) -> Clock:
    """签收不晚于处置: a receipt that would be due after the handling is due with it."""
    if handling is None or handling.since is None or receipt.since is None or receipt.due <= handling.due:
        return receipt
    return msgspec.structs.replace(receipt, due=handling.due, warn=min(receipt.warn, handling.due))


# What ran out or was taken back stands in its entry as it is; what was recomputed has its followers already.
ALONE = frozenset({EntryKind.CLOCK_RAN_OUT, EntryKind.DISPATCH_UNDONE, EntryKind.DEADLINES_RECOMPUTED})
AT_WORK = frozenset({ClockKind.HANDLING, ClockKind.HELPING})
TASK_CLOCKS = frozenset({ClockKind.VERIFICATION, ClockKind.INSPECTION})


def followed(state: CaseState | None, step: Step, facts: Facts) -> Step:
    """The step with what follows from its clocks."""
    if state is None or step.kind in ALONE or not (step.clocks or step.subject or step.kind in MOVE_LIMITS):
        return step
    return follow(state, step, facts)


def follow(state: CaseState, step: Step, facts: Facts) -> Step:
    """`followed`, whatever the step is."""
    clocks = {clock.kind: clock for clock in step.clocks}
    handling = clocks.get(ClockKind.HANDLING) or state.clock(ClockKind.HANDLING)
    receipt = clocks.get(ClockKind.RECEIPT) or state.clock(ClockKind.RECEIPT)
    if receipt is not None and (bound := bound_receipt(receipt, handling)) is not receipt:
        clocks[ClockKind.RECEIPT] = bound
    step = msgspec.structs.replace(
        step, clocks=tuple(clocks.values()), assignments=_parts(state, step), tasks=_tasks(state, step)
    )
    whole, before = whole_clock(state, step, facts), state.clock(ClockKind.WHOLE)
    others = tuple(clock for clock in step.clocks if clock.kind is not ClockKind.WHOLE)
    return msgspec.structs.replace(step, clocks=others if whole is None or whole == before else (*others, whole))


def _parts(state: CaseState, step: Step) -> tuple[Assignment, ...]:
    """Each part that is not handed over is due with the handling."""
    handling = next((one for one in step.clocks if one.kind in AT_WORK and one.since is not None), None)
    if handling is None:
        return step.assignments
    parts = {part.no: part for part in (*state.open_assignments, *step.assignments)}
    moved = {
        part.no: msgspec.structs.replace(part, due=handling.due)
        for part in parts.values()
        if part.ended is None and part.handed_over is None and part.due != handling.due
    }
    return tuple({**{part.no: part for part in step.assignments}, **moved}.values())


def _tasks(state: CaseState, step: Step) -> tuple[Task, ...]:
    """The open task is due with its clock."""
    clock = next((one for one in step.clocks if one.kind in TASK_CLOCKS and one.since is not None), None)
    tasks = {task.no: task for task in (*state.tasks, *step.tasks)}
    task = next((one for one in tasks.values() if one.answered is None and one.rerouted is None), None)
    if clock is None or task is None or task.due == clock.due:
        return step.tasks
    return tuple(
        {**{one.no: one for one in step.tasks}, task.no: msgspec.structs.replace(task, due=clock.due)}.values()
    )
