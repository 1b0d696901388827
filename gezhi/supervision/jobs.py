"""Jobs of supervision: the round through overdue cases and replies, the ledger's proposals, duty rows that followed."""

from __future__ import annotations

from gezhi.plumbing.clock import system_clock
from gezhi.plumbing.clock_guard.guard import may_go_on
from gezhi.plumbing.ids import system_ids
from gezhi.plumbing.queue import every, periodic
from gezhi.supervision.actions import note_duty_rows, propose_accountability, propose_low_rates, supervise_due


@every(20.0, name="supervision.round")
def supervise() -> bool:
    """督办巡查."""
    return may_go_on(system_clock) and supervise_due(clock=system_clock, ids=system_ids)


@periodic("25 * * * *", name="supervision.propose-accountability")
def propose(timestamp: int) -> None:  # noqa: ARG001
    while may_go_on(system_clock) and propose_accountability(clock=system_clock, ids=system_ids):
        pass


@periodic("40 2 * * *", name="supervision.low-rates")
def low_rates(timestamp: int) -> None:  # noqa: ARG001
    if may_go_on(system_clock):
        propose_low_rates(clock=system_clock, ids=system_ids)


@periodic("*/10 * * * *", name="supervision.duty-rows")
def duty_rows(timestamp: int) -> None:  # noqa: ARG001
    if may_go_on(system_clock):
        note_duty_rows(clock=system_clock, ids=system_ids)
