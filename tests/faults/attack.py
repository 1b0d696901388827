"""Kills in random order and backends ended in rounds, under load: `make faults` does it long, `make test` short."""

from __future__ import annotations

import os
import random
import signal
import statistics
import time
from collections import defaultdict
from collections.abc import Callable

from tests.faults.town import WEB_PROCESSES, Town, kill
from tests.plumbing.processes import PATIENCE_S, eventually, keeper_of

GOOD_WITHIN_S = 2.0
ONE_GOOD_ANSWER = 1
ASK_EVERY_S = 0.05


def _supervisor(town: Town) -> list[int]:
    assert town.supervisor is not None
    return [town.supervisor.pid]


def _backends(town: Town) -> list[int]:
    return random.sample(others, 1) if (others := town.processes_of_database()[1:]) else []


VICTIMS: dict[str, tuple[int, Callable[[Town], list[int]]]] = {
    "a process of the database": (6, _backends),
    "a web process": (5, lambda town: town.child("web")[-1:]),
    "the worker": (4, lambda town: town.child("worker")),
    "the postmaster": (3, lambda town: town.processes_of_database()[:1]),
    "the keeper": (2, lambda town: keeper_of(town.home)),
    "the web server": (2, lambda town: town.child("web")[:1]),
    "the supervisor": (1, _supervisor),
    "everything": (1, lambda town: town.remains()),
}
"""How often of 24, and which processes."""


def kill_at_random(
    town: Town, kills: int, *, seed: int, told: Callable[[str], None], minutes: float = float("inf")
) -> dict[str, list[float]]:
    """Each as soon as the platform is well again, for so many minutes at most; gives the seconds that it took, by
    victim.
    """
    ends = time.monotonic() + 60 * minutes
    chance = random.Random(seed)
    names = [name for name, (weight, _) in VICTIMS.items() for _ in range(weight)]
    took: dict[str, list[float]] = defaultdict(list)
    done = 0
    while done < kills and time.monotonic() < ends:
        name = chance.choice(names)
        pids = VICTIMS[name][1](town)
        if not pids:
            continue
        kill(pids)
        done += 1
        began = time.monotonic()
        if name in {"the supervisor", "everything"}:
            town.restart()
        assert eventually(lambda: is_whole(town)), f"not well after the kill of {name}: {town.log()}"
        took[name].append(time.monotonic() - began)
        told(f"{done} of {kills}: {name}, well after {took[name][-1]:.1f} s")
    return took


def is_whole(town: Town) -> bool:
    is_there = len(town.child("web")) == 1 + WEB_PROCESSES and bool(town.child("worker"))
    return is_there and town.is_ready() and town.is_answered()


def end_all_backends(town: Town) -> int:
    with town.database() as database:
        ended = database.execute("SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE pid <> pg_backend_pid()")
        return len(ended.fetchall())


def end_backends(town: Town, rounds: int, *, pause_s: float, told: Callable[[str], None]) -> list[float]:
    """Seconds after each round until a request is answered well that needs the database."""
    took = []
    for number in range(1, rounds + 1):
        ended = end_all_backends(town)
        began = time.monotonic()
        while not _answers_well(town):
            assert time.monotonic() - began < PATIENCE_S, town.log()
            time.sleep(ASK_EVERY_S)
        took.append(time.monotonic() - began)
        told(f"round {number} of {rounds}: {ended} ended, a good answer after {took[-1]:.2f} s")
        time.sleep(pause_s)
    return took


def _answers_well(town: Town) -> bool:
    """Every thread must have healed, not only the one that happens to answer: so many in a row."""
    return all(town.is_answered() for _ in range(WEB_PROCESSES * 4))


def stand_still(town: Town, seconds: float) -> list[tuple[str, int, float]]:
    """All of the database is stopped for so long; gives what the two addresses answered meanwhile, and when."""
    pids = town.processes_of_database()
    answers = []
    for pid in pids:
        os.kill(pid, signal.SIGSTOP)
    try:
        ends = time.monotonic() + seconds
        while time.monotonic() < ends:
            for path in ("healthz", "readyz"):
                began = time.monotonic()
                status, _ = town.ask(path)
                answers.append((path, status, time.monotonic() - began))
            time.sleep(0.5)
    finally:
        for pid in pids:
            os.kill(pid, signal.SIGCONT)
    return answers


def tell_times(took: dict[str, list[float]], told: Callable[[str], None]) -> None:
    for name, seconds in sorted(took.items()):
        if not seconds:
            continue
        told(f"{name}: {len(seconds)} times, mean {statistics.mean(seconds):.1f} s, most {max(seconds):.1f} s")
