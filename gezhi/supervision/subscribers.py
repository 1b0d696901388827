"""What supervision listens to: what the case page did to major cases and cases without owner."""

from __future__ import annotations

from uuid import UUID

from gezhi.plumbing.clock import system_clock
from gezhi.plumbing.ids import system_ids
from gezhi.plumbing.outbox import Announced, hears
from gezhi.supervision.actions import take_up_entry
from gezhi.supervision.actions.case_entries import TAKEN_UP


@hears(*TAKEN_UP)
def on_case_entry(event: Announced) -> None:
    """Heard twice it enters nothing twice."""
    take_up_entry(UUID(event.key), int(event.payload["seq"]), clock=system_clock, ids=system_ids)
