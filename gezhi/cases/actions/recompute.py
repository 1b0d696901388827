"""重算时限: after a calendar was changed, every open case whose deadlines move gets a log entry with the new ones; closed
cases stay.
"""

from __future__ import annotations

from gezhi.calendars.queries import change_in_words
from gezhi.cases.actions.perform import perform
from gezhi.cases.queries.due import list_running
from gezhi.cases.rules.commands import Recompute, Submission
from gezhi.kernel.permissions import SYSTEM
from gezhi.plumbing.clock import Clock
from gezhi.plumbing.ids import Ids

BATCH = 1_000


def recompute_deadlines(*, clock: Clock, ids: Ids, part: int = 0, parts: int = 1, batch: int = BATCH) -> int:
    """One part of the open cases, batch after batch, each its own transaction; gives how many moved. A case whose
    deadlines stay is refused and unchanged, so that what was left in the middle can be begun again.
    """
    waiting, moved = list_running(part=part, parts=parts), 0
    command = Recompute(reason=change_in_words())
    for first in range(0, len(waiting), batch):
        case_ids = waiting[first : first + batch]
        outcomes = perform(
            [Submission(case_id=case_id, command_id=ids(), command=command, actor=SYSTEM) for case_id in case_ids],
            clock=clock,
        )
        moved += sum(outcome.problem is None for outcome in outcomes)
    return moved
