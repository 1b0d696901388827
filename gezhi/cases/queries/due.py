"""Cases whose next deadline has passed, by the partial index that the clock loop lives on."""

from __future__ import annotations

from uuid import UUID

from django.db import connection

DUE = "SELECT id FROM cases_case WHERE next_due_at < to_timestamp(%s) ORDER BY next_due_at LIMIT %s"


def list_due(now: int, *, limit: int) -> list[UUID]:
    with connection.cursor() as cursor:
        cursor.execute(DUE, [now, limit])
        return [row[0] for row in cursor.fetchall()]


RUNNING = """
    SELECT id FROM cases_case WHERE next_due_at IS NOT NULL AND mod(abs(hashtext(id::text)::bigint), %s) = %s
    ORDER BY id
"""


def list_running(*, part: int, parts: int) -> list[UUID]:
    """Cases with a running clock, in the order of their ids; of so many even parts this one (from 0)."""
    with connection.cursor() as cursor:
        cursor.execute(RUNNING, [parts, part])
        return [row[0] for row in cursor.fetchall()]
