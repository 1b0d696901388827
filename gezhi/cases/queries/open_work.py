"""未办结工作: the open tasks of a collector and the open parts of units; who leaves must hand them on."""

from __future__ import annotations

from collections.abc import Sequence

from django.db import connection

from gezhi.cases.queries.statuses import OPEN_SQL
from gezhi.people.rules.leaving import MOST_NAMED, HeldCase, OpenWork

_TASKS = f"""
SELECT c.id, c.no, c.area_code, count(*) OVER () FROM cases_case c
WHERE c.collector_id = %s AND {OPEN_SQL} ORDER BY c.due_at, c.id LIMIT %s
"""
_PARTS = f"""
SELECT c.id, c.no, c.area_code, count(*) OVER (),
  (SELECT one FROM unnest(c.unit_ids) AS one WHERE one = ANY(%s) LIMIT 1)
FROM cases_case c WHERE c.unit_ids && %s::bigint[] AND {OPEN_SQL} ORDER BY c.due_at, c.id LIMIT %s
"""


def open_work(collector_id: int | None, unit_ids: Sequence[int]) -> OpenWork:
    """What a collector has not answered, and what these units have in hand; one statement each."""
    units = list(unit_ids)
    tasks: list[tuple[HeldCase, int]] = []
    parts: list[tuple[HeldCase, int]] = []
    with connection.cursor() as cursor:
        if collector_id is not None:
            cursor.execute(_TASKS, [collector_id, MOST_NAMED])
            tasks = [(HeldCase(id_, no, area), count) for id_, no, area, count in cursor.fetchall()]
        if units:
            cursor.execute(_PARTS, [units, units, MOST_NAMED])
            parts = [(HeldCase(id_, no, area, unit), count) for id_, no, area, count, unit in cursor.fetchall()]
    return OpenWork(
        tasks=tuple(one for one, _ in tasks),
        task_count=tasks[0][1] if tasks else 0,
        parts=tuple(one for one, _ in parts),
        part_count=parts[0][1] if parts else 0,
    )
