"""节奏: who a problem is on its way with, where its case stands, and how fast and how surely the next step comes."""

from __future__ import annotations

from collections.abc import Mapping

import msgspec

from gezhi.calendars.rules.limits import Unit
from gezhi.cases.rules.applications import ApplicationKind
from gezhi.cases.rules.applications.approval_row import ApprovalRow
from gezhi.cases.rules.applications.matrix import MATRIX
from gezhi.cases.rules.clocks.clock import ClockKind
from gezhi.cases.rules.clocks.deadline import Timing
from gezhi.cases.rules.state import CaseState
from gezhi.simulation.rules.demand import Habits
from gezhi.simulation.rules.luck import Luck

SOON_S = 40
LATE = {"handling": "late", "major": "late_major", "settle": "late_settle", "decide": "late_decision"}
OF_THE_ROUND = frozenset({"handling", "major"})


class Traveller(msgspec.Struct, frozen=True):
    """A problem on its way: who told of it, and which earlier one it may be a duplicate of."""

    index: int
    public: bool
    twin: int | None = None


class Move(msgspec.Struct, frozen=True):
    """下一步: the command by its word in the table, when, and which variant (texts, outcome)."""

    word: str
    at: int
    how: str = ""


class Scene(msgspec.Struct, frozen=True):
    """What moves are decided with. `until` is the moment at which the simulation ends, 0 for none."""

    luck: Luck
    habits: Habits
    timing: Timing
    matrix: Mapping[ApplicationKind, ApprovalRow] = MATRIX
    until: int = 0


class Moment(msgspec.Struct, frozen=True):
    """Where a case stands: its state, since when, whether the duty table names a unit, whether its twin is open,
    whether
    the unit has crews; `said` are the remarks that were made.
    """

    state: CaseState
    now: int
    owned: bool = True
    twin_open: bool = False
    crews: bool = False
    said: frozenset[str] = frozenset()

    def part_of_the_way(self, at: int, share: float) -> int:
        """So far on the way from now to a later moment."""
        return self.now + max(SOON_S, int((at - self.now) * share))


def pace(traveller: Traveller, moment: Moment, scene: Scene, kind: ClockKind, style: str) -> int:
    """When a step is taken whose clock is this one: inside its limit, or beyond it for the few that are late."""
    state, durations = moment.state, scene.habits.durations
    word = f"{kind}{state.round}/{state.acted if style not in OF_THE_ROUND else 0}"
    late = scene.luck.happens(traveller.index, f"late {word}", scene.habits.shares[LATE.get(style, "late_desk")])
    used = scene.luck.pace(traveller.index, word, median=durations[style], spread=durations["spread"], late=late)
    clock = state.clock(kind)
    if clock is None or clock.since is None:
        return moment.now + SOON_S
    calendar = scene.timing.calendar(clock.calendar)
    at = calendar.add(clock.since, Unit(clock.unit), round((clock.limit - clock.used) * used)).due
    return max(at, moment.now + SOON_S)


def share_of_limit(moment: Moment, scene: Scene, kind: ClockKind, share: float) -> int:
    """The moment at which so much of what was left of a running clock is used."""
    clock = moment.state.clock(kind)
    if clock is None or clock.since is None:
        return moment.now + SOON_S
    ticks = round((clock.limit - clock.used) * share)
    return max(scene.timing.calendar(clock.calendar).add(clock.since, Unit(clock.unit), ticks).due, moment.now + SOON_S)


def happens(traveller: Traveller, scene: Scene, word: str, *, extra: str = "") -> bool:
    return scene.luck.happens(traveller.index, word + extra, scene.habits.shares[word])


def put_off(traveller: Traveller, move: Move, moment: Moment, scene: Scene) -> Move:
    """存量: shortly before the end some steps are left for later, so that every desk has work before it."""
    left = scene.habits.left_open.get(move.word)
    if left is None or not scene.until - left.hours * 3_600 <= move.at < scene.until:
        return move
    word = f"left open {move.word} {moment.state.round}/{moment.state.acted}"
    if not scene.luck.happens(traveller.index, word, left.share):
        return move
    return msgspec.structs.replace(move, at=scene.until)
