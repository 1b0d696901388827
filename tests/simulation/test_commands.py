from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Iterator
from typing import Any

import pytest

from tests.assembly.test_serve import Installation
from tests.plumbing.processes import ROOT, eventually, keeper_of, pythons_of, remove_home

DEMO = ("demo", "--city", "yunting", "--no-serve", "--json")
DAY = ("--until", "2026-03-02")


@pytest.fixture
def place() -> Iterator[Installation]:
    installation = Installation()
    yield installation
    remove_home(installation.home)


def run(place: Installation, *words: str) -> Any:
    done = place.run(*words)
    assert done.returncode == 0, done.stderr[-3000:]
    return json.loads(done.stdout)


def told_log(place: Installation) -> list[str]:
    """Every entry of the log, without the numbers that a build happens to give, and the ids of the automatic round."""
    done = place.run("export", "log")
    assert done.returncode == 0, done.stderr[-3000:]
    entries = [json.loads(line)["entry"] for line in done.stdout.splitlines()]
    for entry in entries:
        entry.pop("versions")
        entry["step"].pop("number", None)
        entry["step"].pop("order", None)
        if entry["command"] == "supervise" and entry["role"] == "system":
            entry.pop("command_id")
    return sorted(json.dumps(entry, sort_keys=True) for entry in entries)


@pytest.mark.slow
def test_a_demo_is_built_once_served_again_and_built_anew_only_when_asked(place: Installation) -> None:
    first = run(place, *DEMO, *DAY, "--days", "2")
    assert (first["city"], first["days"], first["problems"]) == ("云汀市", 2, {})
    assert {account["role"] for account in first["accounts"]} >= {
        "受理员",
        "值班长",
        "派遣员",
        "处置人员",
        "信息采集员",
    }
    log = told_log(place)

    again = run(place, *DEMO, "--seed", "2")
    assert (again["seed"], again["cases"]) == (1, first["cases"])

    anew = run(place, *DEMO, *DAY, "--days", "2", "--reset")
    assert anew["cases"] == first["cases"]
    assert told_log(place) == log

    other = run(place, *DEMO, *DAY, "--days", "2", "--seed", "2", "--reset")
    assert other["seed"] == 2
    assert told_log(place) != log
    assert run(place, "verify", "--json")["differences"] == 0


def workers_of(place: Installation) -> set[int]:
    return set(pythons_of(place.home)) - set(keeper_of(place.home))


@pytest.mark.slow
def test_a_demo_that_was_killed_in_the_middle_leaves_nothing_running_and_is_built_anew(place: Installation) -> None:
    command = [sys.executable, "-m", "gezhi.assembly.command_line", *DEMO, *DAY, "--days", "60"]
    with subprocess.Popen(command, cwd=ROOT, env=place.environment, stderr=subprocess.PIPE, text=True) as building:
        assert building.stderr is not None
        assert any("模拟案件" in line for line in building.stderr)
        assert workers_of(place) > {building.pid}  # and those who share the work
        building.kill()
    assert eventually(lambda: workers_of(place) == set())

    anew = run(place, *DEMO, *DAY, "--days", "2")
    assert (anew["days"], anew["problems"]) == (2, {})
