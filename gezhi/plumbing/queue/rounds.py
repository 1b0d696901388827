"""When each loop of this worker last came round, and the beats by which other processes see it."""

from __future__ import annotations

import time

from django.db import connection

from gezhi.plumbing.queue import Loop

LONGEST_ROUND_S = 900.0
BEAT_EVERY_S = 5.0
BEATS = """
INSERT INTO plumbing_loop_beat AS kept (name, beat_at)
SELECT name, clock_timestamp() - age * interval '1 second' FROM unnest(%s::text[], %s::float[]) AS came(name, age)
ON CONFLICT (name) DO UPDATE SET beat_at = greatest(kept.beat_at, excluded.beat_at)
"""


class Rounds:
    """When each loop began the round that it is in, and when it last ended one well; by the monotonic clock."""

    def __init__(self) -> None:
        self.began: dict[str, float] = {}
        self.done: dict[str, float] = {}

    def begin(self, loop: Loop) -> None:
        self.began[loop.name] = time.monotonic()

    def end(self, loop: Loop, *, well: bool) -> None:
        self.began.pop(loop.name, None)
        if well:
            self.done[loop.name] = time.monotonic()

    def standing(self) -> list[str]:
        """Loops that have been in one round for so long that they will not come out of it."""
        limit = time.monotonic() - LONGEST_ROUND_S
        return [name for name, began in self.began.copy().items() if began < limit]

    def ages(self) -> dict[str, float]:
        """Seconds since the last good round of each."""
        now = time.monotonic()
        return {name: now - done for name, done in self.done.copy().items()}


ROUNDS = Rounds()
"""Of this process."""


class Beats:
    """What this process has told of its loops: every few seconds, at once when one came round for the first time."""

    def __init__(self, rounds: Rounds) -> None:
        self.rounds = rounds
        self.told: set[str] = set()
        self.told_at = float("-inf")

    def keep(self) -> None:
        """By the clock of the database, so that machines whose clocks differ agree; the latest of several counts."""
        ages = self.rounds.ages()
        if time.monotonic() - self.told_at < BEAT_EVERY_S and self.told.issuperset(ages):
            return
        with connection.cursor() as cursor:
            cursor.execute(BEATS, [list(ages), list(ages.values())])
        self.told, self.told_at = set(ages), time.monotonic()


BEATS_OF_THIS_PROCESS = Beats(ROUNDS)
