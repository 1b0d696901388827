"""Register rows as the records that they are: moments in seconds, lists as tuples."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from typing import Any, NamedTuple, TypeVar
from uuid import UUID

import msgspec
from django.db.models import Model

from gezhi.people.queries import as_datetime
from gezhi.supervision.models import AccountabilityEntry, Event, MajorCase, Meeting, Order, Settlement
from gezhi.supervision.rules import accountability, major_register, meetings, orders, ownerless
from gezhi.supervision.rules.deeds import Record

R = TypeVar("R", bound=Record)


class Table(NamedTuple):
    """Where records of a kind lie; `word` is what their events call them."""

    rows: Any
    word: str
    name: str


EVENTS = "supervision_event"
TABLES: dict[type[Record], Table] = {
    orders.Order: Table(Order.objects, "order", "supervision_order"),
    accountability.Entry: Table(AccountabilityEntry.objects, "entry", "supervision_accountability"),
    major_register.MajorCase: Table(MajorCase.objects, "major", "supervision_major"),
    meetings.Meeting: Table(Meeting.objects, "meeting", "supervision_meeting"),
    ownerless.Settlement: Table(Settlement.objects, "settlement", "supervision_settlement"),
}


def record_of(kind: type[R], row: Model) -> R:
    """The record behind a row."""
    values = {name: _plain(getattr(row, name)) for name in kind.__struct_fields__}
    return msgspec.convert(values, kind, from_attributes=False)


def columns_of(record: Record) -> dict[str, Any]:
    """The columns of a record's row."""
    return {name: _column(name, getattr(record, name)) for name in record.__struct_fields__}


def _plain(value: Any) -> Any:
    return int(value.timestamp()) if isinstance(value, datetime) else value


def _column(name: str, value: Any) -> Any:
    if name.endswith("_at"):
        return None if value is None else as_datetime(value)
    return value


def list_events(subject_id: UUID) -> list[Event]:
    """Everything that was done to a row, the first first."""
    return list(Event.objects.filter(subject_id=subject_id).order_by("seq"))


def subjects_done(key: UUID) -> list[UUID]:
    """The rows that a request with this key was about: it was sent before."""
    return list(Event.objects.filter(key=key).values_list("subject_id", flat=True))


def keys_done(keys: Iterable[UUID]) -> set[UUID]:
    return set(Event.objects.filter(key__in=list(keys)).values_list("key", flat=True))
