"""Acts of an administrator, as short as a test wants to say them."""

from __future__ import annotations

from datetime import date
from typing import Any
from uuid import UUID, uuid4

from gezhi.kernel.permissions import Actor, Role
from gezhi.kernel.problems import NotFound
from gezhi.people.rules.care import deeds

NOON = 1_772_424_000
"""2026-03-02 12:00 in Shanghai."""
WHY = "人事通知第7号"


def administrator(on: date = date(2026, 3, 2)) -> Actor:
    from gezhi.people.queries import load_directory
    from gezhi.people.rules.scope import build_actor

    directory = load_directory()
    holder = directory.find_holders(Role.ADMINISTRATOR, on=on)[0]
    return build_actor(directory, holder.user, holder.post, on)


def do(act: Any, *, by: Actor | None = None, key: UUID | None = None, at: int = NOON) -> Any:
    from gezhi.people.actions import do_act
    from gezhi.plumbing.register_rows import Doing

    return do_act(act, Doing(actor=by or administrator(), key=key or uuid4(), clock=lambda: at, ids=uuid4))


def appointment_of(user_id: int, post_id: int) -> int:
    from gezhi.people.queries import load_directory

    ids = [one.id for one in load_directory().appointments_of(user_id) if one.post_id == post_id]
    if not ids:
        raise NotFound
    return ids[-1]


def appoint(user_id: int, post_id: int, *, valid_from: date) -> Any:
    return do(deeds.Appoint(user_id=user_id, post_id=post_id, valid_from=valid_from, reason=WHY))


def end_appointment(user_id: int, post_id: int, *, last_day: date) -> Any:
    act = deeds.EndAppointment(appointment_id=appointment_of(user_id, post_id), last_day=last_day, reason=WHY)
    return do(act)


def end_account(user_id: int, *, last_day: date, by: Actor | None = None) -> Any:
    return do(deeds.EndPerson(user_id=user_id, last_day=last_day, reason=WHY), by=by)
