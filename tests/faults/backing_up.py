"""A backup while so many reports a second come in, restored elsewhere: what was acknowledged before it is there once.

`make faults` runs it after the kills, at fifty a second.
"""

from __future__ import annotations

import json
import shutil
import signal
import sys
import time
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field
from itertools import count as counted_from
from pathlib import Path
from threading import Lock
from typing import Any
from uuid import uuid4

import click
import psycopg

from gezhi.plumbing.gateways.holding import release
from tests.faults.load import Crowd
from tests.faults.town import Town
from tests.plumbing.processes import as_owner, end, eventually, remove_home, short_home, start_holder

PEOPLE = 16


class Stream(Crowd):
    """Reports at a steady rate, however long each takes: who is behind does not wait before the next."""

    def __init__(self, town: Town, a_second: float) -> None:
        self.a_second, self.began = a_second, time.monotonic()
        self.numbers, self.one_at_a_time = counted_from(), Lock()
        self.acknowledged: dict[str, float] = {}
        super().__init__(town, PEOPLE)

    def _work(self) -> None:
        while True:
            with self.one_at_a_time:
                due = self.began + next(self.numbers) / self.a_second
            if self.ending.wait(max(0.0, due - time.monotonic())):
                return
            key = str(uuid4())
            self.town.report(key)
            self.acknowledged[key] = time.monotonic()

    def before(self, moment: float) -> set[str]:
        return {key for key, at in self.acknowledged.copy().items() if at < moment}


@dataclass
class Copy:
    """What became of a backup under load; all lists should be empty."""

    before: int
    """Reports that were acknowledged before the backup began."""
    held: int
    """Reports that the restored database holds."""
    rate_meanwhile: float
    """Acknowledged a second while the backup was taken."""
    seconds: dict[str, float]
    lost: list[str] = field(default_factory=list)
    doubled: list[str] = field(default_factory=list)
    differences: list[Any] = field(default_factory=list)

    def is_good(self) -> bool:
        return not (self.lost or self.doubled or self.differences)


def back_up_under_load(
    town: Town, target: Path, elsewhere: Path, *, a_second: float, seconds: float, told: Callable[[str], None]
) -> Copy:
    """Reports come in all the time; after half of it the backup is taken, and it is restored when they have ended."""
    took: dict[str, float] = {}
    with Stream(town, a_second) as stream:
        time.sleep(seconds / 2)
        began = time.monotonic()
        before = stream.before(began)
        told(f"{len(before)} acknowledged in {began - stream.began:.1f} s")
        done = town.run("backup", str(target), "--json")
        ended = time.monotonic()
        assert done.returncode == 0, done.stderr
        took["backup"] = ended - began
        during = len(stream.before(ended)) - len(before)
        time.sleep(max(0.0, seconds / 2 - took["backup"]))
    told(f"{len(stream.acknowledged)} acknowledged in all, {during} during the backup of {took['backup']:.1f} s")
    own = {"GEZHI_HOME": str(elsewhere)}
    for step in ("restore", "verify"):
        began = time.monotonic()
        done = town.run(step, *([str(target)] if step == "restore" else []), "--json", **own)
        took[step] = time.monotonic() - began
        assert done.returncode == 0, done.stdout + done.stderr
    parts = json.loads(done.stdout)["parts"]
    kept = _reports_of(elsewhere)
    return Copy(
        before=len(before),
        held=sum(kept.values()),
        rate_meanwhile=during / took["backup"],
        seconds=took,
        lost=[key for key in before if not kept[key]],
        doubled=[key for key, times in kept.items() if times > 1],
        differences=[part for part in parts if part["differences"] or part["failed"]],
    )


def _reports_of(home: Path) -> Counter[str]:
    """How often each report stands in the database of a home that nobody serves, with its case and its log."""
    holder = start_holder(home)
    try:
        with psycopg.connect(**as_owner(home), autocommit=True) as database:
            return Counter(key for (key,) in database.execute(REPORTS).fetchall())
    finally:
        end(holder)


REPORTS = """
SELECT r.description FROM cases_report r
JOIN cases_case c ON c.id = r.case_id
JOIN cases_log_entry e ON e.case_id = c.id AND e.seq = 1
"""


def say(words: str) -> None:
    click.echo(f"{time.strftime('%H:%M:%S')} {words}")
    sys.stdout.flush()


@click.command()
@click.option("--a-second", default=50.0, show_default=True)
@click.option("--seconds", default=60.0, show_default=True)
def main(a_second: float, seconds: float) -> None:
    town, target, elsewhere = Town(), short_home(), short_home()
    try:
        copy = back_up_under_load(town, target, elsewhere, a_second=a_second, seconds=seconds, told=say)
    finally:
        town.end(signal.SIGTERM)
        eventually(lambda: not town.remains())
        release(elsewhere)
        for home in (town.home, elsewhere):
            remove_home(home)
        shutil.rmtree(target)
    say(f"reports a second while it was taken: {copy.rate_meanwhile:.1f}")
    say("; ".join(f"{step} {took:.1f} s" for step, took in copy.seconds.items()))
    say(f"acknowledged before: {copy.before}, held by the copy: {copy.held}")
    say(f"lost {len(copy.lost)}, doubled {len(copy.doubled)}, differences {len(copy.differences)}")
    sys.exit(not copy.is_good())


if __name__ == "__main__":
    main()
