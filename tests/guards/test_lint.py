"""The linter, the formatter and the type checker are part of the tests (`make check` calls them by themselves)."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.guards.source import ROOT

pytestmark = pytest.mark.slow
TOOLS = Path(sys.executable).parent


def run(*command: str) -> None:
    done = subprocess.run(
        [str(TOOLS / command[0]), *command[1:]],
        cwd=ROOT,
        env=dict(os.environ),
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stdout[-6000:] + done.stderr[-2000:]


def test_the_linter_finds_nothing() -> None:
    run("ruff", "check", "--output-format=concise", ".")


def test_the_formatter_would_change_nothing() -> None:
    run("ruff", "format", "--check", ".")


def test_the_types_agree() -> None:
    run("mypy")
