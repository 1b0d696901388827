"""What cases listen to: a changed calendar moves deadlines, an entry of a log is told to those whom it concerns."""

from __future__ import annotations

from uuid import UUID

from gezhi.cases.actions.tell import tell_entries
from gezhi.plumbing.ids import system_ids
from gezhi.plumbing.outbox import Announced
from gezhi.plumbing.queue import defer

CALENDARS = "calendars"


def on_register_changed(event: Announced) -> None:
    """Heard twice it recomputes twice, and the second time nothing moves."""
    if event.key == CALENDARS:
        defer("cases.recompute-deadlines", lock="cases.recompute-deadlines")


def on_case_entry(event: Announced) -> None:
    """Heard twice it tells nobody twice."""
    tell_entries(UUID(event.key), int(event.payload["seq"]), ids=system_ids)
