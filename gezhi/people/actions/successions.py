"""机构承接: settled for a day, withdrawn before it, carried out from it on."""

from __future__ import annotations

from datetime import date
from uuid import UUID

from django.db import transaction

from gezhi.people.models import Succession
from gezhi.people.queries import DIRECTORY, as_datetime, day_of, load_directory
from gezhi.people.rules.check_succession import check_succession
from gezhi.people.rules.succession import UnitSuccession
from gezhi.plumbing.clock import Clock
from gezhi.plumbing.versions import bump


@transaction.atomic
def settle_succession(id_: UUID, arranged: UnitSuccession, *, on: date, reason: str, clock: Clock) -> None:
    """From this day on another body goes on in the place of a unit; a job hands over what is open then."""
    check_succession(arranged, load_directory(), on=on, today=day_of(clock()))
    Succession.objects.create(
        id=id_,
        unit_id=arranged.unit,
        successor_id=arranged.successor,
        shares=[[share.row, share.successor] for share in arranged.rows],
        on=on,
        reason=reason,
    )
    bump(DIRECTORY)


@transaction.atomic
def withdraw_succession(id_: UUID, *, clock: Clock) -> None:
    """撤回, before its day: the unit goes on by itself."""
    Succession.objects.filter(id=id_, withdrawn_at=None, carried_out_at=None).update(withdrawn_at=as_datetime(clock()))
    bump(DIRECTORY)


@transaction.atomic
def close_succession(id_: UUID, *, clock: Clock) -> None:
    """Everything has been handed over."""
    Succession.objects.filter(id=id_, carried_out_at=None).update(carried_out_at=as_datetime(clock()))
    bump(DIRECTORY)
