"""Work for later: jobs in the same PostgreSQL, deferred by name inside the caller's transaction.

A task lives in the `jobs` module of its capability: `@task(name="cases.remind")`, or `@periodic("*/5 * * * *", …)`, or,
where a minute is too coarse, `@every(seconds, …)`: a loop of the worker process. Each may be run twice, so each must be
safe to repeat.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from django.utils import timezone
from procrastinate import RetryStrategy
from procrastinate.contrib.django import app
from procrastinate.contrib.django.django_connector import DjangoConnector
from procrastinate.jobs import JobDeferrer
from procrastinate.manager import JobManager

STALLED_AFTER_S = 30

RETRIES = RetryStrategy(max_attempts=8, exponential_wait=4)

Work = Callable[..., Any]


@dataclass(frozen=True)
class Loop:
    """Work that a worker process repeats. It answers whether more is waiting: then it is called again at once."""

    name: str
    seconds: float
    work: Callable[[], bool]


loops: list[Loop] = []


def task(*, name: str, lock: str | None = None, retry: RetryStrategy | None = RETRIES) -> Callable[[Work], Work]:
    """Name a job. `lock`: jobs with the same lock run one after the other."""
    return app.task(name=name, lock=lock, retry=retry or False)


def periodic(cron: str, *, name: str) -> Callable[[Work], Work]:
    """A job that the clock defers (five fields, a sixth for seconds); it gets `timestamp` and nothing else."""

    def register(work: Work) -> Work:
        plain = app.task(name=name, queueing_lock=name, retry=False)(work)
        app.periodic(cron=cron, periodic_id=name)(plain)
        return work

    return register


def every(seconds: float, *, name: str) -> Callable[[Callable[[], bool]], Callable[[], bool]]:
    """A loop of every worker process; several may run at once, so it claims rows with SKIP LOCKED."""

    def register(work: Callable[[], bool]) -> Callable[[], bool]:
        loops.append(Loop(name, seconds, work))
        return work

    return register


def defer(name: str, *, delay_s: int = 0, lock: str | None = None, priority: int = 0, **args: Any) -> int:
    """Put a job on the queue: it runs after the caller's transaction commits, and not at all if that is rolled back.

    Arguments are small and hold no personal data: ids, not names.
    """
    when = timezone.now() + timedelta(seconds=delay_s) if delay_s else None
    known = app.tasks.get(name)
    if known is None:
        raise LookupError(f"no jobs module names the task {name}")
    configured = known.configure(lock=lock or known.lock, schedule_at=when, priority=priority)
    # Through Django's own connection, also inside a worker, whose app has a connection pool of its own.
    return JobDeferrer(job=configured.job, job_manager=JobManager(DjangoConnector())).defer(**args)
