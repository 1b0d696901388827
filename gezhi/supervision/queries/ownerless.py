"""疑难无主: the board is every case whose state says so; settlements without a duty row; joint meetings."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime
from typing import Any
from uuid import UUID

import msgspec
from django.db import connection, transaction
from django.db.models import Q, QuerySet

from gezhi.cases.queries.scope import scope_condition
from gezhi.cases.queries.states import decode_state
from gezhi.cases.rules.state import CaseState
from gezhi.kernel.permissions import Actor
from gezhi.kernel.problems import NotFound
from gezhi.ledgers.queries.register_search import CASE_SERIAL, Register, Sought, meant_rows
from gezhi.plumbing.register_rows import record_of
from gezhi.supervision.models import Meeting as MeetingRow
from gezhi.supervision.models import Settlement as SettlementRow
from gezhi.supervision.queries.scope import seen_by
from gezhi.supervision.rules.meetings import Meeting
from gezhi.supervision.rules.ownerless import Settlement

CHUNK = 1_000
MOST_COUNTED = 5_000


REGISTER = Register(
    table="cases_case",
    alias="c",
    key="id",
    numbers={"no": CASE_SERIAL},
    text="address",
    classes="c.class_key = ANY(%s)",
    units="(c.unit_ids || c.former_unit_ids) && %s::bigint[]",
    areas="c.area_code LIKE ANY(%s)",
)


class BoardFilter(msgspec.Struct, frozen=True, kw_only=True):
    """筛选条件 of the board. `difficulty`: `unowned` or `returned_twice`."""

    difficulty: str = ""
    region: str = ""
    class_key: str = ""
    sought: Sought = Sought()


class BoardRow(msgspec.Struct, frozen=True):
    """A case without owner."""

    id: UUID
    difficulty: str
    reported_at: datetime
    complaint: bool
    state: CaseState


def _conditions(filters: BoardFilter, actor: Actor) -> tuple[str, list[Any]]:
    scope, values = scope_condition(actor)
    where = f"c.difficulty IS NOT NULL AND {scope}"
    meant, asked_for = meant_rows(REGISTER, filters.sought)
    plain: list[tuple[str, list[Any], bool]] = [
        ("c.difficulty = %s", [filters.difficulty], bool(filters.difficulty)),
        ("c.area_code LIKE %s", [f"{filters.region}%"], bool(filters.region)),
        ("c.class_key LIKE %s", [f"{filters.class_key}%"], bool(filters.class_key)),
        (meant, asked_for, bool(filters.sought)),
    ]
    for sql, given, asked in plain:
        if asked:
            where, values = f"{where} AND {sql}", [*values, *given]
    return where, values


COUNT = """
    SELECT count(*), count(*) FILTER (WHERE c.difficulty = 'unowned'),
        count(*) FILTER (WHERE c.difficulty = 'returned_twice')
    FROM cases_case c WHERE
"""
SELECT = "SELECT c.id, c.difficulty, c.reported_at, c.complaint, c.state::text FROM cases_case c WHERE"


def list_board(
    filters: BoardFilter, actor: Actor, *, after: tuple[datetime, UUID] | None = None, limit: int
) -> list[BoardRow]:
    """One keyset page, the oldest case first; one statement."""
    where, values = _conditions(filters, actor)
    if after is not None:
        where, values = f"{where} AND (c.reported_at, c.id) > (%s, %s)", [*values, *after]
    with connection.cursor() as cursor:
        cursor.execute(f"{SELECT} {where} ORDER BY c.reported_at, c.id LIMIT %s", [*values, limit])
        return [_row(row) for row in cursor.fetchall()]


def stream_board(filters: BoardFilter, actor: Actor) -> Iterator[BoardRow]:
    where, values = _conditions(filters, actor)
    with transaction.atomic(), connection.chunked_cursor() as cursor:
        cursor.execute(f"{SELECT} {where} ORDER BY c.reported_at, c.id", values)
        while rows := cursor.fetchmany(CHUNK):
            yield from map(_row, rows)


def count_board(filters: BoardFilter, actor: Actor) -> dict[str, int]:
    """How many by difficulty."""
    where, values = _conditions(filters, actor)
    with connection.cursor() as cursor:
        cursor.execute(
            f"{COUNT} {where}",
            values,
        )
        total, unowned, returned = cursor.fetchone()
    return {"total": total, "unowned": unowned, "returned_twice": returned}


def _row(values: tuple[Any, ...]) -> BoardRow:
    case_id, difficulty, reported_at, complaint, text = values
    return BoardRow(case_id, difficulty, reported_at, complaint, decode_state(text))


def list_settlements(
    actor: Actor, *, waiting: bool, after: tuple[datetime, UUID] | None = None, limit: int
) -> list[Settlement]:
    """确权记录, the newest first; `waiting`: those that the duty table does not answer for yet."""
    rows = _settlements(actor, waiting=waiting)
    if after is not None:
        at, last = after
        rows = rows.filter(Q(settled_at__lt=at) | Q(settled_at=at, id__lt=last))
    return [record_of(Settlement, row) for row in rows[:limit]]


def stream_settlements(actor: Actor, *, waiting: bool) -> Iterator[Settlement]:
    rows = _settlements(actor, waiting=waiting)
    return (record_of(Settlement, row) for row in rows.iterator(chunk_size=CHUNK))


def _settlements(actor: Actor, *, waiting: bool) -> QuerySet[SettlementRow]:
    rows = SettlementRow.objects.filter(seen_by(actor)).order_by("-settled_at", "-id")
    return rows.filter(row_seen_at=None) if waiting else rows


def lock_without_row(*, after: UUID | None, limit: int) -> list[Settlement]:
    """Settlements that no duty row has followed yet."""
    rows = SettlementRow.objects.select_for_update(skip_locked=True).filter(row_seen_at=None)
    if after is not None:
        rows = rows.filter(id__gt=after)
    return [record_of(Settlement, row) for row in rows.order_by("id")[:limit]]


def list_meetings(
    actor: Actor, *, after: tuple[date, UUID] | None = None, case_id: UUID | None = None, limit: int
) -> list[Meeting]:
    """联席会议, the latest first."""
    rows = MeetingRow.objects.filter(seen_by(actor, unit="organisation_id"))
    if case_id is not None:
        rows = rows.filter(agenda__contains=[{"case_id": str(case_id)}])
    if after is not None:
        on, last = after
        rows = rows.filter(Q(held_on__lt=on) | Q(held_on=on, id__lt=last))
    return [record_of(Meeting, row) for row in rows.order_by("-held_on", "-id")[:limit]]


def get_meeting(meeting_id: UUID, actor: Actor) -> Meeting:
    row = MeetingRow.objects.filter(seen_by(actor, unit="organisation_id"), id=meeting_id).first()
    if row is None:
        raise NotFound
    return record_of(Meeting, row)
