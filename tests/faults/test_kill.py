"""Killed amid many reports: what was acknowledged is there once, and nothing runs that should not."""

from __future__ import annotations

import http.client
import json
import os
import signal
import subprocess
import sys
import threading
import time
import urllib.error
import urllib.request
from collections import Counter
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from uuid import UUID, uuid4

import pytest

from gezhi.plumbing.gateways.places import places_of
from tests.assembly.test_serve import Installation
from tests.guards.source import ROOT
from tests.plumbing.processes import PATIENCE_S, eventually, is_alive, keeper_of, remove_home, servers_of
from tests.stories.city import PASSWORD, PREPARE

REPORTS, SENDERS, KILL_AFTER = 150, 12, 50
WEB_PROCESSES = 2
CLASS = "2026-matter-01001"

pytestmark = pytest.mark.slow


class Town(Installation):
    """An installation with the invented city, durable as in production, and a token to report with."""

    def __init__(self) -> None:
        super().__init__()
        self.environment["GEZHI_POSTGRES_OPTIONS"] = "-c shared_buffers=64MB"
        self.environment["GEZHI_WEB_PROCESSES"] = str(WEB_PROCESSES)
        prepared = subprocess.run(
            [sys.executable, "-c", PREPARE, "yunting", PASSWORD],
            cwd=ROOT, env=self.environment, capture_output=True, text=True, timeout=PATIENCE_S, check=False,
        )  # fmt: skip
        assert prepared.returncode == 0, prepared.stderr[-4000:]
        people = json.loads(prepared.stdout.splitlines()[-1])
        channel = next(one["username"] for one in people if one["role"] == "channel")
        self.token = json.loads(self.run("token", "create", channel, "--json").stdout)["token"]
        self.start()
        self.centre: list[float] = json.loads(self._ask("GET", "/city"))["centre"]

    def _ask(self, method: str, path: str, body: bytes | None = None, key: str = "") -> bytes:
        headers = {
            "Authorization": f"Bearer {self.token}",
            "Content-Type": "application/json",
            "Idempotency-Key": key or "-",
        }
        request = urllib.request.Request(
            f"http://127.0.0.1:{self.port}/api/v1{path}", data=body, headers=headers, method=method
        )
        with urllib.request.urlopen(request, timeout=30) as answer:
            return bytes(answer.read())

    def report(self, key: str) -> str:
        """Send until it is acknowledged, always under the same key, as a careful client does."""
        lon, lat = self.centre
        body = {"channel": "app", "class_key": CLASS, "lon": lon, "lat": lat, "place": "路口", "description": key}
        give_up = time.monotonic() + PATIENCE_S
        while True:
            try:
                return str(json.loads(self._ask("POST", "/cases", json.dumps(body).encode(), key))["id"])
            except urllib.error.HTTPError as refusal:
                if refusal.code < 500:
                    raise
            except (OSError, ValueError, http.client.HTTPException):
                pass
            assert time.monotonic() < give_up, "not acknowledged in time"
            time.sleep(0.1)

    def begun(self) -> Counter[str]:
        """The case of every first entry of the log."""
        lines = self.run("export", "log").stdout.splitlines()
        entries = [json.loads(line)["entry"] for line in lines]
        return Counter(entry["case"] for entry in entries if entry["seq"] == 1)


@pytest.fixture(scope="module")
def town() -> Iterator[Town]:
    town = Town()
    yield town
    if town.supervisor is not None and town.supervisor.poll() is None:
        town.end(signal.SIGTERM)
    assert eventually(lambda: not town.remains()), "something still runs after a clean end"
    remove_home(town.home)


def _kill(pids: list[int]) -> None:
    assert pids, "nothing to kill"
    for pid in pids:
        os.kill(pid, signal.SIGKILL)


def _everything(town: Town) -> list[int]:
    return town.remains()


def _supervisor(town: Town) -> list[int]:
    assert town.supervisor is not None
    return [town.supervisor.pid]


def _web(town: Town) -> list[int]:
    return town.child("web")[:1]


def _web_worker(town: Town) -> list[int]:
    return town.child("web")[-1:]


def _worker(town: Town) -> list[int]:
    return town.child("worker")


def _database(town: Town) -> list[int]:
    return servers_of(places_of(town.home).base)[:1]


@pytest.mark.parametrize(
    ("victims", "restarted"),
    [
        (_everything, True),
        (_supervisor, True),
        (_web, False),
        (_web_worker, False),
        (_worker, False),
        (_database, False),
    ],
)
def test_every_acknowledged_report_is_there_once(
    town: Town, victims: Callable[[Town], list[int]], restarted: bool
) -> None:
    keys = [str(uuid4()) for _ in range(REPORTS)]
    before = town.begun()
    acknowledged: dict[str, str] = {}
    enough = threading.Event()

    def send(key: str) -> None:
        acknowledged[key] = town.report(key)
        if len(acknowledged) >= KILL_AFTER:
            enough.set()

    with ThreadPoolExecutor(SENDERS) as senders:
        sent = [senders.submit(send, key) for key in keys]
        assert enough.wait(PATIENCE_S)
        pids = victims(town)
        _kill(pids)
        if restarted:
            assert town.supervisor is not None
            town.supervisor.wait(PATIENCE_S)
            assert eventually(lambda: not town.child("web") and not town.child("worker")), "orphans"
            town.start()
        for one in sent:
            one.result()
    assert len(acknowledged) == REPORTS
    assert eventually(lambda: town.health().get("status") == "ok"), town.log()
    assert not [pid for pid in pids if is_alive(pid)]
    assert len(keeper_of(town.home)) == 1
    assert eventually(lambda: len(town.child("web")) == 1 + WEB_PROCESSES)
    assert eventually(lambda: len(town.child("worker")) == 1)
    assert set(acknowledged) == set(keys)
    assert town.begun() - before == Counter(acknowledged.values())
    verified = town.run("verify-log", "--json")
    assert json.loads(verified.stdout)["findings"] == [], verified.stderr
    assert all(UUID(case) for case in acknowledged.values())
