"""状态集合: sets of statuses in the words of the database, made from the table of stages and written nowhere else."""

from __future__ import annotations

from collections.abc import Collection

from gezhi.cases.rules import stages
from gezhi.cases.rules.stages import Status


def listed(statuses: Collection[Status]) -> str:
    """A list to stand behind IN, in the order of the table."""
    return "(" + ",".join(f"'{status.value}'" for status in Status if status in statuses) + ")"


FINISHED = listed(stages.FINISHED)
UNTIL_REGISTERED = listed(stages.UNTIL_REGISTERED)
AT_UNIT = listed(stages.AT_UNIT)  # a suspended case is with its unit, but nothing of it is at work
SUSPENDED_TOO = listed(stages.AT_UNIT | {Status.SUSPENDED})
OPEN_SQL, FINISHED_SQL = f"c.status NOT IN {FINISHED}", f"c.status IN {FINISHED}"
