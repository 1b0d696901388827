"""答复期限、整改期限: a moment given by hand must lie ahead; a limit is counted by the office calendar."""

from __future__ import annotations

from gezhi.calendars.rules.limits import Limit
from gezhi.cases.rules.clocks.deadline import Timing
from gezhi.kernel.problems import Problem


class DueInThePast(Problem):
    code = "supervision.terms.due-in-the-past"
    status = 422
    title = "期限应晚于现在，请重新选择。"
    title_en = "The due date must lie ahead; choose another."


def check_due(due: int, now: int) -> int:
    if due <= now:
        raise DueInThePast(field="due_at")
    return due


def due_by(timing: Timing, limit: Limit, *, at: int) -> int:
    """When a limit that begins now passes by its calendar."""
    return timing.calendar(limit.calendar).deadline(at, limit).due
