from __future__ import annotations

import subprocess
import sys
from threading import Event
from typing import cast

import pytest
from django.db import InterfaceError, OperationalError

from gezhi.plumbing.queue import Loop
from gezhi.plumbing.queue.rounds import Rounds
from gezhi.plumbing.queue.worker import BROKEN, repeat
from tests.guards.source import ROOT
from tests.plumbing.processes import PATIENCE_S

pytestmark = pytest.mark.django_db


class Ending:
    """Stands for the event that ends a worker; it remembers how long the loop would have waited."""

    def __init__(self, rounds: int) -> None:
        self.rounds = rounds
        self.pauses: list[float | None] = []

    def is_set(self) -> bool:
        return len(self.pauses) == self.rounds

    def wait(self, seconds: float | None = None) -> bool:
        self.pauses.append(seconds)
        return False


@pytest.mark.parametrize(
    ("trouble", "pauses"),
    [
        (ConnectionError, [0.0, 1.0, 2.0, 0.3, 0.3]),
        (OperationalError, [0.0, 1.0, 1.0, 0.3, 0.3]),
        (InterfaceError, [0.0, 1.0, 1.0, 0.3, 0.3]),
    ],
)
def test_a_loop_that_fails_comes_back_later_and_later_but_soon_without_its_database(
    trouble: type[Exception], pauses: list[float]
) -> None:
    calls: list[int] = []

    def work() -> bool:
        calls.append(1)
        if len(calls) in {2, 3}:
            raise trouble
        return len(calls) == 1

    ending = Ending(5)
    repeat(Loop("test", 0.3, work), cast("Event", ending), Rounds())
    assert ending.pauses == pauses


def test_only_a_round_that_ended_well_counts_as_done() -> None:
    rounds = Rounds()

    def fails() -> bool:
        raise ValueError

    repeat(Loop("well", 1.0, bool), cast("Event", Ending(1)), rounds)
    repeat(Loop("ill", 1.0, fails), cast("Event", Ending(1)), rounds)
    assert (list(rounds.done), rounds.began) == (["well"], {})


DYING = """
import django
django.setup()
from threading import Event
from gezhi.plumbing.queue import worker
from gezhi.plumbing.queue import Loop
{more}
loop = Loop("dies", 0.1, {work})
worker._stay(loop, Event(), worker.Rounds())
print("goes on")
"""


@pytest.mark.parametrize("work", ["lambda: exit(0)", "lambda: (_ for _ in ()).throw(GeneratorExit)"])
def test_a_loop_that_ends_takes_its_process_along(work: str) -> None:
    done = subprocess.run(
        [sys.executable, "-c", DYING.format(work=work, more="")],
        cwd=ROOT, capture_output=True, text=True, timeout=PATIENCE_S, check=False,
    )  # fmt: skip
    assert (done.returncode, done.stdout) == (BROKEN, ""), done.stderr
    assert "queue.loop-ended" in done.stderr


def test_a_loop_that_stands_in_one_round_takes_its_process_along() -> None:
    more = "import time; from threading import Thread; from gezhi.plumbing.queue import rounds; "
    more += "rounds.LONGEST_ROUND_S = worker.LOOK_EVERY_S = 0.2"
    standing = DYING.replace(
        "worker._stay(loop, Event(), worker.Rounds())",
        "r = worker.Rounds(); Thread(target=worker._watch, args=(Event(), r), daemon=True).start();"
        "worker._stay(loop, Event(), r)",
    )
    done = subprocess.run(
        [sys.executable, "-c", standing.format(work="lambda: time.sleep(600)", more=more)],
        cwd=ROOT, capture_output=True, text=True, timeout=PATIENCE_S, check=False,
    )  # fmt: skip
    assert (done.returncode, done.stdout) == (BROKEN, ""), done.stderr
    assert "queue.loop-stands" in done.stderr
