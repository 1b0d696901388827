"""Jobs of people: sessions that are over are swept."""

from __future__ import annotations

import structlog

from gezhi.people.actions import sweep_sessions
from gezhi.plumbing.clock import system_clock
from gezhi.plumbing.queue import periodic

log = structlog.get_logger(__name__)


@periodic("41 3 * * *", name="people.sweep-sessions")
def sweep(timestamp: int) -> None:  # noqa: ARG001
    log.info("people.sessions-swept", sessions=sweep_sessions(now=system_clock()))
