"""`make bench` in small: every part still runs and gives its lines. How fast is not looked at here."""

from __future__ import annotations

import json
import subprocess
import sys

import pytest

from tests.guards.source import ROOT

LINES = [
    "check of a city folder",
    "founding of that city",
    "a step of the life-cycle",
    "who asks, and their scope",
    "points in 247 unit grids",
    "2,000 of them in whole numbers",
    "deadlines by working calendar",
    "one deadline",
    "verify-log",
    "pages of 2,000 duty rows",
    "statements of such a page",
    "that table read anew after a change",
    "pages",
    "pages over HTTP",
    "queue counts",
    "queue counts over HTTP",
    "map windows",
    "map windows over HTTP",
    "public reports over HTTP",
    "calendar change",
    "clock loop",
]


@pytest.mark.slow
@pytest.mark.timeout(300)
def test_every_part_of_the_bench_gives_its_lines() -> None:
    ran = subprocess.run(
        [sys.executable, "-m", "tests.bench", "--small", "--json"],
        cwd=ROOT, capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert ran.stdout, ran.stderr[-4000:]
    measures = json.loads(ran.stdout)["measures"]
    assert [one["name"].split(", ")[0] if "cases" in one["name"] else one["name"] for one in measures] == LINES
    by_name = {one["name"]: one for one in measures}
    assert by_name["2,000 of them in whole numbers"]["value"] == 0
    assert ran.returncode == (0 if all(one["kept"] for one in measures) else 1)
