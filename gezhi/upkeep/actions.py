"""Use cases of upkeep: a survey is recorded, a keeper named, keepers are reminded."""

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import Any
from uuid import UUID

from django.db import transaction

from gezhi.kernel.permissions import Actor, Role
from gezhi.kernel.words import require_words
from gezhi.notices.actions import notify
from gezhi.people.queries import day_of, held_directory
from gezhi.plumbing.clock import Clock
from gezhi.upkeep.models import UpkeepEntry
from gezhi.upkeep.queries import Register, list_registers
from gezhi.upkeep.rules.currency import UnknownKeeper, check_survey
from gezhi.upkeep.rules.datasets import Dataset
from gezhi.upkeep.rules.reminder import reminder_of


def record_survey(
    dataset: Dataset, *, on: date, changed: bool, text: str, actor: Actor, key: UUID, clock: Clock
) -> None:
    """登记核查: on this day the register was compared with the world. Sent again under the same key: once."""
    check_survey(dataset, on, today=day_of(clock()))
    _enter(dataset, actor, key=key, clock=clock, on=on, changed=changed, text=require_words("text", text))


def name_keeper(dataset: Dataset, user_id: int, *, actor: Actor, key: UUID, clock: Clock) -> None:
    """指定责任人: who is reminded from now on."""
    if not held_directory().is_active(user_id, day_of(clock())):
        raise UnknownKeeper(field="user_id")
    _enter(dataset, actor, key=key, clock=clock, keeper_id=user_id)


def remind_keepers(*, clock: Clock) -> int:
    """更新提醒: once a month, of what is due, its keeper; where there is none, every administrator."""
    now = clock()
    today = day_of(now)
    news = (
        reminder_of(row.dataset, row.standing, _readers(row, today), today=today, at=now)
        for row in list_registers(today=today)
    )
    return notify(one for one in news if one is not None)


def _readers(row: Register, today: date) -> tuple[int, ...]:
    directory = held_directory()
    if row.keeper is not None and directory.is_active(row.keeper.user_id, today):
        return (row.keeper.user_id,)
    return tuple(sorted({holder.user.id for holder in directory.find_holders(Role.ADMINISTRATOR, on=today)}))


@transaction.atomic
def _enter(dataset: Dataset, actor: Actor, *, key: UUID, clock: Clock, **told: Any) -> None:
    if UpkeepEntry.objects.filter(id=key).exists():
        return
    UpkeepEntry.objects.create(
        id=key,
        dataset=dataset,
        user_id=actor.user_id,
        user_name=actor.name,
        recorded_at=datetime.fromtimestamp(clock(), UTC),
        **told,
    )
