"""Announced events: written in the caller's transaction, told to the listeners after commit, at least once.

`assembly/wiring.py` names the listeners of each topic. A listener that fails does not hold up the others: its event is
kept with the error and tried again, later and later.
"""

from __future__ import annotations

import json
import traceback
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import structlog
from django.db import connection, transaction

from gezhi.plumbing.models import AnnouncedEvent

log = structlog.get_logger(__name__)

BATCH = 200
STUCK_AFTER_ATTEMPTS = 3
KEEP_DONE_DAYS = 30
FIRST_PAUSE_S = 5
LONGEST_PAUSE_S = 3600
NUMBERING_LOCK = 0x6765_7A68_6901


@dataclass(frozen=True)
class Announced:
    """What a listener is told. It may be told twice."""

    number: int
    topic: str
    key: str
    payload: dict[str, Any]


Listener = Callable[[Announced], None]

_listeners: dict[str, tuple[Listener, ...]] = {}
_heard_words: dict[Listener, frozenset[str]] = {}
GROUP = ".*"


def hears(*words: str) -> Callable[[Listener], Listener]:
    """Which words of a group of topics a listener hears; an event of any other is done without being told to it."""

    def register(listener: Listener) -> Listener:
        _heard_words[listener] = frozenset(words)
        return listener

    return register


def set_listeners(table: Mapping[str, Sequence[Listener]]) -> None:
    """Who listens to which topic (`assembly` sets it once). `cases.*` is a group: of its topics each listener hears
    those that it names itself with `hears`.
    """
    _listeners.clear()
    for topic, listeners in table.items():
        for listener in listeners:
            for one in _topics(topic, listener):
                _listeners[one] = (*_listeners.get(one, ()), listener)


def _topics(topic: str, listener: Listener) -> list[str]:
    if not topic.endswith(GROUP):
        return [topic]
    return [f"{topic.removesuffix(GROUP)}.{word}" for word in sorted(_heard_words[listener])]


def announce(topic: str, key: str, payload: Mapping[str, Any] | None = None) -> None:
    """Say that something happened; one statement in the caller's transaction."""
    announce_many([(topic, key, payload or {})])


def announce_many(events: Iterable[tuple[str, str, Mapping[str, Any]]]) -> None:
    """Many at once, in one statement."""
    rows = as_records(events)
    if rows:
        with connection.cursor() as cursor:
            cursor.execute(ANNOUNCE, [json.dumps(rows)])


def as_records(events: Iterable[tuple[str, str, Mapping[str, Any]]]) -> list[dict[str, Any]]:
    """What `ANNOUNCE` takes as its one parameter, as JSON: for a writer that announces in a statement of its own."""
    return [{"topic": topic, "key": key, "payload": dict(payload)} for topic, key, payload in events]


ANNOUNCE = (
    "INSERT INTO plumbing_announced_event (topic, key, payload) SELECT x.topic, x.key, x.payload"
    " FROM jsonb_to_recordset(%s::jsonb) AS x(topic text, key text, payload jsonb)"
)

_NUMBER = """
WITH fresh AS (
  SELECT id, row_number() OVER (ORDER BY id) AS place
  FROM plumbing_announced_event WHERE number IS NULL ORDER BY id LIMIT %s
), last AS (SELECT coalesce(max(number), 0) AS number FROM plumbing_announced_event)
UPDATE plumbing_announced_event AS event
SET number = last.number + fresh.place, is_done = NOT (event.topic = ANY(%s))
FROM fresh, last WHERE event.id = fresh.id
"""

_CLAIM = """
SELECT id, number, topic, key, payload, heard_by, attempts FROM plumbing_announced_event
WHERE NOT is_done AND number IS NOT NULL AND next_try_at <= clock_timestamp()
ORDER BY next_try_at, id LIMIT %s FOR UPDATE SKIP LOCKED
"""


def number_events() -> int:
    """Give numbers to what has been committed. One process at a time, or numbers would become visible out of order."""
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SELECT pg_try_advisory_xact_lock(%s)", [NUMBERING_LOCK])
        if not cursor.fetchone()[0]:
            return 0
        cursor.execute(_NUMBER, [BATCH * 10, list(_listeners)])
        return int(cursor.rowcount)


_HEARD = """
WITH fresh AS (
  SELECT id, row_number() OVER (ORDER BY id) AS place FROM plumbing_announced_event WHERE number IS NULL
), last AS (SELECT coalesce(max(number), 0) AS number FROM plumbing_announced_event)
UPDATE plumbing_announced_event AS event
SET number = coalesce(event.number, last.number + fresh.place),
    is_done = event.is_done OR event.topic LIKE %s OR (event.number IS NULL AND NOT (event.topic = ANY(%s)))
FROM plumbing_announced_event AS same LEFT JOIN fresh USING (id) CROSS JOIN last
WHERE event.id = same.id AND (same.number IS NULL OR (NOT same.is_done AND same.topic LIKE %s))
"""


def mark_heard(prefix: str) -> int:
    """Everything that waits under topics of this beginning counts as heard, in one statement: nobody is told of it any
    more. For history that was written as such; what waits under other topics is only numbered.
    """
    topics = f"{prefix}%"
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s)", [NUMBERING_LOCK])
        cursor.execute(_HEARD, [topics, list(_listeners), topics])
        return int(cursor.rowcount)


def relay() -> bool:
    """Number what is new, tell one batch to its listeners. True when more may be waiting."""
    numbered = number_events()
    with transaction.atomic():
        with connection.cursor() as cursor:
            cursor.execute(_CLAIM, [BATCH])
            rows = cursor.fetchall()
        done = [row[0] for row in rows if _tell_all(*row)]
        AnnouncedEvent.objects.filter(pk__in=done).update(is_done=True, error="")
    return len(rows) == BATCH or numbered == BATCH * 10


def _tell_all(pk: int, number: int, topic: str, key: str, payload: Any, heard_by: list[str], attempts: int) -> bool:
    """Every listener that has not heard it yet; each in a savepoint of its own."""
    event = Announced(number, topic, key, payload if isinstance(payload, dict) else json.loads(payload))
    errors = []
    heard = list(heard_by)
    for listener in _listeners.get(topic, ()):
        name = f"{listener.__module__}.{listener.__qualname__}"
        if name in heard:
            continue
        try:
            with transaction.atomic():
                listener(event)
        except Exception as error:
            errors.append(f"{name}: {''.join(traceback.format_exception_only(error)).strip()}")
            log.warning("outbox.listener-failed", listener=name, topic=topic, key=key, exc_info=error)
        else:
            heard.append(name)
    if errors:
        _try_later(pk, heard, attempts + 1, "\n".join(errors))
    return not errors


def _try_later(pk: int, heard: list[str], attempts: int, error: str) -> None:
    pause = min(FIRST_PAUSE_S * 2 ** min(attempts, 12), LONGEST_PAUSE_S)
    with connection.cursor() as cursor:
        cursor.execute(
            "UPDATE plumbing_announced_event SET heard_by = %s, attempts = least(%s, 30000), error = %s,"
            " next_try_at = clock_timestamp() + %s * interval '1 second' WHERE id = %s",
            [heard, attempts, error, pause, pk],
        )


@dataclass(frozen=True)
class Stuck:
    """An event that a listener refused several times."""

    number: int
    topic: str
    key: str
    attempts: int
    error: str


def list_stuck(limit: int = 100) -> list[Stuck]:
    rows = AnnouncedEvent.objects.filter(is_done=False, attempts__gte=STUCK_AFTER_ATTEMPTS).order_by("id")[:limit]
    return [Stuck(row.number or 0, row.topic, row.key, row.attempts, row.error) for row in rows]


def retry_stuck() -> int:
    """Try everything that waits again at once (an operator has mended the cause)."""
    with connection.cursor() as cursor:
        cursor.execute(
            "UPDATE plumbing_announced_event SET next_try_at = clock_timestamp() WHERE NOT is_done AND attempts > 0"
        )
        return int(cursor.rowcount)


def purge_done() -> int:
    """Forget what everybody heard long ago; the highest number stays, for the next one follows it."""
    with connection.cursor() as cursor:
        cursor.execute(
            "DELETE FROM plumbing_announced_event WHERE is_done"
            " AND announced_at < clock_timestamp() - %s * interval '1 day'"
            " AND number < (SELECT max(number) FROM plumbing_announced_event)",
            [KEEP_DONE_DAYS],
        )
        return int(cursor.rowcount)
