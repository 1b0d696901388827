"""Jobs of cases: the clock loop, and deadlines computed anew."""

from __future__ import annotations

from gezhi.cases.actions import raise_due_clocks, recompute_deadlines
from gezhi.plumbing.clock import system_clock
from gezhi.plumbing.clock_guard.guard import may_go_on
from gezhi.plumbing.ids import system_ids
from gezhi.plumbing.queue import defer, every, task

PARTS = 2


@every(5.0, name="cases.raise-due-clocks")
def raise_due() -> bool:
    """超时: put on record what ran out; more waits if a full batch was found."""
    return may_go_on(system_clock) and raise_due_clocks(clock=system_clock, ids=system_ids)


@task(name="cases.recompute-deadlines")
def recompute() -> None:
    """重算时限: in parts, so that while one waits for the database another computes."""
    for part in range(PARTS):
        defer("cases.recompute-part", lock=f"cases.recompute-part-{part}", part=part)


@task(name="cases.recompute-part")
def recompute_part(part: int) -> None:
    recompute_deadlines(clock=system_clock, ids=system_ids, part=part, parts=PARTS)
