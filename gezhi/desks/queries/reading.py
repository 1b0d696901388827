"""正在查看: who else of the same seat has a case before them now. What is older than a minute nobody reads."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from uuid import UUID

from django.db import connection

from gezhi.cases.queries.scope import scope_condition
from gezhi.kernel.permissions import Actor

FADES_S = 45

OTHERS = """
    SELECT r.case_id, r.user_id FROM desks_case_reading r JOIN cases_case c ON c.id = r.case_id
    WHERE r.case_id = ANY(%s) AND r.role = %s AND r.user_id <> %s AND r.read_at > to_timestamp(%s) AND {scope}
    ORDER BY r.case_id, r.user_id
"""


def find_readers(actor: Actor, case_ids: Sequence[UUID], *, now: int) -> dict[UUID, list[int]]:
    """Case -> who else in the same kind of post reads it, for those of these cases that the person may see."""
    where, values = scope_condition(actor)
    readers: dict[UUID, list[int]] = defaultdict(list)
    with connection.cursor() as cursor:
        named = [list(case_ids), actor.role.value, actor.user_id, now - FADES_S, *values]
        cursor.execute(OTHERS.format(scope=where), named)
        for case_id, user in cursor.fetchall():
            readers[case_id].append(user)
    return dict(readers)
