"""Jobs of upkeep: keepers are reminded while their register is due."""

from __future__ import annotations

from gezhi.plumbing.clock import system_clock
from gezhi.plumbing.queue import periodic
from gezhi.upkeep.actions import remind_keepers


@periodic("30 0 * * *", name="upkeep.remind-keepers")
def remind(timestamp: int) -> None:  # noqa: ARG001
    """08:30 in China."""
    remind_keepers(clock=system_clock)
