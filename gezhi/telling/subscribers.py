"""What telling listens to: an entry of a log is told to those whom it concerns."""

from __future__ import annotations

from uuid import UUID

from gezhi.plumbing.ids import system_ids
from gezhi.plumbing.outbox import Announced, hears
from gezhi.telling.actions import tell_entries
from gezhi.telling.rules.plain_words import PLAIN_WORDS
from gezhi.telling.rules.staff_news import TELLS


@hears(*TELLS, *PLAIN_WORDS)
def on_case_entry(event: Announced) -> None:
    """Heard twice it tells nobody twice."""
    tell_entries(UUID(event.key), int(event.payload["seq"]), ids=system_ids)
