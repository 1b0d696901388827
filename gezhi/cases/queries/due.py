"""Cases whose next deadline has passed, by the partial index that the clock loop lives on."""

from __future__ import annotations

from uuid import UUID

from django.db import connection

DUE = "SELECT id FROM cases_case WHERE next_due_at < to_timestamp(%s) ORDER BY next_due_at LIMIT %s"


def list_due(now: int, *, limit: int) -> list[UUID]:
    with connection.cursor() as cursor:
        cursor.execute(DUE, [now, limit])
        return [row[0] for row in cursor.fetchall()]


OPEN_AFTER = "SELECT id FROM cases_case WHERE next_due_at IS NOT NULL AND id > %s ORDER BY id LIMIT %s"
NONE_YET = UUID(int=0)


def list_open_after(after: UUID | None, *, limit: int) -> list[UUID]:
    """Cases with a running clock, in the order of their ids."""
    with connection.cursor() as cursor:
        cursor.execute(OPEN_AFTER, [after or NONE_YET, limit])
        return [row[0] for row in cursor.fetchall()]
