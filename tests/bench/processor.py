"""Processor seconds beside those of the wall: what a busy machine adds to the one it does not add to the other."""

from __future__ import annotations

import os
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from django.conf import settings

from gezhi.plumbing.gateways.places import places_of

TICKS = os.sysconf("SC_CLK_TCK")


@dataclass
class Took:
    """`counts` is held against a budget: a busy machine lengthens the wall time, a second core the processor time."""

    wall_s: float = 0.0
    processor_s: float = 0.0

    @property
    def counts(self) -> float:
        return min(self.wall_s, self.processor_s)

    @property
    def line(self) -> str:
        return f"{self.wall_s:.1f} s, {self.processor_s:.1f} s of processor"


@contextmanager
def timed() -> Iterator[Took]:
    """What this process and PostgreSQL take meanwhile."""
    took, cluster = Took(), cluster_process()
    started, before = time.perf_counter(), time.process_time() + seconds_of(cluster)
    yield took
    took.wall_s = time.perf_counter() - started
    took.processor_s = time.process_time() + seconds_of(cluster) - before


def cluster_process() -> int:
    return int((places_of(settings.GEZHI_HOME).data / "postmaster.pid").read_text().split()[0])


def served_seconds() -> float:
    """What the web server, a child of this process, and PostgreSQL have taken up to now."""
    return seconds_of(os.getpid()) - time.process_time() + seconds_of(cluster_process())


def seconds_of(root: int) -> float:
    """Processor seconds of a process, of all below it and of those below it that have ended."""
    parents, ticks = {}, {}
    for pid, words in _running():
        parents[pid], ticks[pid] = int(words[1]), sum(map(int, words[11:15]))
    return sum(used for pid, used in ticks.items() if root in _above(pid, parents)) / TICKS


def _above(pid: int, parents: dict[int, int]) -> Iterator[int]:
    """The process and those above it."""
    while pid:
        yield pid
        pid = parents.get(pid, 0)


def _running() -> Iterator[tuple[int, list[str]]]:
    """Every process with the words of its `stat` behind the name."""
    for one in Path("/proc").glob("[0-9]*/stat"):
        try:
            pid, _, rest = one.read_text().partition(" (")
        except OSError:  # ended meanwhile
            continue
        yield int(pid), rest.rpartition(") ")[2].split()
