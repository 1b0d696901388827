"""Jobs of cases: the clock loop and the daily anchor."""

from __future__ import annotations

import structlog

from gezhi.cases.actions import raise_due_clocks, recompute_deadlines, take_anchor
from gezhi.plumbing.clock import system_clock
from gezhi.plumbing.ids import system_ids
from gezhi.plumbing.queue import defer, every, periodic, task

log = structlog.get_logger(__name__)

PARTS = 2


@every(5.0, name="cases.raise-due-clocks")
def raise_due() -> bool:
    """超时: put on record what ran out; more waits if a full batch was found."""
    return raise_due_clocks(clock=system_clock, ids=system_ids)


@periodic("10 0 * * *", name="cases.anchor")  # UTC: 08:10 in China
def anchor(timestamp: int) -> None:  # noqa: ARG001
    taken = take_anchor(clock=system_clock)
    if taken is not None:
        log.info("cases.anchored", number=taken.number, cases=taken.count, digest=bytes(taken.digest).hex())


@task(name="cases.recompute-deadlines")
def recompute() -> None:
    """重算时限: in parts, so that while one waits for the database another computes."""
    for part in range(PARTS):
        defer("cases.recompute-part", lock=f"cases.recompute-part-{part}", part=part)


@task(name="cases.recompute-part")
def recompute_part(part: int) -> None:
    recompute_deadlines(clock=system_clock, ids=system_ids, part=part, parts=PARTS)
