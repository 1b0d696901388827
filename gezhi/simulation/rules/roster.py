"""排班: four teams take the three shifts of a day in turn (四班三运转), so that each desk is manned round the clock; the
collectors of a beat walk it in two shifts.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TypeVar

import msgspec

from gezhi.kernel.moments import CHINA_OFFSET_S, DAY_S

SHIFT_S = 8 * 3_600
SHIFTS = 3
TEAMS = 4
BEAT_STARTS_S = (7 * 3_600, 14 * 3_600)
BEAT_SHIFT_S = 7 * 3_600

T = TypeVar("T")


class PlannedShift(msgspec.Struct, frozen=True):
    """席位班次: who sits at which desk, from a moment to (not including) a moment."""

    username: str
    starts_at: int
    ends_at: int


def on_shift(names: Sequence[T], moment: int) -> list[T]:
    """Who of a desk sits at it at a moment."""
    day, second = divmod(moment + CHINA_OFFSET_S, DAY_S)
    return _team(names, team_on(day, second // SHIFT_S), day * SHIFTS + second // SHIFT_S)


def team_on(day: int, shift: int) -> int:
    """The team of a shift (0 night, 1 morning, 2 afternoon) of a day."""
    return (day * SHIFTS + shift) % TEAMS


def plan_shifts(usernames: Sequence[str], *, midnight: int, days: int) -> Iterator[PlannedShift]:
    """The shifts of one desk over so many days."""
    for shift in range(days * SHIFTS):
        starts = midnight + shift * SHIFT_S
        for name in on_shift(usernames, starts):
            yield PlannedShift(name, starts, starts + SHIFT_S)


def plan_beats(usernames: Sequence[str], *, midnight: int, days: int) -> Iterator[PlannedShift]:
    """采集员两班: the collectors of one beat walk it in turn, one from seven till two, another from two till nine."""
    for day in range(days):
        for half, starts in enumerate(BEAT_STARTS_S[: len(usernames)]):
            begins = midnight + day * DAY_S + starts
            yield PlannedShift(usernames[(day + half) % len(usernames)], begins, begins + BEAT_SHIFT_S)


def _team(names: Sequence[T], team: int, turn: int) -> list[T]:
    """With fewer people than teams somebody takes the missing team's turn too."""
    members = [name for at, name in enumerate(names) if at % TEAMS == team]
    return members or [names[turn % len(names)]]
