"""Holding the embedded database: as long as a process lives after `hold`, the database of this home is up."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from pathlib import Path

import psycopg

import gezhi
from gezhi.kernel.problems import Problem
from gezhi.plumbing.gateways.binaries import find_binaries
from gezhi.plumbing.gateways.cluster import NAME, check_version, ensure_owner
from gezhi.plumbing.gateways.places import Places, places_of
from gezhi.plumbing.gateways.roles import SERVING
from gezhi.plumbing.process_ties import FileLock, is_locked

WAIT_S = 90.0
LOOK_EVERY_S = 0.05
LAST_WORDS = 1500

_held: dict[Path, FileLock] = {}


class DoesNotStart(Problem):
    code = "plumbing.database.does-not-start"
    status = 503
    title = "数据库未能启动。日志 {log} 的末尾：\n{last_words}"
    title_en = "The database does not start. The end of {log}:\n{last_words}"


def hold(home: Path, named_binaries: Path | None = None, more: str = "") -> None:
    """Make sure that the database of `home` is up, and keep it up while this process lives."""
    ensure_owner()
    places = places_of(home)
    binaries = find_binaries(named_binaries)
    check_version(places, binaries)
    deadline = time.monotonic() + WAIT_S
    lock = _held.get(home) or FileLock(places.users_lock)
    while not lock.try_lock(shared=True):  # an old server is just being stopped
        _wait(deadline, places)
    _held[home] = lock
    while not _answers(places):
        if not is_locked(places.keeper_lock):
            _start_keeper(home, binaries, more)
        _wait(deadline, places)


def release(home: Path) -> None:
    """This process needs the database no more."""
    lock = _held.pop(home, None)
    if lock is not None:
        lock.close()


def is_kept(home: Path) -> bool:
    """Whether a keeper watches over the database of this home."""
    return is_locked(places_of(home).keeper_lock)


def _answers(places: Places) -> bool:
    try:
        psycopg.connect(host=str(places.socket), user=SERVING, dbname=NAME, connect_timeout=5).close()
    except psycopg.OperationalError:
        return False
    return True


def _start_keeper(home: Path, binaries: Path, more: str) -> None:
    """Detached, in a session of its own: neither a closed terminal nor a killed group reaches it.

    Returns when it holds its office, or another one does.
    """
    root = str(Path(gezhi.__file__).resolve().parent.parent)
    path = os.pathsep.join(word for word in (root, os.environ.get("PYTHONPATH", "")) if word)
    command = [sys.executable, "-m", "gezhi.plumbing.keeper", str(home), str(binaries), more]
    with (home / "postgres.keeper.log").open("ab") as log:
        subprocess.run(
            command,
            stdin=subprocess.DEVNULL,
            stdout=log,
            stderr=log,
            cwd="/",
            env={**os.environ, "PYTHONPATH": path},
            start_new_session=True,
            check=False,
        )


def _wait(deadline: float, places: Places) -> None:
    if time.monotonic() > deadline:
        words = [_tail(file) for file in (places.keeper_lock.with_name("postgres.keeper.log"), places.log)]
        raise DoesNotStart(log=str(places.log), last_words="\n".join(words))
    time.sleep(LOOK_EVERY_S)


def _tail(file: Path) -> str:
    return file.read_bytes()[-LAST_WORDS:].decode(errors="replace") if file.is_file() else ""


def wait_until_gone(base: Path) -> None:
    """Wait until no server writes into this folder (a test removes it then)."""
    deadline = time.monotonic() + WAIT_S
    while (base / "data" / "postmaster.pid").exists() and time.monotonic() < deadline:
        time.sleep(LOOK_EVERY_S)
