"""Jobs of people: sessions that are over are swept, and what changes on a day takes hold on it."""

from __future__ import annotations

import structlog

from gezhi.people.actions import bring_up_to_date, sweep_sessions
from gezhi.plumbing.clock import system_clock
from gezhi.plumbing.queue import periodic

log = structlog.get_logger(__name__)


@periodic("41 3 * * *", name="people.sweep-sessions")
def sweep(timestamp: int) -> None:  # noqa: ARG001
    log.info("people.sessions-swept", sessions=sweep_sessions(now=system_clock()))


@periodic("*/5 * * * *", name="people.bring-up-to-date")
def follow_dates(timestamp: int) -> None:  # noqa: ARG001
    if changed := bring_up_to_date(clock=system_clock):
        log.info("people.brought-up-to-date", rows=changed)
