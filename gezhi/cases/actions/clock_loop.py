"""时限巡检: finds the cases in which a clock has run out and puts that on record, by the ordinary way of a command."""

from __future__ import annotations

from gezhi.cases.actions.perform import perform
from gezhi.cases.queries.due import list_due
from gezhi.cases.rules.commands import RunOut, Submission
from gezhi.kernel.permissions import SYSTEM
from gezhi.plumbing.clock import Clock
from gezhi.plumbing.ids import Ids

BATCH = 500


def raise_due_clocks(*, clock: Clock, ids: Ids, batch: int = BATCH) -> bool:
    """One batch; True when more may be waiting. A case that another has taken in the meantime is refused and found
    again later.
    """
    due = list_due(clock(), limit=batch)
    if due:
        perform(
            [Submission(case_id=case_id, command_id=ids(), command=RunOut(), actor=SYSTEM) for case_id in due],
            clock=clock,
        )
    return len(due) == batch
