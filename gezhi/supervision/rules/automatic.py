"""超时督办: from how late a case is supervised, and at which level. The steps are rows that a city sets."""

from __future__ import annotations

from collections.abc import Iterable
from itertools import pairwise

import msgspec

from gezhi.calendars.rules.limits import Limit, Unit
from gezhi.cases.rules.clocks.clock import Clock, ClockKind
from gezhi.cases.rules.clocks.deadline import Timing
from gezhi.cases.rules.stages import Status
from gezhi.cases.rules.state import CaseState
from gezhi.kernel.moments import HOUR_S
from gezhi.kernel.problems import Problem
from gezhi.kernel.words import is_blank
from gezhi.policy.rules.local_policy import OFFICE
from gezhi.supervision.rules.orders import HIGHEST

AT_UNIT = (Status.DISPATCHED, Status.HANDLING)
PER_MILLE = 1_000


class LevelRow(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """督办级别规定: ordered when the handling is late by `share` per mille of its limit and by at least `hours` work
    hours; `reply` is the time for the reply.
    """

    level: int
    share: int
    hours: int
    reply: Limit
    requirement: str
    active: bool = True


# Presets [U]: common practice, to be set by each city.
LEVELS: dict[int, LevelRow] = {
    1: LevelRow(
        level=1,
        share=200,
        hours=4,
        reply=Limit(4, Unit.WORK_HOUR, OFFICE),
        requirement="处置已超时，请立即处置并说明原因和完成时间。",
    ),
    2: LevelRow(
        level=2,
        share=500,
        hours=8,
        reply=Limit(8, Unit.WORK_HOUR, OFFICE),
        requirement="处置严重超时，请单位负责人督促落实，限期答复处置情况。",
    ),
    3: LevelRow(
        level=3,
        share=1_000,
        hours=16,
        reply=Limit(2, Unit.WORK_DAY, OFFICE),
        requirement="处置长期超时，提请分管领导协调解决。",
    ),
}


class BadLevelRow(Problem):
    code = "supervision.automatic.bad-row"
    status = 422
    title = "督办规定无效：级别应为 1 至 3，启用时须填写超时比例或工作小时，并写明要求。"
    title_en = "The row is not valid: level 1 to 3, a share or work hours where it is in use, and the requirement."


class LevelsOutOfOrder(Problem):
    code = "supervision.automatic.levels-out-of-order"
    status = 422
    title = "高一级督办应比低一级更晚：超时比例和工作小时都不能更小，且至少一项更大。"
    title_en = "A higher level comes later than a lower one: neither share nor hours less, and one of them more."


def check_levels(rows: dict[int, LevelRow]) -> dict[int, LevelRow]:
    """Every row sound, and each level in use later than the one below."""
    for level, row in rows.items():
        amounts = row.share >= 0 and row.hours >= 0
        sound = level == row.level and 1 <= level <= HIGHEST and amounts and not is_blank(row.requirement)
        if not sound or (row.active and not (row.share or row.hours)):
            raise BadLevelRow(field="rows")
    used = [rows[level] for level in sorted(rows) if rows[level].active]
    for lower, higher in pairwise(used):
        later = higher.share >= lower.share and higher.hours >= lower.hours
        if not later or (higher.share, higher.hours) == (lower.share, lower.hours):
            raise LevelsOutOfOrder(field="rows")
    return rows


def level_above(rows: Iterable[LevelRow], level: int) -> int | None:
    """The next level in use; 0: the first. None where there is none higher."""
    return min((row.level for row in rows if row.active and row.level > level), default=None)


def handling_clock(state: CaseState) -> Clock | None:
    """The handling clock of a case that a unit has, while it runs."""
    clock = state.clock(ClockKind.HANDLING)
    runs = clock is not None and clock.since is not None and clock.ended is None
    return clock if runs and state.status in AT_UNIT else None


def moment_of(row: LevelRow, clock: Clock, timing: Timing) -> int:
    """When a handling clock is late by the share, and by no less than the hours."""
    share = timing.calendar(clock.calendar).add(clock.due, Unit(clock.unit), clock.limit * row.share // PER_MILLE)
    hours = timing.calendar(OFFICE).add(clock.due, Unit.WORK_HOUR, row.hours * HOUR_S)
    return max(share.due, hours.due)


class Judged(msgspec.Struct, frozen=True):
    """The level reached by now (0: none yet), and when the next one is."""

    level: int
    next_at: int | None


def judge(rows: Iterable[LevelRow], clock: Clock, timing: Timing, *, now: int) -> Judged:
    """超时督办判定 of a running handling clock."""
    moments = [(moment_of(row, clock, timing), row.level) for row in rows if row.active]
    reached = [level for at, level in moments if at <= now]
    return Judged(max(reached, default=0), min((at for at, _ in moments if at > now), default=None))


def words_of_end(status: Status, target: str) -> str:
    """Why an order is lifted by itself: how its case has ended, and with which one a merged case goes on."""
    if status is Status.MERGED:
        return f"案件已并入 {target}，自动解除。"
    return "案件已作废，自动解除。" if status is Status.VOIDED else "案件已办结，自动解除。"
