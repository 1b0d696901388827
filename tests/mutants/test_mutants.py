"""The mutator itself: what it changes, that it notices, and that its lists speak of what is there."""

from __future__ import annotations

import ast
import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from tests.guards.source import ROOT
from tests.mutants.__main__ import FLOORS, LOOKED_AT, apart, tell
from tests.mutants.sites import code_with, sites_of

RULE = '''"""A rule."""
MOST: int = 5
WORDS = {"a": "x"}


class Late(Problem):
    status = 422


def due(now: int, limit: int = 2, *, soon: bool) -> int:
    """When."""
    check(now)
    if not soon and now < limit:
        return now + Clock(warn=f"{now}", word="text").end
    return sum(one for one in (now, now) if one)
'''
CHANGES = """
2 MOST: 5 → 6
3 WORDS: dict without 'a'
10 due: 2 → 3
12 due: dropped: check(now)
13 due: branch turned round: not soon and now < limit
13 due: not soon and now < limit → not soon or now < limit
13 due: not soon → soon
13 due: now < limit → now <= limit
14 due: Clock(…) without warn=f'{now}'
14 due: Clock(…) without word='text'
14 due: now + Clock(warn=f'{now}', word='text').end → now - Clock(warn=f'{now}', word='text').end
15 due: for … in without if one
15 due: tuple without now
15 due: tuple without now #2
"""


def test_a_rule_is_changed_where_something_is_computed_and_nowhere_else() -> None:
    found = sorted((site.line or 15, site.key) for site in sites_of(ast.parse(RULE)))
    assert "\n".join(f"{line} {key}" for line, key in found) == CHANGES.strip()


def test_one_change_is_made_and_taken_back() -> None:
    tree = ast.parse("def most(a, b):\n    return a if a > b else b\n")
    before = ast.dump(tree)
    answers = []
    for site in (None, *sites_of(tree)):
        names: dict[str, object] = {}
        exec(code_with(tree, site, Path("rule.py")), names)
        answers.append([names["most"](*pair) for pair in ((1, 2), (2, 2))])  # type: ignore[operator]
    assert answers == [[2, 2], [1, 2], [2, 2]]
    assert ast.dump(tree) == before


def test_a_run_over_one_small_file_says_how_many_changes_are_noticed() -> None:
    command = [sys.executable, "-m", "tests.mutants", "--only", "gezhi/policy/rules/case_number.py", "--sites", "0"]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    assert (done.returncode, done.stderr) == (0, "")
    assert "100 %" in done.stdout
    assert done.stdout.endswith("1 files, 0 below their floor\n")


@pytest.mark.parametrize("forks", [False, True])
def test_a_worker_that_is_killed_is_told_at_once_though_what_it_forked_lives_on(forks: bool) -> None:
    def killed(_: str) -> dict[str, object]:
        if forks and os.fork() == 0:
            time.sleep(20)
            os._exit(0)
        os.kill(os.getpid(), signal.SIGKILL)
        return {}

    began = time.monotonic()
    told = apart(killed, "a.py")
    assert (told["results"], "exit code -9" in told["red"]) == ([], True)
    assert time.monotonic() - began < 10
    assert tell("a.py", told) is False


@pytest.mark.parametrize("file", LOOKED_AT)
def test_what_was_looked_at_is_still_there(file: str) -> None:
    keys = {site.key for site in sites_of(ast.parse((ROOT / file).read_text("utf-8")))}
    assert set(LOOKED_AT[file]) - keys == set()
    assert all(LOOKED_AT[file].values())


def test_every_floor_is_of_a_folder_that_is_there() -> None:
    assert [start for start in FLOORS if not (ROOT / start).exists()] == []
