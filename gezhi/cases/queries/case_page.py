"""案件页: the log of one case as entries, and what its senders wrote."""

from __future__ import annotations

from uuid import UUID

from django.db import connection

from gezhi.cases.models import SentReport
from gezhi.cases.queries.rows import COLUMNS, Row, row_of
from gezhi.cases.queries.scope import scope_condition
from gezhi.cases.queries.states import Nearby, decode_state, find_duplicates
from gezhi.cases.queries.statuses import FINISHED_SQL
from gezhi.cases.rules.allowed import is_visible
from gezhi.cases.rules.entries import Entry, entry_of
from gezhi.cases.rules.evolve import fold
from gezhi.cases.rules.state import CaseState
from gezhi.catalog.rules.class_key import near_classes
from gezhi.kernel.permissions import Actor
from gezhi.kernel.places import metres_per_degree
from gezhi.kernel.problems import NotFound
from gezhi.plumbing.database import prepared_cursor

ENTRIES = "SELECT text FROM cases_log_entry WHERE case_id = %s ORDER BY seq"
ENTRY_AND_ROW = """
    SELECT log.text, now.state::text FROM cases_log_entry log JOIN cases_case now ON now.id = log.case_id
    WHERE log.case_id = %s AND log.seq = %s
"""
# A case that was merged brings along those that had been merged into it: `came_from` of its reports.
MERGED = """
    WITH RECURSIVE merged(id) AS (
        SELECT unnest(%s::uuid[]) UNION SELECT (report->>'came_from')::uuid
        FROM merged JOIN cases_case c USING (id), jsonb_array_elements(c.state->'reports') report
    )
    SELECT array_agg(text ORDER BY seq) FROM merged JOIN cases_log_entry ON case_id = merged.id GROUP BY case_id
"""
NEARBY_METRES = 100


def get_case(case_id: UUID, actor: Actor) -> Row | None:
    """The case, as a line of a list, if the person may see it."""
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT {COLUMNS} FROM cases_case c WHERE c.id = %s", [case_id])
        row = cursor.fetchone()
    case = row_of(row) if row is not None else None
    return case if case is not None and is_visible(actor, case.state) else None


def visible_case(case_id: UUID, actor: Actor) -> Row:
    """The case, or NotFound; a case outside the scope is as if it did not exist."""
    row = get_case(case_id, actor)
    if row is None:
        raise NotFound
    return row


def list_duplicates(nearby: Nearby, actor: Actor) -> list[Row]:
    """Open cases likely to be the same problem, found as for a report that is taken: those that the person may see."""
    ids = next(iter(find_duplicates({UUID(int=0): nearby}).values()), ())
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT {COLUMNS} FROM cases_case c WHERE c.id = ANY(%s::uuid[])", [list(ids)])
        rows = [row_of(row) for row in cursor.fetchall()]
    return sorted((row for row in rows if is_visible(actor, row.state)), key=lambda row: ids.index(str(row.id)))


def visible_states(case_ids: list[UUID], actor: Actor) -> dict[UUID, CaseState]:
    """Those of these cases that the person may see."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT id, state::text FROM cases_case WHERE id = ANY(%s)", [case_ids])
        states = {case_id: decode_state(text) for case_id, text in cursor.fetchall()}
    return {case_id: state for case_id, state in states.items() if is_visible(actor, state)}


def list_entries(case_id: UUID) -> list[Entry]:
    with connection.cursor() as cursor:
        cursor.execute(ENTRIES, [case_id])
        return [entry_of(text) for (text,) in cursor.fetchall()]


def list_merged_logs(case_ids: list[str]) -> list[list[Entry]]:
    """The logs of these merged cases, and of all that had been merged into them."""
    with connection.cursor() as cursor:
        cursor.execute(MERGED, [case_ids])
        return [list(map(entry_of, texts)) for (texts,) in cursor.fetchall()]


def get_told_entry(case_id: UUID, seq: int) -> tuple[Entry, CaseState] | None:
    """An entry with the state after it: the row's own where nothing has followed, else folded from the log."""
    with prepared_cursor() as cursor:
        cursor.execute(ENTRY_AND_ROW, [case_id, seq])
        row = cursor.fetchone()
    if row is None:
        return None
    entry, state = entry_of(row[0]), decode_state(row[1])
    if state.seq != seq:
        state = fold(one for one in list_entries(case_id) if one.seq <= seq) or state
    return entry, state


def list_reports(report_ids: list[str]) -> list[SentReport]:
    """What the senders wrote, earliest first."""
    return list(SentReport.objects.filter(id__in=report_ids).order_by("sent_at", "id"))


def list_nearby(
    lon: float, lat: float, *, actor: Actor, class_key: str = "", metres: float = NEARBY_METRES, limit: int = 10
) -> list[Row]:
    """Cases around a point, the open ones first, then the nearest. Where a class is named, of it, of one near to it or
    of none.
    """
    east, north = metres_per_degree(lat)
    wide, high = metres / east, metres / north
    where, values = scope_condition(actor)
    sql = f"""
        SELECT {COLUMNS} FROM cases_case c
        WHERE point(c.lon, c.lat) <@ box(point(%s, %s), point(%s, %s))
          AND (c.class_key = '' OR starts_with(c.class_key, %s)) AND {where}
        ORDER BY {FINISHED_SQL}, point(c.lon, c.lat) <-> point(%s, %s), c.id LIMIT %s
    """
    with connection.cursor() as cursor:
        box = [lon - wide, lat - high, lon + wide, lat + high]
        cursor.execute(sql, [*box, near_classes(class_key), *values, lon, lat, limit])
        return [row_of(row) for row in cursor.fetchall()]
