"""Registers held per process: read once, refreshed when their version number moves.

`bump(name)` belongs into the transaction that changes the register. A number is the moment in
microseconds, so that one seen inside a transaction that is rolled back never comes again.
"""

from __future__ import annotations

import gc
import time
from collections.abc import Callable, Collection
from threading import Lock
from typing import Generic, TypeVar
from weakref import WeakSet

import structlog
from django.db import connection, transaction

from gezhi.plumbing.outbox import announce

log = structlog.get_logger(__name__)

CHECK_EVERY_S = 2.0
COLLECT_AFTER = 20_000
"""Objects made since the last look of the garbage collector; 700 would be usual, a page of cases makes thousands."""
UNREAD = -1

CHANGED = "registers.changed"
T = TypeVar("T")

LOOK = "SELECT name, number, extract(epoch FROM clock_timestamp())::float FROM plumbing_register_version"
"""Every two seconds at most: it falls into any request, so whoever counts the statements of one leaves it out."""
_BUMP = """
INSERT INTO plumbing_register_version AS v (name, number)
VALUES (%s, (extract(epoch FROM clock_timestamp()) * 1000000)::bigint)
ON CONFLICT (name) DO UPDATE SET number = greatest(excluded.number, v.number + 1) RETURNING number
"""


class _Numbers:
    """All version numbers, read with one statement at most every two seconds."""

    def __init__(self) -> None:
        self.lock = Lock()
        self.by_name: dict[str, int] = {}
        self.checked_at = float("-inf")
        self.ahead_s = 0.0

    def _compare_clocks(self, before: float, database: float | None) -> None:
        """How far this machine is ahead of the database. An answer that was long on its way says nothing."""
        after = time.time()
        if database is not None and 0 <= after - before < CHECK_EVERY_S:
            self.ahead_s = (before + after) / 2 - database

    def check_again(self) -> None:
        self.checked_at = float("-inf")

    def number_of(self, name: str) -> int:
        if time.monotonic() - self.checked_at >= CHECK_EVERY_S and self.lock.acquire(blocking=self.checked_at < 0):
            try:
                before = time.time()
                with connection.cursor() as cursor:
                    cursor.execute(LOOK)
                    rows = cursor.fetchall()
                self.by_name = {row[0]: row[1] for row in rows}
                self._compare_clocks(before, rows[0][2] if rows else None)
                self.checked_at = time.monotonic()
            finally:
                self.lock.release()
        return self.by_name.get(name, 0)

    def number_by_now(self, name: str) -> int:
        self.check_again()
        return self.number_of(name)


_numbers = _Numbers()
_all_held: WeakSet[Held[object]] = WeakSet()


def bump(name: str) -> int:
    """The register `name` has changed; to be called in the changing transaction. Gives the new number."""
    with connection.cursor() as cursor:
        cursor.execute(_BUMP, [name])
        number: int = cursor.fetchone()[0]
    _numbers.check_again()
    transaction.on_commit(_numbers.check_again)
    announce(CHANGED, name)
    return number


class Held(Generic[T]):
    """A register in memory. `load()` reads it whole; while one thread loads anew, the others go on with the old one."""

    def __init__(self, name: str, load: Callable[[], T]) -> None:
        self.name = name
        self._load = load
        self._lock = Lock()
        self._held: tuple[int, T | None] = (UNREAD, None)
        _all_held.add(self)  # type: ignore[arg-type]

    @property
    def number(self) -> int:
        """The version number of what is held now."""
        return self._held[0]

    def get(self, *, by_now: bool = False) -> T:
        """`by_now`: as it is at this moment, for work done once after a change; it waits for whoever reads it."""
        number = _numbers.number_by_now(self.name) if by_now else _numbers.number_of(self.name)
        if number != self.number and self._lock.acquire(blocking=by_now or self.number == UNREAD):
            try:
                # A change that is committed while the register is read would be held under the number before it.
                while number != self.number:
                    self._held = (number, self._load())
                    number = _numbers.number_by_now(self.name)
            finally:
                self._lock.release()
        return self._held[1]  # type: ignore[return-value]

    def forget(self) -> None:
        self._held = (UNREAD, None)


def seconds_ahead_of_database() -> float:
    """How far this machine's clock is ahead of the database's, as the last look at the registers saw it."""
    return _numbers.ahead_s


def held_numbers(names: Collection[str]) -> dict[str, int]:
    """The version numbers of what is held now. Equal before and after a look, they are those of what was seen."""
    return {held.name: held.number for held in list(_all_held) if held.name in names}


def load_all() -> None:
    """Read every register before anybody waits for it: when a process begins, before it serves or forks.

    What has been loaded is then hidden from the garbage collector. It would look through all grids of the city every
    few requests, and whoever asks meanwhile waits a tenth of a second.
    """
    for held in list(_all_held):
        try:
            held.get()
        except Exception as error:  # noqa: BLE001 - it troubles those who ask for it, not the start
            log.warning("registers.not-loaded", register=held.name, error=str(error).strip())
    gc.collect()
    gc.freeze()
    gc.set_threshold(COLLECT_AFTER)


def forget_all() -> None:
    """Every register is read anew at its next use (tests do this between databases)."""
    _numbers.check_again()
    for held in list(_all_held):
        held.forget()
