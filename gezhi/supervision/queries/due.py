"""What the job of supervision finds: cases handled late that nobody watches, watches and replies that are due, lists,
orders whose case has gone on. Each is one statement for a batch; rows that another takes are skipped.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Any
from uuid import UUID

from django.db import connection

from gezhi.cases.queries.states import decode_state
from gezhi.cases.queries.statuses import AT_UNIT, FINISHED_SQL, OPEN_SQL, UNTIL_REGISTERED
from gezhi.cases.rules.state import CaseState
from gezhi.plumbing.register_rows import record_of
from gezhi.supervision.models import KeyList, Order
from gezhi.supervision.rules import orders

UNWATCHED = f"""
    SELECT c.id, c.handling_due_at, c.state::text FROM cases_case c JOIN (
      SELECT id FROM cases_case c
      WHERE {OPEN_SQL} AND c.status IN {AT_UNIT} AND c.handling_due_at < to_timestamp(%s)
        AND NOT EXISTS (
          SELECT 1 FROM supervision_watch w WHERE w.case_id = c.id AND w.case_due_at = c.handling_due_at)
      LIMIT %s
    ) found USING (id)
"""
DUE_WATCHES = """
    SELECT case_id FROM supervision_watch WHERE next_at <= to_timestamp(%s)
    ORDER BY next_at LIMIT %s FOR UPDATE SKIP LOCKED
"""
# Only what has changed since the round looked last: a clock that ran out is a change, too.
LISTED = f"""
    SELECT k.id, c.id FROM supervision_key_list k JOIN cases_case c
      ON {OPEN_SQL} AND c.status NOT IN {UNTIL_REGISTERED}
     AND c.changed >= k.looked_to::text::xid8
     AND (c.no = ANY(k.case_nos) OR (
          (k.classes <> '{{}}' OR k.regions <> '{{}}')
          AND (k.classes = '{{}}' OR EXISTS (SELECT 1 FROM unnest(k.classes) x WHERE c.class_key LIKE x || '%%'))
          AND (k.regions = '{{}}' OR EXISTS (SELECT 1 FROM unnest(k.regions) x WHERE c.area_code LIKE x || '%%'))))
     AND EXISTS (SELECT 1 FROM unnest(k.scope_regions) x WHERE c.area_code LIKE x || '%%')
     AND (k.begins = 'registered' OR (c.status IN {AT_UNIT} AND c.handling_due_at < to_timestamp(%s)
          AND c.unit_id = ANY(c.working_ids)))
     AND NOT EXISTS (SELECT 1 FROM supervision_order o WHERE o.list_id = k.id AND o.case_id = c.id)
    WHERE k.valid_from <= %s AND (k.valid_to IS NULL OR k.valid_to >= %s) AND k.ended_at IS NULL
    ORDER BY c.id LIMIT %s
"""
# Nobody can reply for a unit that no longer has the case; the order waits until it is handed on.
MISSED = """
    SELECT o.id FROM supervision_order o JOIN cases_case c ON c.id = o.case_id
    WHERE o.next_at <= to_timestamp(%s) AND c.unit_ids @> ARRAY[o.unit_id]
    ORDER BY o.next_at LIMIT %s
"""
BEGUN = "SELECT pg_snapshot_xmin(pg_current_snapshot())::text::bigint"
ENDED = f"""
    SELECT o.id FROM supervision_order o JOIN cases_case c ON c.id = o.case_id
    WHERE o.state <> 'lifted' AND {FINISHED_SQL} ORDER BY o.id LIMIT %s
"""
NUMBERS = "SELECT id::text, no FROM cases_case WHERE id = ANY(%s::uuid[])"
MOVED = f"""
    SELECT o.id FROM supervision_order o JOIN cases_case c ON c.id = o.case_id
    WHERE o.state <> 'lifted' AND {OPEN_SQL}
      AND c.unit_id IS NOT NULL AND (o.unit_id IS NULL OR NOT c.unit_ids @> ARRAY[o.unit_id]) ORDER BY o.id LIMIT %s
"""


def list_unwatched(now: int, *, limit: int) -> list[tuple[UUID, Any, CaseState]]:
    """Cases handled late at a unit that no watch has seen with this due time."""
    with connection.cursor() as cursor:
        cursor.execute(UNWATCHED, [now, limit])
        return [(case_id, due, decode_state(text)) for case_id, due, text in cursor.fetchall()]


def claim_watches(now: int, *, limit: int) -> list[UUID]:
    return _ids(DUE_WATCHES, [now, limit])


def list_missed_replies(now: int, *, limit: int) -> list[UUID]:
    return _ids(MISSED, [now, limit])


def list_listed(now: int, day: date, *, limit: int) -> list[tuple[UUID, UUID]]:
    """(key list, case) of what a list in force names and no order of that list has been given for."""
    with connection.cursor() as cursor:
        cursor.execute(LISTED, [now, day, day, limit])
        return [(list_id, case_id) for list_id, case_id in cursor.fetchall()]


def given_by_lists(pairs: Iterable[tuple[UUID, UUID]]) -> set[tuple[UUID, UUID]]:
    """(key list, case) for which an order stands already."""
    pairs = list(pairs)
    rows = Order.objects.filter(list_id__in={one for one, _ in pairs}, case_id__in={one for _, one in pairs})
    return {(one, case) for one, case in rows.values_list("list_id", "case_id") if one is not None}


def oldest_running() -> int:
    """The oldest transaction still under way: what was written before it can be seen."""
    with connection.cursor() as cursor:
        cursor.execute(BEGUN)
        return int(cursor.fetchone()[0])


def list_ended(*, limit: int) -> list[UUID]:
    """Orders that stand although their case has ended."""
    return _ids(ENDED, [limit])


def numbers_of(case_ids: Iterable[str]) -> dict[str, str]:
    """案件编号 of these cases, by id."""
    with connection.cursor() as cursor:
        cursor.execute(NUMBERS, [list(case_ids)])
        return dict(cursor.fetchall())


def list_moved(*, limit: int) -> list[UUID]:
    """Orders whose unit no longer has the case while another does."""
    return _ids(MOVED, [limit])


def cases_of_orders(order_ids: Iterable[UUID]) -> list[UUID]:
    return list(Order.objects.filter(id__in=list(order_ids)).values_list("case_id", flat=True))


def lock_orders(order_ids: Iterable[UUID]) -> dict[UUID, orders.Order]:
    """Held in the order of ids; the cases of them are to be locked before."""
    rows = Order.objects.select_for_update().filter(id__in=list(order_ids)).order_by("id")
    return {row.id: record_of(orders.Order, row) for row in rows}


def lock_automatic(case_ids: Iterable[UUID]) -> dict[UUID, orders.Order]:
    """The automatic order that stands for each case."""
    rows = Order.objects.select_for_update().filter(case_id__in=list(case_ids), kind="automatic").order_by("id")
    return {row.case_id: record_of(orders.Order, row) for row in rows.exclude(state="lifted")}


def key_lists(ids: Iterable[UUID]) -> dict[UUID, KeyList]:
    return {one.id: one for one in KeyList.objects.filter(id__in=set(ids))}


def highest_standing(case_ids: Iterable[UUID]) -> dict[UUID, list[tuple[UUID, int]]]:
    """(order, level) of all orders that stand for these cases."""
    orders: dict[UUID, list[tuple[UUID, int]]] = {}
    rows = Order.objects.filter(case_id__in=list(case_ids)).exclude(state="lifted")
    for case_id, order_id, level in rows.values_list("case_id", "id", "level"):
        orders.setdefault(case_id, []).append((order_id, level))
    return orders


def _ids(sql: str, values: list[Any]) -> list[UUID]:
    with connection.cursor() as cursor:
        cursor.execute(sql, values)
        return [row[0] for row in cursor.fetchall()]
