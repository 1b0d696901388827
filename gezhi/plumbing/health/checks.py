"""是否正常: what `/readyz` looks at. Whatever another capability knows of its own health is plugged in by `assembly`."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import Any

import psycopg
from django.conf import settings
from django.db import connections
from django.db.migrations.loader import MigrationLoader

from gezhi.plumbing.clock_guard.verdict import WORDS, ClockTrouble
from gezhi.plumbing.health.findings import Finding, Health, finding_of_clock, finding_of_disk, finding_of_loop
from gezhi.plumbing.postgres.room import folders_of_own_database, least_free
from gezhi.plumbing.queue import loops

Cursor = psycopg.Cursor[Any]
Check = Callable[[Cursor], Finding]
"""Asked on a connection of its own, in which a statement may take a second."""

CONNECT_S, STATEMENT_MS = 2, 1000
WORKER_LATE_S = 30

_plugged: dict[str, Check] = {}
_migrated = False


def set_checks(checks: Mapping[str, Check]) -> None:
    """Plug in what upper capabilities look at (`assembly` does it once)."""
    _plugged.clear()
    _plugged.update(checks)


def ask_plugged(name: str, cursor: Cursor) -> Finding:
    """What one upper capability says; nothing is wrong where it is not plugged in."""
    check = _plugged.get(name)
    return check(cursor) if check is not None else Finding()


def look_at_disk() -> Iterator[tuple[str, Finding]]:
    place = Path(settings.GEZHI_HOME)
    fullest = least_free((place if place.exists() else place.parent, *folders_of_own_database()))
    if fullest is not None:
        yield "disk", finding_of_disk(*fullest)


def look_at_database() -> Iterator[tuple[str, Finding]]:
    """Each as it is found: when one hangs, those before it are known."""
    try:
        with _connect() as connection, connection.cursor() as cursor:
            yield "database", Finding()
            migrations = _look_at_migrations(cursor)
            yield "migrations", migrations
            if migrations.standing is not Health.OK:
                return
            yield "clock", _look_at_clock(cursor)
            yield "queue", _look_at_queue(cursor)
            yield from _look_at_loops(cursor)
            for name, check in _plugged.items():
                yield name, check(cursor)
    except psycopg.Error as error:
        yield (
            "database",
            Finding(
                Health.FAILED,
                "数据库无法连接或没有回答：请检查数据库进程、网络和数据库日志。",
                "the database cannot be reached or does not answer: look at its process, the network and its log.",
                {"error": type(error).__name__},
            ),
        )


def _connect() -> psycopg.Connection[Any]:
    params = connections["default"].get_connection_params()
    limits = f"-c statement_timeout={STATEMENT_MS} -c lock_timeout={STATEMENT_MS}"
    for word in ("context", "cursor_factory", "prepare_threshold"):
        params.pop(word, None)
    params |= {"connect_timeout": CONNECT_S, "options": f"{params.get('options', '')} {limits}".strip()}
    return psycopg.connect(**params, autocommit=True)


def _look_at_migrations(cursor: Cursor) -> Finding:
    """Once done they stay so for this process: its own code does not change."""
    global _migrated  # noqa: PLW0603
    if not _migrated:
        cursor.execute("SELECT to_regclass('django_migrations') IS NOT NULL")
        known = cursor.fetchone() == (True,)
        applied = set(cursor.execute("SELECT app, name FROM django_migrations")) if known else set()
        _migrated = set(MigrationLoader(None).graph.nodes) <= applied
    if _migrated:
        return Finding()
    return Finding(
        Health.FAILED,
        "数据库结构尚未升级到本版本：请执行 gezhi migrate。",
        "the tables are not of this version yet: run gezhi migrate.",
    )


def _look_at_clock(cursor: Cursor) -> Finding:
    before = time.time()
    (there,) = cursor.execute("SELECT extract(epoch FROM clock_timestamp())::float").fetchone() or (before,)
    compared = finding_of_clock((before + time.time()) / 2 - there, settings.GEZHI_CLOCK_TOLERANCE_S)
    cursor.execute("SELECT trouble FROM plumbing_clock_state WHERE stopped_at IS NOT NULL")
    stopped = cursor.fetchone()
    if compared.standing is not Health.OK or stopped is None:
        return compared
    zh, en = WORDS[ClockTrouble(stopped[0])]
    return Finding(
        Health.FAILED, f"按时钟办理的工作已停止。{zh}", f"work by the clock has stopped. {en}", compared.facts
    )


def _look_at_queue(cursor: Cursor) -> Finding:
    cursor.execute("SELECT extract(epoch FROM now() - max(last_heartbeat))::float FROM procrastinate_workers")
    (age,) = cursor.fetchone() or (None,)
    facts = {} if age is None else {"age_s": round(age, 1)}
    if age is not None and age <= WORKER_LATE_S:
        return Finding(facts=facts)
    return Finding(
        Health.FAILED,
        "没有后台作业进程在工作：请启动 gezhi worker。",
        "no worker is at work: start gezhi worker.",
        facts,
    )


def _look_at_loops(cursor: Cursor) -> Iterator[tuple[str, Finding]]:
    cursor.execute("SELECT name, extract(epoch FROM clock_timestamp() - beat_at)::float FROM plumbing_loop_beat")
    ages = dict(cursor.fetchall())
    for loop in loops:
        yield f"loop:{loop.name}", finding_of_loop(loop.name, loop.seconds, ages.get(loop.name))
