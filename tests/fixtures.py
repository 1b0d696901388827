"""The things behind the fixtures of conftest.py, for the type annotations of tests."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from django.db import connection
from django.test import Client

MONDAY_MORNING = 1_772_413_200
"""2026-03-02 09:00 in Shanghai, an ordinary working Monday."""


class FixedClock:
    """A clock that stands still until it is moved."""

    def __init__(self, now: int = MONDAY_MORNING) -> None:
        self.now = now

    def __call__(self) -> int:
        return self.now

    def advance(self, seconds: int) -> int:
        self.now += seconds
        return self.now


class FixedIds:
    """Ids that count: the same in every run."""

    def __init__(self) -> None:
        self.given = 0

    def __call__(self) -> UUID:
        self.given += 1
        return UUID(int=(0x019CAB00_0000_7000 << 64) | (0x8000 << 48) | self.given)


@dataclass
class Counted:
    """Statements that were sent: all of them, and those between BEGIN and COMMIT (savepoints not counted)."""

    sql: list[str] = field(default_factory=list)
    inside: list[str] = field(default_factory=list)

    @property
    def total(self) -> int:
        return len(self.sql)


StatementCount = Callable[[], AbstractContextManager[Counted]]


@contextmanager
def count_statements() -> Iterator[Counted]:
    """`inside` is deeper than where the counting began: a test's own transaction does not count.

    Nor does the look at the registers: whether it falls into what is counted depends on how fast the machine is.
    """
    from gezhi.plumbing.versions import LOOK

    counted = Counted()
    depth = len(connection.savepoint_ids) if connection.in_atomic_block else -1

    def count(execute: Any, sql: str, params: Any, *rest: Any) -> Any:
        if not sql.startswith(("SAVEPOINT", "RELEASE", "ROLLBACK TO", LOOK)):
            counted.sql.append(sql)
            if connection.in_atomic_block and len(connection.savepoint_ids) > depth:
                counted.inside.append(sql)
        return execute(sql, params, *rest)

    with connection.execute_wrapper(count):
        yield counted


class ApiClient(Client):
    """Speaks JSON with /api/v1: `api.call("POST", "/cases", {...}, **{"Idempotency-Key": "1"})`."""

    def call(self, method: str, path: str, body: object = None, **headers: str) -> Any:
        text = "" if body is None else json.dumps(body, default=str)
        return self.generic(method, f"/api/v1{path}", text, content_type="application/json", headers=headers)
