"""Jobs of imports: a file is checked, a file is entered. They go on whoever closes a browser."""

from __future__ import annotations

from collections.abc import Callable
from uuid import UUID

import structlog
from django.db import InterfaceError, OperationalError

from gezhi.imports.actions import apply_run, check_run, fail_run
from gezhi.imports.rules.run import Broken
from gezhi.kernel.problems import Problem
from gezhi.plumbing.clock import system_clock
from gezhi.plumbing.queue import task

log = structlog.get_logger(__name__)


@task(name="imports.check")
def check(run_id: str, attempt: int) -> None:
    _do(check_run, UUID(run_id), attempt)


@task(name="imports.apply")
def apply(run_id: str, attempt: int) -> None:
    _do(apply_run, UUID(run_id), attempt)


def _do(work: Callable[..., None], run_id: UUID, attempt: int) -> None:
    """A lost database is tried again by the queue; whatever else goes wrong stands on the run."""
    try:
        work(run_id, attempt, clock=system_clock)
    except (OperationalError, InterfaceError):
        raise
    except Problem as problem:
        fail_run(run_id, attempt, problem, clock=system_clock)
    except Exception:
        log.exception("imports.broken", run=str(run_id))
        fail_run(run_id, attempt, Broken(), clock=system_clock)
