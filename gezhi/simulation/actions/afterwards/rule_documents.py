"""制度文件: those that are shipped, approved before the first day; most of those who must read them have."""

from __future__ import annotations

from datetime import timedelta
from uuid import UUID

from gezhi.calendars.rules.office_days import day_of
from gezhi.documents.actions import Setting, install_documents, install_receipts
from gezhi.documents.rules.reading import list_readers
from gezhi.kernel.moments import DAY_S
from gezhi.kernel.permissions import Role
from gezhi.people.queries import get_actor, held_directory
from gezhi.simulation.actions.afterwards.ending import Ending
from gezhi.simulation.queries import get_version

READ_WITHIN_DAYS = 12
DRAFT_DAYS = 14


def enter_documents(ending: Ending) -> None:
    """Written by a supervisor, approved by a leader some days before the first day."""
    approved = ending.first - 20 * DAY_S
    setting = Setting(
        city=ending.city.name,
        editions=tuple(one.code for one in ending.city.editions),
        area="",
        valid_from=day_of(approved),
        draft_from=ending.today + timedelta(days=DRAFT_DAYS),
        approved_at=approved,
        author=ending.somebody(Role.SUPERVISOR, moment=ending.first),
        approver=ending.somebody(Role.LEADER, moment=ending.first),
    )
    for version_id in install_documents(setting, ids=ending.ids).values():
        _read(version_id, ending)


def _read(version_id: UUID, ending: Ending) -> None:
    """阅读回执."""
    version = get_version(version_id)
    if version.approved_at is None:
        return
    share, since = ending.told.documents.read, int(version.approved_at.timestamp())
    readers = list_readers(held_directory(), version.must_read, version.document.area, on=ending.today)
    confirmed = [
        (get_actor(reader.user_id, now=ending.first), ending.first + _seconds(reader.user_id, ending))
        for reader in readers
        if ending.luck.happens(reader.user_id, f"reads {version.document.title}", share)
    ]
    install_receipts(version.id, [(actor, max(since, min(at, ending.until))) for actor, at in confirmed])


def _seconds(user: int, ending: Ending) -> int:
    return int(ending.luck.chance(user, "reads after") * READ_WITHIN_DAYS * DAY_S)
