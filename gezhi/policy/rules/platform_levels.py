"""多级平台: which stages the centres of each level perform in a region (一级监督两级指挥, 两级监督两级指挥 …).

Requirement R02.
"""

from __future__ import annotations

from collections.abc import Sequence

import msgspec

from gezhi.kernel.permissions import Role

SEAT_ROLES = frozenset({Role.ACCEPTOR, Role.DUTY_OFFICER, Role.DISPATCHER})
"""The seats of the centres: units work at their own part wherever they stand."""


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
