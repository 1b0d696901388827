"""计时经过: every run of every clock, from its start to its stop, as the log tells it; a dispatch that was undone is left
out.
"""

from __future__ import annotations

from collections.abc import Sequence

import msgspec

from gezhi.cases.rules.clocks.clock import Clock, ClockKind
from gezhi.cases.rules.clocks.lateness import ran_out
from gezhi.cases.rules.entries import Entry


class Run(msgspec.Struct, frozen=True):
    """One run of a clock: in which round, from when, until when (None: it runs), due when it stopped. `late`: it ran
    over that.
    """

    kind: ClockKind
    round: int
    begun: int
    ended: int | None
    due: int
    late: bool


def standing(entries: Sequence[Entry]) -> tuple[Entry, ...]:
    """The entries without dispatches that were undone, and without what says so."""
    undone = {entry.step.undoes for entry in entries if entry.step.undoes is not None}
    return tuple(entry for entry in entries if entry.seq not in undone and entry.step.undoes is None)


def runs_of(entries: Sequence[Entry]) -> tuple[Run, ...]:
    """All runs in the order in which they began."""
    runs: list[Run] = []
    running: dict[ClockKind, tuple[int, Clock]] = {}
    round_ = 1
    for entry in standing(entries):
        round_ = entry.step.round or round_
        for clock in entry.step.clocks:
            at, old = running.get(clock.kind, (0, None))
            if old is not None and clock.since != old.since:
                runs[at] = _run(clock if clock.since is None else old, runs[at], entry.recorded)
                del running[clock.kind]
            if clock.since is not None:
                if clock.kind not in running:
                    runs.append(Run(clock.kind, round_, clock.since, None, clock.due, late=False))
                    at = len(runs) - 1
                running[clock.kind] = (at, clock)
                runs[at] = msgspec.structs.replace(runs[at], due=clock.due, late=ran_out(clock))
    return tuple(runs)


def _run(clock: Clock, run: Run, recorded: int) -> Run:
    """The run as it stopped; one whose clock began anew stopped with that entry."""
    ended = clock.ended or clock.paused or recorded
    return msgspec.structs.replace(run, ended=ended, due=clock.due, late=ended > clock.due)
