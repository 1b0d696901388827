"""分级办理: why a seat of a centre may not act here, where another level performs the stage.

Requirement R02. Units work at their own part wherever they stand; this holds for the seats of the centres.
"""

from __future__ import annotations

from collections.abc import Sequence

from gezhi.cases.rules.stages import STATUSES, Status, transitions_of
from gezhi.kernel.permissions import Actor
from gezhi.kernel.problems import Problem
from gezhi.policy.rules.platform_levels import SEAT_ROLES, PlatformLevels, mode_of

FREE = frozenset({"decide_application"})


class OtherLevel(Problem):
    code = "cases.platforms.other-level"
    status = 403
    title = "该区域实行“{mode}”，“{stage_name}”由{levels}级平台办理，您所在平台不能办理。"
    title_en = "“{stage_en}” is performed by the platform of level {levels} here ({mode}), not by yours."


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
