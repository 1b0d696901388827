"""Who acts, when, under which key; and the one writer of register rows with their events."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, TypeVar
from uuid import UUID

import msgspec
from django.db import connection
from django.db.models import Model

from gezhi.cases.rules.commands import Command, Submission
from gezhi.kernel.permissions import Actor
from gezhi.kernel.problems import NotFound
from gezhi.people.queries import as_datetime
from gezhi.plumbing.clock import Clock
from gezhi.plumbing.ids import Ids
from gezhi.supervision.queries.records import EVENTS, TABLES, columns_of, record_of, subjects_done
from gezhi.supervision.queries.scope import seen_by
from gezhi.supervision.rules.deeds import Deed, Record, after

R = TypeVar("R", bound=Record)


class Doing(msgspec.Struct, frozen=True, kw_only=True):
    """Who acts, when, and under which key; the same key again does nothing and answers the same."""

    actor: Actor
    key: UUID
    clock: Clock
    ids: Ids

    def submission(
        self, case_id: UUID, command: Command, *, key: UUID | None = None, seen: int | None = None
    ) -> Submission:
        """The command to a case that belongs to a deed."""
        return Submission(case_id=case_id, command_id=key or self.key, command=command, actor=self.actor, seen_seq=seen)


class Writer:
    """Collects rows and events of a batch; `write` sends each kind in one statement."""

    def __init__(self) -> None:
        self._rows: dict[type[Record], dict[UUID, Record]] = {}
        self._events: list[dict[str, Any]] = []

    def add(self, record: R, deed: Deed, doing: Doing, *, at: int, key: UUID | None = None) -> R:
        """The record after a deed; for the first deed the record that it begins."""
        changed = after(record, deed)
        kind = type(record)
        self._rows.setdefault(kind, {})[record.id] = changed
        actor = doing.actor
        self._events.append(
            {
                "subject_id": record.id,
                "seq": changed.seq,
                "subject_kind": TABLES[kind].word,
                "kind": deed.kind,
                "key": key or doing.key,
                "at": as_datetime(at),
                "user_id": actor.user_id,
                "post_id": actor.post_id,
                "organisation_id": actor.organisation_id,
                "role": actor.role,
                "text": deed.text,
                "pictures": deed.pictures,
                "changes": dict(deed.changes),
            }
        )
        return changed

    def write(self) -> None:
        for kind, records in self._rows.items():
            moving = [name for name in kind.__struct_fields__ if name != "id"]
            _store(TABLES[kind].name, [columns_of(one) for one in records.values()], moving)
        _store(EVENTS, self._events)


def _store(table: str, rows: Sequence[dict[str, Any]], moving: Sequence[str] = ()) -> None:
    """Rows of a table in one statement; a row whose id is there takes the new values of the moving columns."""
    if not rows:
        return
    sql = f"INSERT INTO {table} SELECT * FROM jsonb_populate_recordset(NULL::{table}, %s::jsonb)"  # noqa: S608
    if moving:
        sql += f" ON CONFLICT (id) DO UPDATE SET {', '.join(f'{name} = excluded.{name}' for name in moving)}"
    with connection.cursor() as cursor:
        cursor.execute(sql, [msgspec.json.encode(rows).decode()])


def write_one(record: R, deed: Deed, doing: Doing, *, at: int) -> R:
    writer = Writer()
    changed = writer.add(record, deed, doing, at=at)
    writer.write()
    return changed


def lock_record(kind: type[R], record_id: UUID, actor: Actor) -> R:
    """The row of a record in the actor's scope, held until the end of the transaction."""
    row = TABLES[kind].rows.select_for_update().filter(seen_by(actor), id=record_id).first()
    if row is None:
        raise NotFound
    return record_of(kind, row)


def done_before(kind: type[R], key: UUID, *, only: UUID | None = None) -> R | None:
    """What the request with this key has made or changed of a kind; of two that come at once the second waits."""
    if only is None:
        take_turns(str(key))
    ids = [one for one in subjects_done(key) if only is None or one == only]
    row: Model | None = TABLES[kind].rows.filter(id__in=ids).first() if ids else None
    return None if row is None else record_of(kind, row)


def take_turns(name: str) -> None:
    """Whoever asks for the same name waits until this transaction has ended."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(hashtextextended('supervision:' || %s, 0))", [name])


def next_numbers(count: int) -> Sequence[int]:
    """Running numbers of the registers; gaps are allowed."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT nextval('supervision_serial') FROM generate_series(1, %s)", [count])
        numbers: list[Any] = [row[0] for row in cursor.fetchall()]
        return numbers
