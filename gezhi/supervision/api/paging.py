"""Keyset cursors, days as moments, and who acts under which key: the same for every register."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from uuid import UUID

from django.http import HttpRequest

from gezhi.cases.rules.ledger.share import midnight
from gezhi.plumbing.clock import system_clock
from gezhi.plumbing.doors import BadCursor, actor_of, decode_cursor, encode_cursor, idempotency_key
from gezhi.plumbing.ids import system_ids
from gezhi.supervision.actions import Doing


def doing_of(request: HttpRequest) -> Doing:
    key = idempotency_key(request) or system_ids()
    return Doing(actor=actor_of(request), key=key, clock=system_clock, ids=system_ids)


def cursor_of(at: int, last: UUID) -> str:
    return encode_cursor(at, str(last))


def after_of(cursor: str) -> tuple[datetime, UUID] | None:
    if not cursor:
        return None
    at, last = decode_cursor(cursor, int, str)
    try:
        return datetime.fromtimestamp(at, UTC), UUID(last)
    except (ValueError, OverflowError, OSError) as error:
        raise BadCursor(field="cursor") from error


def first_moment(day: date | None) -> int | None:
    return None if day is None else midnight(day)


def moment_after(day: date | None) -> int | None:
    """The first moment that no longer belongs to a day."""
    return None if day is None or day == date.max else midnight(day + timedelta(days=1))
