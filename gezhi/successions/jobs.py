"""Jobs of successions: what is due today is handed over, soon after midnight."""

from __future__ import annotations

import structlog

from gezhi.plumbing.clock import system_clock
from gezhi.plumbing.clock_guard.guard import may_go_on
from gezhi.plumbing.ids import system_ids
from gezhi.plumbing.queue import periodic
from gezhi.successions.actions import carry_out_successions

log = structlog.get_logger(__name__)


@periodic("* * * * *", name="successions.carry-out")
def carry_out(timestamp: int) -> None:  # noqa: ARG001
    if may_go_on(system_clock) and (moved := carry_out_successions(clock=system_clock, ids=system_ids)):
        log.info("successions.carried-out", cases=moved)
