"""Public reports over HTTP, against pgbench's simple-update on the same cluster, turn by turn."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.db import connection

from gezhi.calendars.rules.office_days import day_of
from gezhi.cases.models import Case
from gezhi.cases.queries.registers import held_registers
from gezhi.plumbing.clock import system_clock
from gezhi.plumbing.gateways.binaries import find_binaries
from gezhi.plumbing.gateways.cluster import NAME
from gezhi.plumbing.gateways.places import places_of
from gezhi.plumbing.gateways.roles import password_file
from gezhi.simulation.queries import list_spots
from tests.bench.measures import Measure, median
from tests.bench.place import ROOT
from tests.bench.sizes import Sizes

CLIENTS = 8
DATABASE = "pgbench"
SHARE, AIM = 0.10, 0.20
MOST_A_SECOND = 3_000
CREATED = "201"
WARM_S = 2


def _pgbench(*words: str) -> str:
    program, places = find_binaries(settings.GEZHI_POSTGRES_BIN) / "pgbench", places_of(settings.GEZHI_HOME)
    command = [str(program), "-h", str(places.socket), "-U", NAME, *words, DATABASE]
    as_owner = {**os.environ, "PGPASSFILE": str(password_file(places))}
    return subprocess.run(command, check=True, capture_output=True, text=True, cwd="/", env=as_owner).stdout


def prepare_pgbench(scale: int) -> None:
    with connection.cursor() as cursor:
        cursor.execute(f"CREATE DATABASE {DATABASE}")
    _pgbench("-i", "-q", "-s", str(scale))


def drop_pgbench() -> None:
    with connection.cursor() as cursor:
        cursor.execute(f"DROP DATABASE {DATABASE}")


def updates_a_second(seconds: float) -> float:
    """Transactions a second of pgbench's simple-update."""
    said = _pgbench("-n", "-b", "simple-update", "-c", str(CLIENTS), "-j", "2", "-T", str(max(1, round(seconds))))
    found = re.search(r"^tps = ([0-9.]+)", said, re.MULTILINE)
    assert found is not None, said
    return float(found[1])


@dataclass(frozen=True)
class Sending:
    """What all sendings have in common."""

    port: int
    token: str
    points: list[tuple[float, float]]
    classes: list[str]

    def send(self, seconds: float, *, seed: int) -> dict[str, Any]:
        order = {
            "port": self.port, "token": self.token, "points": self.points, "classes": self.classes, "seed": seed,
            "seconds": seconds, "connections": CLIENTS, "at_most": int(MOST_A_SECOND * seconds) + CLIENTS,
        }  # fmt: skip
        command = [sys.executable, "-m", "tests.bench.sender"]
        done = subprocess.run(command, input=json.dumps(order), capture_output=True, text=True, cwd=ROOT, check=False)
        assert done.returncode == 0, done.stderr
        result: dict[str, Any] = json.loads(done.stdout)
        assert set(result["statuses"]) == {CREATED}, result["statuses"]
        return result


def prepare_sending(port: int, token: str) -> Sending:
    """Reports at points of the grids, of the classes in force, by a channel's token."""
    registers = held_registers()
    edition = registers.catalog.edition_on(day_of(system_clock()))
    classes = [key for key, entry in registers.catalog.classes.items() if entry.edition == edition and entry.name]
    points = [(spot.lon, spot.lat) for spot in list_spots()]
    return Sending(port, token, points, classes)


def measure_intake(port: int, token: str, sizes: Sizes) -> Iterator[Measure]:
    """Turn by turn, so that whatever else the machine does meets both."""
    sending = prepare_sending(port, token)
    prepare_pgbench(sizes.scale)
    cases = Case.objects.count()
    sending.send(min(sizes.seconds, WARM_S), seed=0)
    shares, notes = [], []
    for number in range(1, sizes.rounds + 1):
        updates = updates_a_second(sizes.seconds)
        got = sending.send(sizes.seconds, seed=number)
        reports = got["statuses"][CREATED] / got["seconds"]
        shares.append(reports / updates)
        notes.append(
            f"{reports:,.0f} reports/s (median {got['median_ms']:.1f} ms, p95 {got['p95_ms']:.1f} ms)"
            f" : {updates:,.0f} updates/s"
        )
    drop_pgbench()
    yield Measure(
        f"public reports over HTTP, {cases:,} cases there",
        median(shares),
        SHARE,
        "at least",
        f"of pgbench simple-update, {CLIENTS} clients each; aim {AIM:.0%}; no worker beside",
        "\n".join(notes),
    )
