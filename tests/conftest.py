"""What every test may ask for: an own temporary PostgreSQL, a fixed clock, fixed ids, an API client, a counter of statements.

The cluster lies in a short temporary GEZHI_HOME, is started by the same gateway as in production (only when a test wants
the database), and is gone after the session.
"""

from __future__ import annotations

import os
import shutil
import sys
import tempfile
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, ExitStack, contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from uuid import UUID

if os.environ.get("DJANGO_SETTINGS_MODULE") and "gezhi.assembly.settings" in sys.modules:
    message = "settings were read before this file could point them to a temporary home: no test may touch a real one"
    raise RuntimeError(message)

HOME = Path(tempfile.mkdtemp(prefix="gz", dir="/tmp"))

for _name in [name for name in os.environ if name.startswith("GEZHI_") or name == "DATABASE_URL"]:
    if _name != "GEZHI_POSTGRES_BIN":
        del os.environ[_name]
os.environ["GEZHI_HOME"] = str(HOME)
os.environ["GEZHI_LOG_LEVEL"] = "WARNING"
os.environ["GEZHI_POSTGRES_OPTIONS"] = "-c fsync=off -c synchronous_commit=off -c shared_buffers=128MB"
os.environ["DJANGO_SETTINGS_MODULE"] = "gezhi.assembly.settings"

import pytest
from django.conf import settings
from django.db import connection
from django.test import Client

MONDAY_MORNING = 1_772_413_200
"""2026-03-02 09:00 in Shanghai, an ordinary working Monday."""


def pytest_configure() -> None:
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]


def pytest_unconfigure() -> None:
    from gezhi.plumbing.gateways.holding import release, wait_until_gone
    from gezhi.plumbing.gateways.places import places_of

    release(HOME)
    base = places_of(HOME).base
    shutil.rmtree(HOME, ignore_errors=True)
    wait_until_gone(base)
    shutil.rmtree(base, ignore_errors=True)


@pytest.fixture(scope="session")
def django_db_modify_db_settings() -> None:
    """Called before pytest-django makes the test database: here the cluster comes up."""
    from gezhi.plumbing.database import make_ready

    make_ready()


@pytest.fixture(autouse=True)
def _registers_are_read_anew() -> None:
    from gezhi.plumbing import versions

    versions.forget_all()


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


@pytest.fixture
def clock() -> FixedClock:
    return FixedClock()


@pytest.fixture
def ids() -> FixedIds:
    return FixedIds()


@dataclass
class Counted:
    """Statements that were sent: all of them, and those between BEGIN and COMMIT (savepoints not counted)."""

    sql: list[str] = field(default_factory=list)
    inside: list[str] = field(default_factory=list)

    @property
    def total(self) -> int:
        return len(self.sql)


@contextmanager
def _count_statements() -> Iterator[Counted]:
    counted = Counted()
    depth = len(connection.savepoint_ids) if connection.in_atomic_block else -1

    def count(execute: Callable[..., Any], sql: str, params: Any, many: bool, context: Any) -> Any:
        if not sql.startswith(("SAVEPOINT", "RELEASE", "ROLLBACK TO")):
            counted.sql.append(sql)
            if connection.in_atomic_block and len(connection.savepoint_ids) > depth:
                counted.inside.append(sql)
        return execute(sql, params, many, context)

    with ExitStack() as stack:
        stack.enter_context(connection.execute_wrapper(count))
        yield counted


@pytest.fixture
def statement_count() -> Callable[[], AbstractContextManager[Counted]]:
    """`with statement_count() as counted: act()`, then `len(counted.inside) <= 8`."""
    return _count_statements


class ApiClient(Client):
    """Speaks JSON with /api/v1: `api.call("POST", "/cases", {...}, **{"Idempotency-Key": "1"})`."""

    def call(self, method: str, path: str, body: object = None, **headers: str) -> Any:
        if body is None:
            return self.generic(method, f"/api/v1{path}", headers=headers)
        from json import dumps

        return self.generic(
            method, f"/api/v1{path}", dumps(body, default=str), content_type="application/json", headers=headers
        )


@pytest.fixture
def api() -> ApiClient:
    return ApiClient()
