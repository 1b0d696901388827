"""正在查看: puts down which case somebody has before them, so that two do not work at one."""

from __future__ import annotations

from uuid import UUID

from django.db import connection

from gezhi.cases.queries.scope import scope_condition
from gezhi.kernel.permissions import Actor

READ = """
    INSERT INTO desks_case_reading (user_id, role, case_id, read_at)
    SELECT %s, %s, c.id, to_timestamp(%s) FROM cases_case c WHERE c.id = %s AND {scope}
    ON CONFLICT (user_id) DO UPDATE SET role = excluded.role, case_id = excluded.case_id, read_at = excluded.read_at
"""
LAY_DOWN = "DELETE FROM desks_case_reading WHERE user_id = %s"


def note_reading(actor: Actor, case_id: UUID | None, *, now: int) -> None:
    """This person has this case before them, or none any more; one that they may not see leaves no trace."""
    where, values = scope_condition(actor)
    with connection.cursor() as cursor:
        if case_id is None:
            cursor.execute(LAY_DOWN, [actor.user_id])
        else:
            cursor.execute(READ.format(scope=where), [actor.user_id, actor.role.value, now, case_id, *values])
