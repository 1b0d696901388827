"""排班: four teams take the three shifts of a day in turn (四班三运转), so that every desk is manned round the clock."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import msgspec

DAY_S = 86_400
SHIFT_S = 8 * 3_600
SHIFTS = 3
TEAMS = 4


class PlannedShift(msgspec.Struct, frozen=True):
    """席位班次: who sits at which desk, from a moment to (not including) a moment."""

    username: str
    starts_at: int
    ends_at: int


def team_on(day: int, shift: int) -> int:
    """The team of a shift (0 night, 1 morning, 2 afternoon) of a day counted from any start."""
    return (day * SHIFTS + shift) % TEAMS


def plan_shifts(usernames: Sequence[str], *, midnight: int, days: int) -> Iterator[PlannedShift]:
    """The shifts of one desk over so many days. With fewer people than teams somebody takes the missing team's turn too."""
    teams = [[name for at, name in enumerate(usernames) if at % TEAMS == team] for team in range(TEAMS)]
    for day in range(days):
        for shift in range(SHIFTS):
            starts = midnight + day * DAY_S + shift * SHIFT_S
            on_duty = teams[team_on(day, shift)] or [usernames[(day * SHIFTS + shift) % len(usernames)]]
            for name in on_duty:
                yield PlannedShift(name, starts, starts + SHIFT_S)
