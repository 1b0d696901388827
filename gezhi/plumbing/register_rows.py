"""登记簿: register rows that fold from deeds, and the one writer of such rows. Each capability with registers keeps a
book: its tables of rows and its table of deeds.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import UTC, datetime
from typing import Any, NamedTuple, TypeVar
from uuid import UUID

import msgspec
from django.db.models import Model, Q

from gezhi.kernel.deeds import Deed, Record, after
from gezhi.kernel.permissions import Actor
from gezhi.kernel.problems import NotFound
from gezhi.plumbing.clock import Clock
from gezhi.plumbing.database import insert_rows, take_turns
from gezhi.plumbing.ids import Ids

R = TypeVar("R", bound=Record)


class Register(NamedTuple):
    """Where records of a kind lie; `word` is what their deeds call them."""

    rows: Any
    word: str
    table: str


class Book(NamedTuple):
    """The registers of one capability, and its table of deeds: append-only, one for each key and row."""

    deeds: Any
    table: str
    registers: Mapping[type[Record], Register]


class Doing(msgspec.Struct, frozen=True, kw_only=True):
    """Who acts, when, and under which key; the same key again does nothing and answers the same."""

    actor: Actor
    key: UUID
    clock: Clock
    ids: Ids


def record_of(kind: type[R], row: Model) -> R:
    """The record behind a row: moments in seconds, lists as tuples."""
    values = {name: _plain(getattr(row, name)) for name in kind.__struct_fields__}
    return msgspec.convert(values, kind, from_attributes=False)


def columns_of(record: Record) -> dict[str, Any]:
    """The columns of a record's row."""
    return {name: _column(name, getattr(record, name)) for name in record.__struct_fields__}


def _plain(value: Any) -> Any:
    return int(value.timestamp()) if isinstance(value, datetime) else value


def _column(name: str, value: Any) -> Any:
    """Moments are told by their name alone: a field of a record that ends in `_at` is one."""
    return _moment(value) if name.endswith("_at") and value is not None else value


def _moment(seconds: int) -> datetime:
    return datetime.fromtimestamp(seconds, tz=UTC)


class Writer:
    """Collects rows and deeds of a batch; `write` sends each kind in one statement."""

    def __init__(self, book: Book) -> None:
        self._book = book
        self._rows: dict[type[Record], dict[UUID, Record]] = {}
        self._deeds: list[dict[str, Any]] = []

    def add(self, record: R, deed: Deed, doing: Doing, *, at: int, key: UUID | None = None) -> R:
        """The record after a deed; for the first deed the record that it begins."""
        changed = after(record, deed)
        kind = type(record)
        self._rows.setdefault(kind, {})[record.id] = changed
        actor = doing.actor
        self._deeds.append(
            {
                "subject_id": record.id,
                "seq": changed.seq,
                "subject_kind": self._book.registers[kind].word,
                "kind": deed.kind,
                "key": key or doing.key,
                "at": _moment(at),
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
            rows = [columns_of(one) for one in records.values()]
            insert_rows(self._book.registers[kind].table, rows, replacing=("id",))
        insert_rows(self._book.table, self._deeds)


def write_one(book: Book, record: R, deed: Deed, doing: Doing, *, at: int) -> R:
    writer = Writer(book)
    changed = writer.add(record, deed, doing, at=at)
    writer.write()
    return changed


def lock_record(book: Book, kind: type[R], record_id: UUID, seen: Q) -> R:
    """The row of a record that this condition lets somebody see, held until the end of the transaction."""
    row = book.registers[kind].rows.select_for_update().filter(seen, id=record_id).first()
    if row is None:
        raise NotFound
    return record_of(kind, row)


def done_before(book: Book, kind: type[R], key: UUID, *, only: UUID | None = None) -> R | None:
    """What the request with this key has made or changed of a kind; of two that come at once the second waits."""
    if only is None:
        take_turns(f"{book.table}:{key}")
    subjects = list(book.deeds.filter(key=key).values_list("subject_id", flat=True))
    ids = [one for one in subjects if only is None or one == only]
    row: Model | None = book.registers[kind].rows.filter(id__in=ids).first() if ids else None
    return None if row is None else record_of(kind, row)


def list_deeds(book: Book, subject_id: UUID) -> list[Any]:
    """Everything that was done to a row, the first first."""
    return list(book.deeds.filter(subject_id=subject_id).order_by("seq"))


def keys_done(book: Book, keys: Iterable[UUID]) -> set[UUID]:
    return set(book.deeds.filter(key__in=list(keys)).values_list("key", flat=True))
