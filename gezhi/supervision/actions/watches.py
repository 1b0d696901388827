"""超时巡查: when the round looks at an overdue case next; one statement for a batch."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime
from uuid import UUID

from django.db import connection

from gezhi.people.queries import as_datetime
from gezhi.plumbing.database import insert_rows

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
    rows = [
        {"case_id": case_id, "case_due_at": case_due, "next_at": None if look is None else as_datetime(look)}
        for case_id, case_due, look in watches
    ]
    insert_rows("supervision_watch", rows, replacing=("case_id",))


def move_watches(looks: Sequence[tuple[UUID, int | None]]) -> None:
    if looks:
        with connection.cursor() as cursor:
            cursor.execute(MOVE, [[one[at] for one in looks] for at in range(2)])


def note_looked(transaction_id: int, today: date) -> None:
    """The key lists in force have seen every case that changed before this transaction."""
    with connection.cursor() as cursor:
        cursor.execute(LOOKED, [transaction_id, today, today])
