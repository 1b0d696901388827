"""Is this installation well? Asked by /healthz, by watchers and by whoever waits for a start."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.db import DatabaseError, InterfaceError, connection
from django.db.migrations.executor import MigrationExecutor

WORKER_LATE_S = 30
HEARTBEAT = "SELECT extract(epoch FROM now() - max(last_heartbeat))::float FROM procrastinate_workers"

_migrated = False


def look() -> dict[str, Any]:
    """`status` is `ok`, `degraded` (work for later stands still) or `down` (nothing can be answered)."""
    report = {"status": "down", "version": settings.GEZHI_VERSION}
    try:
        report |= _look_into_database()
    except (DatabaseError, InterfaceError) as error:
        return {**report, "database": type(error).__name__}
    if report["migrations"] == "done":
        report["status"] = "ok" if report["worker"] == "working" else "degraded"
    return report


def _look_into_database() -> dict[str, str]:
    if not _is_migrated():
        return {"database": "ok", "migrations": "pending", "worker": "unknown"}
    with connection.cursor() as cursor:
        cursor.execute(HEARTBEAT)
        seconds = cursor.fetchone()[0]
    working = seconds is not None and seconds < WORKER_LATE_S
    return {"database": "ok", "migrations": "done", "worker": "working" if working else "missing"}


def _is_migrated() -> bool:
    """Once true it stays true for this process: its own code does not change."""
    global _migrated  # noqa: PLW0603
    if not _migrated:
        executor = MigrationExecutor(connection)
        _migrated = not executor.migration_plan(executor.loader.graph.leaf_nodes())
    return _migrated
