"""Running clocks that a changed calendar may touch: those that run out on its first changed day or later."""

from __future__ import annotations

from uuid import UUID

from django.db import connection

from gezhi.cases.queries.states import decode_state
from gezhi.cases.rules.state import CaseState

_TOUCHED = """
    SELECT id, state::text, count(*) OVER () FROM cases_case WHERE next_due_at IS NOT NULL
    AND jsonb_path_exists(state, '$.clocks[*] ? (@.since > 0 && @.due >= $first)', jsonb_build_object('first', %s))
    ORDER BY next_due_at, id LIMIT %s
"""


def read_running_from(first: int, *, limit: int) -> tuple[list[tuple[UUID, CaseState]], int]:
    """At most so many of these cases, the nearest deadline first, and how many there are."""
    with connection.cursor() as cursor:
        cursor.execute(_TOUCHED, [first, limit])
        rows = cursor.fetchall()
    return [(case_id, decode_state(state)) for case_id, state, _ in rows], rows[0][2] if rows else 0
