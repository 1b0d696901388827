"""The invented city under `gezhi serve`, to be reported to while it is hurt, and to be counted afterwards."""

from __future__ import annotations

import http.client
import json
import os
import signal
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections import Counter
from pathlib import Path
from typing import Any

import psycopg

from gezhi.plumbing.gateways.places import places_of
from tests.assembly.test_serve import Installation
from tests.guards.source import ROOT
from tests.plumbing.processes import PATIENCE_S, as_owner, servers_of
from tests.stories.city import PASSWORD, PREPARE

WEB_PROCESSES = 2
CLASS = "2026-matter-01001"


class Town(Installation):
    """An installation with the invented city, durable as in production, and tokens to report and to note with."""

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
        self.tokens = {role: self._token_of(role, people) for role in ("channel", "duty-officer")}
        self.start()
        self.centre: list[float] = json.loads(self._ask("GET", "/city"))["centre"]

    def _token_of(self, role: str, people: list[dict[str, Any]]) -> str:
        username = next(one["username"] for one in people if one["role"] == role)
        return str(json.loads(self.run("token", "create", username, "--json").stdout)["token"])

    def _ask(self, method: str, path: str, body: Any = None, key: str = "", role: str = "channel") -> bytes:
        headers = {
            "Authorization": f"Bearer {self.tokens[role]}",
            "Content-Type": "application/json",
            "Idempotency-Key": key or "-",
        }
        data = None if body is None else json.dumps(body).encode()
        url = f"http://127.0.0.1:{self.port}/api/v1{path}"
        request = urllib.request.Request(url, data=data, headers=headers, method=method)
        with urllib.request.urlopen(request, timeout=30) as answer:
            return bytes(answer.read())

    def is_answered(self) -> bool:
        """Whether a request that needs the database is answered well."""
        try:
            return bool(self._ask("GET", "/city"))
        except (OSError, http.client.HTTPException):
            return False

    def report(self, key: str) -> str:
        lon, lat = self.centre
        body = {"channel": "app", "class_key": CLASS, "lon": lon, "lat": lat, "place": "路口", "description": key}
        return str(json.loads(self._until_acknowledged("/cases", body, key, "channel"))["id"])

    def note(self, case_id: str, key: str) -> None:
        body = {"command": "note", "text": key}
        self._until_acknowledged(f"/cases/{case_id}/commands", body, key, "duty-officer")

    def _until_acknowledged(self, path: str, body: Any, key: str, role: str) -> bytes:
        """Send until it is acknowledged, always under the same key, as a careful client does."""
        give_up = time.monotonic() + PATIENCE_S
        while True:
            try:
                return self._ask("POST", path, body, key, role)
            except urllib.error.HTTPError as refusal:
                if refusal.code < 500 and refusal.code != 429:
                    raise
            except (OSError, ValueError, http.client.HTTPException):
                pass
            assert time.monotonic() < give_up, f"not acknowledged in time: {key}"
            time.sleep(0.1)

    def begun(self) -> Counter[str]:
        """The case of every first entry of the log."""
        lines = self.run("export", "log").stdout.splitlines()
        entries = [json.loads(line)["entry"] for line in lines]
        return Counter(entry["case"] for entry in entries if entry["seq"] == 1)

    def differences(self) -> list[Any]:
        """What `gezhi verify` finds wrong, and what it could not look at."""
        verified = self.run("verify", "--json")
        parts = json.loads(verified.stdout)["parts"]
        return [part for part in parts if part["differences"] or part["failed"]]

    def database(self) -> psycopg.Connection[Any]:
        return psycopg.connect(**as_owner(self.home), autocommit=True)

    def processes_of_database(self) -> list[int]:
        """The postmaster first, then its children."""
        found = servers_of(places_of(self.home).base)[:1]
        for pid in found[:1]:
            found += [int(word) for word in Path(f"/proc/{pid}/task/{pid}/children").read_text().split()]
        return found

    def restart(self) -> None:
        """After a kill of the supervisor: as systemd does."""
        assert self.supervisor is not None
        self.supervisor.wait(PATIENCE_S)
        self.start()


def kill(pids: list[int]) -> None:
    for pid in pids:
        try:
            os.kill(pid, signal.SIGKILL)
        except ProcessLookupError:  # it ended with another one that was killed just before
            continue
