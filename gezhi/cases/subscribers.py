"""What cases listen to: a changed calendar moves deadlines."""

from __future__ import annotations

from gezhi.plumbing.outbox import Announced
from gezhi.plumbing.queue import defer

CALENDARS = "calendars"


def on_register_changed(event: Announced) -> None:
    """Heard twice it recomputes twice, and the second time nothing moves."""
    if event.key == CALENDARS:
        defer("cases.recompute-deadlines", lock="cases.recompute-deadlines")
