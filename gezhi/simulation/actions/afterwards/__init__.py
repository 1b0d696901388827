"""收尾: what stands beside the cases of a demonstration city when its days are over, through the real actions."""

from __future__ import annotations

from collections.abc import Callable

from django.db import transaction

from gezhi.kernel.moments import DAY_S
from gezhi.plumbing.outbox import mark_heard
from gezhi.simulation.actions.afterwards.ending import Ending
from gezhi.simulation.actions.afterwards.ownerless import meet, propose_duty_rows
from gezhi.simulation.actions.afterwards.rule_documents import enter_documents
from gezhi.simulation.actions.afterwards.shifts import hand_over_desks
from gezhi.simulation.actions.afterwards.supervised import hold_to_account, supervise_the_last_day
from gezhi.telling.actions import tell_since

TOLD_DAYS = 3


def tell_the_last_days(ending: Ending) -> None:
    """告知: the last days in bulk; all that was announced of the cases counts as heard."""
    tell_since(ending.until - TOLD_DAYS * DAY_S, clock=ending.clock, ids=ending.ids)
    mark_heard("cases.")


STEPS: tuple[Callable[[Ending], None], ...] = (
    enter_documents,
    meet,
    propose_duty_rows,
    supervise_the_last_day,
    hold_to_account,
    hand_over_desks,
    tell_the_last_days,
)


def finish_city(until: int, *, told: Callable[[int], None] = lambda _: None) -> None:
    """Carry out what is left to do at the last moment. `told` hears of each step."""
    ending = Ending(until)
    for step in STEPS:
        with transaction.atomic():
            step(ending)
        told(1)
