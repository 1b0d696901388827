"""机构责任人登记: who answers for a body, from a day to a day. Nothing is wiped."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from django.db import transaction
from django.db.models import Q

from gezhi.kernel.permissions import Actor
from gezhi.kernel.problems import NotFound
from gezhi.people.models import Officer, Organisation
from gezhi.people.queries import DIRECTORY, held_directory
from gezhi.people.rules.care.refusals import EndsBeforeStart
from gezhi.people.rules.officers import (
    OFFICER_NAMES,
    NamedAlready,
    OfficerKind,
    OfficerRow,
    check_can_reply,
    is_reached,
)
from gezhi.plumbing.versions import bump


@transaction.atomic
def name_officer(organisation_id: int, kind: OfficerKind, user_id: int, *, valid_from: date, actor: Actor) -> None:
    """登记责任人, by an administrator of the body's region."""
    directory = held_directory()
    _check_reached(organisation_id, actor)
    if user_id not in directory.users:
        raise NotFound(field="user_id")
    Organisation.objects.select_for_update().get(id=organisation_id)
    check_can_reply(directory, organisation_id, user_id, valid_from)
    same = Officer.objects.filter(organisation_id=organisation_id, kind=kind, user_id=user_id)
    if same.filter(Q(valid_to=None) | Q(valid_to__gte=valid_from)).exists():
        zh, en = OFFICER_NAMES[kind]
        raise NamedAlready(field="user_id", name=directory.users[user_id].name, kind_zh=zh, kind_en=en)
    Officer.objects.create(organisation_id=organisation_id, kind=kind, user_id=user_id, valid_from=valid_from)
    bump(DIRECTORY)


@transaction.atomic
def end_officer(officer_id: int, *, last_day: date, actor: Actor) -> int:
    """The last day on which somebody answers for the body, whose number is returned."""
    officer = Officer.objects.select_for_update().filter(id=officer_id).first()
    if officer is None:
        raise NotFound
    _check_reached(officer.organisation_id, actor)
    if last_day < officer.valid_from:
        raise EndsBeforeStart(field="last_day", valid_from=officer.valid_from)
    officer.valid_to = last_day
    officer.save(update_fields=["valid_to"])
    bump(DIRECTORY)
    return officer.organisation_id


@transaction.atomic
def install_officers(rows: Sequence[OfficerRow]) -> int:
    """Enter the officers of a city in bulk."""
    made = Officer.objects.bulk_create(
        Officer(organisation_id=row.organisation_id, kind=row.kind, user_id=row.user_id, valid_from=row.valid_from)
        for row in rows
    )
    bump(DIRECTORY)
    return len(made)


def _check_reached(organisation_id: int, actor: Actor) -> None:
    directory = held_directory()
    if organisation_id not in directory.organisations:
        raise NotFound
    if not is_reached(directory, organisation_id, actor.scope):
        raise NotFound
