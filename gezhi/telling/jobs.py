"""Jobs of telling: administrators hear in good time that the holidays of the next year are still to be entered."""

from __future__ import annotations

from gezhi.plumbing.clock import system_clock
from gezhi.plumbing.queue import periodic
from gezhi.telling.actions import tell_of_missing_year


@periodic("0 1 * * *", name="telling.missing-year")
def missing_year(timestamp: int) -> None:  # noqa: ARG001
    """09:00 in China."""
    tell_of_missing_year(clock=system_clock)
