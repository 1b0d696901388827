"""Databases to begin with: each is built once, committed as in a city, and shared by all modules that name it.

Tests work in transactions that are rolled back, so the next one finds the database as it was built; whoever must
commit works in a copy of its own. Small cities are built by each worker in its cluster; the living ones, which take
half a minute, once per run by `gezhi demo` in a home of their own, and are read only.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import psycopg
from django.conf import settings
from django.db import connection
from psycopg import sql
from pytest_django.plugin import DjangoDbBlocker

ROOT = Path(__file__).resolve().parents[1]
COPY = sql.SQL("CREATE DATABASE {} TEMPLATE {} STRATEGY wal_log")
LOOK_EVERY_S = 0.2

_built: dict[str, Any] = {}


def places_of_living_cities() -> list[Path]:
    """Homes of the cities that this run has built so far; whoever ends the run removes them."""
    return sorted(path for path in run_folder().glob("*") if path.is_dir())


def run_folder() -> Path:
    """The one folder that all workers of a run know."""
    return Path(os.environ["GZ_RUN"])


@contextmanager
def database(name: str, build: Callable[[], Any], blocker: DjangoDbBlocker, *, on: str = "") -> Iterator[Any]:
    """The connection leads to the database of this name; gives what `build` answered when it was built.

    `on` names the one that it is built on, the migrated empty one unless told otherwise.
    """
    if name not in _built:
        _copy(on or connection.settings_dict["NAME"], name)
        with blocker.unblock(), _led_to(NAME=name):
            _built[name] = build()
    with _led_to(NAME=name):
        yield _built[name]


@contextmanager
def own_copy(name: str, build: Callable[[], Any], blocker: DjangoDbBlocker) -> Iterator[Any]:
    """The same for one test that commits, or that looks on from several connections."""
    with database(name, build, blocker) as answer:
        pass
    copy = f"{name}_copy"
    _copy(name, copy)
    with blocker.unblock(), _led_to(NAME=copy):
        yield answer
    with _cluster() as cluster:
        cluster.execute(sql.SQL("DROP DATABASE {} WITH (FORCE)").format(sql.Identifier(copy)))


@contextmanager
def living_city(preset: str, *, days: int, until: str) -> Iterator[dict[str, Any]]:
    """The connection leads, read only, to this city after its days; gives what `gezhi demo` told of it."""
    from gezhi.plumbing.gateways.holding import hold, release
    from gezhi.plumbing.gateways.places import places_of
    from gezhi.plumbing.gateways.roles import password_file

    home = run_folder() / f"{preset}-{days}"
    told = _lived(home, "--city", preset, "--days", str(days), "--until", until)
    hold(home, settings.GEZHI_POSTGRES_BIN, settings.GEZHI_POSTGRES_OPTIONS)
    options = {**connection.settings_dict["OPTIONS"], "passfile": str(password_file(places_of(home)))}
    options = {**options, "options": "-c jit=off -c default_transaction_read_only=on"}
    with _led_to(NAME="gezhi", HOST=str(places_of(home).socket), OPTIONS=options):
        yield told
    release(home)


def _lived(home: Path, *words: str) -> dict[str, Any]:
    """One worker builds it, the other waits and finds it."""
    from gezhi.plumbing.process_ties import FileLock

    home.mkdir(parents=True, exist_ok=True)
    told, lock = home / "told.json", FileLock(home / "building.lock")
    while not lock.try_lock():
        time.sleep(LOOK_EVERY_S)
    if not told.exists():
        command = [sys.executable, "-m", "gezhi.assembly.command_line", "demo", *words, "--no-serve", "--json"]
        environment = {**os.environ, "GEZHI_HOME": str(home)}
        done = subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, text=True, check=False)
        assert done.returncode == 0, done.stderr[-3000:]
        told.write_text(done.stdout)
    lock.close()
    return dict(json.loads(told.read_text()))


@contextmanager
def _led_to(**place: Any) -> Iterator[None]:
    before = dict(connection.settings_dict)
    connection.close()
    connection.settings_dict.update(place)
    _forget_what_is_held()
    try:
        yield
    finally:
        connection.close()
        connection.settings_dict.update(before)
        _forget_what_is_held()


def _forget_what_is_held() -> None:
    """The registers of another database."""
    from gezhi.plumbing.versions import forget_all

    forget_all()


def _copy(origin: str, name: str) -> None:
    connection.close()  # nobody may be connected to what is copied
    with _cluster() as cluster:
        cluster.execute(COPY.format(sql.Identifier(name), sql.Identifier(origin)))


def _cluster() -> psycopg.Connection[Any]:
    place = connection.settings_dict
    return psycopg.connect(host=place["HOST"], user=place["USER"], dbname="postgres", autocommit=True)
