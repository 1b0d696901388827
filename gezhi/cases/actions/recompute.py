"""重算时限: after a calendar was changed, every open case whose deadlines move gets a log entry with the new ones; closed
cases stay.
"""

from __future__ import annotations

from uuid import UUID

from gezhi.cases.actions.clock_loop import SYSTEM
from gezhi.cases.actions.perform import perform
from gezhi.cases.queries.due import list_open_after
from gezhi.cases.rules.commands import Recompute, Submission
from gezhi.plumbing.clock import Clock
from gezhi.plumbing.ids import Ids

BATCH = 1_000
REASON = "工作日历已调整"


def recompute_deadlines(after: UUID | None, *, clock: Clock, ids: Ids, batch: int = BATCH) -> UUID | None:
    """One batch in the order of ids; gives the last id, or None when no case is left. Cases whose deadlines stay are
    refused and unchanged.
    """
    found = list_open_after(after, limit=batch)
    if not found:
        return None
    command = Recompute(reason=REASON)
    perform(
        [Submission(case_id=case_id, command_id=ids(), command=command, actor=SYSTEM) for case_id in found], clock=clock
    )
    return found[-1]
