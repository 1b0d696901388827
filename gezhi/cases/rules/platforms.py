"""多级平台: which stages the centres of each level perform in a region (一级监督两级指挥, 两级监督两级指挥 …).

Requirement R02. Units work at their own part wherever they stand; this holds for the seats of the centres.
"""

from __future__ import annotations

from collections.abc import Sequence

import msgspec

from gezhi.cases.rules.stages import STATUSES, Status, transitions_of
from gezhi.kernel.permissions import Actor, Role
from gezhi.kernel.problems import Problem

SEAT_ROLES = frozenset({Role.ACCEPTOR, Role.DUTY_OFFICER, Role.DISPATCHER})
FREE = frozenset({"decide_application"})


class OtherLevel(Problem):
    code = "cases.platforms.other-level"
    status = 403
    title = "该区域实行“{mode}”，“{stage_name}”由{levels}级平台办理，您所在平台不能办理。"
    title_en = "“{stage_en}” is performed by the platform of level {levels} here ({mode}), not by yours."


class PlatformLevels(msgspec.Struct, frozen=True):
    """平台模式 of a region (a prefix of codes). `stages[n]` are the stages (1–7) that centres of level n + 1 perform."""

    region: str
    name: str
    stages: tuple[tuple[int, ...], ...]

    def performs(self, level: int, stage: int) -> bool:
        return level <= len(self.stages) and stage in self.stages[level - 1]

    def levels_of(self, stage: int) -> tuple[int, ...]:
        return tuple(level for level, stages in enumerate(self.stages, 1) if stage in stages)


def mode_of(platforms: Sequence[PlatformLevels], codes: Sequence[str]) -> PlatformLevels | None:
    """The mode of a place: the narrowest region that holds it. None: any centre whose scope reaches there."""
    fitting = [one for one in platforms if any(code.startswith(one.region) for code in codes)]
    return max(fitting, key=lambda one: len(one.region), default=None)


def other_level(
    platforms: Sequence[PlatformLevels], word: str, status: Status, codes: Sequence[str], actor: Actor
) -> OtherLevel | None:
    """Why a seat of this level may not give a command that moves the case; remarks and decisions, whose deciders the
    approval matrix names, are free to every level.
    """
    if actor.role not in SEAT_ROLES or word in FREE or not any(row.after for row in transitions_of(word)):
        return None
    mode, named = mode_of(platforms, codes), STATUSES[status]
    if mode is None or mode.performs(actor.level, named.stage):
        return None
    levels = "、".join("一二三"[level - 1] for level in mode.levels_of(named.stage))
    return OtherLevel(mode=mode.name, stage_name=named.zh, stage_en=named.en, levels=levels)
