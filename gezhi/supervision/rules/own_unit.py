"""回避: nobody decides for the supervising side on what concerns a unit of their own."""

from __future__ import annotations

from gezhi.kernel.permissions import Actor
from gezhi.kernel.problems import Problem


class OwnUnit(Problem):
    code = "supervision.own-unit.concerned"
    status = 403
    title = "本事项涉及贵单位，应当回避，请由督察员或上级领导办理。"
    title_en = "This concerns your own unit; a supervisor or a leader of another body deals with it."


def concerns_own(unit_id: int | None, actor: Actor) -> bool:
    """Whether the unit is one of those that the actor's post is in charge of."""
    return unit_id is not None and unit_id in actor.scope.organisations


def check_not_own(unit_id: int | None, actor: Actor) -> None:
    if concerns_own(unit_id, actor):
        raise OwnUnit
