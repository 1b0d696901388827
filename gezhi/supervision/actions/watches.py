"""超时巡查: when the round looks at an overdue case next; one statement for a batch."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime
from uuid import UUID

from django.db import connection

PUT = """
    INSERT INTO supervision_watch (case_id, case_due_at, next_at)
    SELECT case_id, case_due_at, to_timestamp(next_at)
    FROM unnest(%s::uuid[], %s::timestamptz[], %s::bigint[]) AS x(case_id, case_due_at, next_at)
    ON CONFLICT (case_id) DO UPDATE SET case_due_at = excluded.case_due_at, next_at = excluded.next_at
"""
MOVE = """
    UPDATE supervision_watch w SET next_at = to_timestamp(x.next_at)
    FROM unnest(%s::uuid[], %s::bigint[]) AS x(case_id, next_at) WHERE w.case_id = x.case_id
"""

LOOKED = """
    UPDATE supervision_key_list SET looked_to = %s
    WHERE ended_at IS NULL AND valid_from <= %s AND (valid_to IS NULL OR valid_to >= %s)
"""


def put_watches(watches: Sequence[tuple[UUID, datetime, int | None]]) -> None:
    """(case, the due time it was seen with, next look)."""
    if watches:
        with connection.cursor() as cursor:
            cursor.execute(PUT, [[one[at] for one in watches] for at in range(3)])


def move_watches(looks: Sequence[tuple[UUID, int | None]]) -> None:
    if looks:
        with connection.cursor() as cursor:
            cursor.execute(MOVE, [[one[at] for one in looks] for at in range(2)])


def note_looked(transaction_id: int, today: date) -> None:
    """The key lists in force have seen every case that changed before this transaction."""
    with connection.cursor() as cursor:
        cursor.execute(LOOKED, [transaction_id, today, today])
