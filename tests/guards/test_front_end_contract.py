"""What the front end is told of the API: no two shapes under one name, and no code that has drifted."""

from __future__ import annotations

import os
import subprocess
import sys
from collections import defaultdict

from pydantic import BaseModel

from tests.guards.source import ROOT


def test_no_two_shapes_of_the_api_share_a_name() -> None:
    """OpenAPI keeps one of them and says nothing."""
    import gezhi.assembly.urls  # noqa: F401

    modules: dict[str, set[str]] = defaultdict(set)
    waiting = list(BaseModel.__subclasses__())
    while waiting:
        shape = waiting.pop()
        waiting += shape.__subclasses__()
        if shape.__module__.startswith("gezhi."):
            modules[shape.__name__].add(shape.__module__)
    assert modules, "no shape was found"
    assert {name: places for name, places in modules.items() if len(places) > 1} == {}


def test_the_codes_of_the_front_end_are_those_of_the_life_cycle() -> None:
    done = subprocess.run(
        [sys.executable, "web/packages/api/export_codes.py", "--check"],
        cwd=ROOT,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stdout + done.stderr
