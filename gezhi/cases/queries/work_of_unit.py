"""单位在手: the open cases in which a unit has a part, waits for a decision, or is to have the case again."""

from __future__ import annotations

from uuid import UUID

import msgspec
from django.db import connection

from gezhi.cases.queries.statuses import OPEN_SQL

_HAS = """
    (%(unit)s = ANY(unit_ids) OR (last_unit_id = %(unit)s OR unit_ids = '{}') AND jsonb_path_exists(state, '
        $ ? (@.rework_unit == $unit || @.settled_unit == $unit
             || exists(@.assignments[*] ? (@.unit == $unit && @.end == "recalled" && !exists(@.successor)))
             || exists(@.applications[*] ? (@.unit == $unit && !exists(@.outcome))))
    ', jsonb_build_object('unit', %(unit)s::bigint)))
"""
_IDS = f"SELECT id FROM cases_case c WHERE {OPEN_SQL} AND id > %(after)s AND {_HAS} ORDER BY id LIMIT %(limit)s"
_COUNTS = f"""
    SELECT count(*), count(*) FILTER (WHERE unit_id = %(unit)s),
        count(*) FILTER (WHERE jsonb_path_exists(
            state, '$.applications[*] ? (@.unit == $unit && !exists(@.outcome))',
            jsonb_build_object('unit', %(unit)s::bigint))),
        count(*) FILTER (WHERE NOT %(unit)s = ANY(unit_ids))
    FROM cases_case c WHERE {OPEN_SQL} AND {_HAS}
"""
BEFORE_ALL = UUID(int=0)


class WorkOfUnit(msgspec.Struct, frozen=True):
    """`leading`: it leads; `waiting`: what it asked for is not decided; `returning`: it is to have the case again."""

    cases: int
    leading: int
    waiting: int
    returning: int


def list_work_of_unit(unit_id: int, *, after: UUID = BEFORE_ALL, limit: int) -> list[UUID]:
    """In the order of their ids, those after one."""
    with connection.cursor() as cursor:
        cursor.execute(_IDS, {"unit": unit_id, "after": after, "limit": limit})
        return [row[0] for row in cursor.fetchall()]


def count_work_of_unit(unit_id: int) -> WorkOfUnit:
    with connection.cursor() as cursor:
        cursor.execute(_COUNTS, {"unit": unit_id})
        return WorkOfUnit(*cursor.fetchone())
