"""Confirming that a version was read (确认阅读)."""

from __future__ import annotations

from uuid import UUID

from django.db import transaction

from gezhi.calendars.rules.office_days import day_of
from gezhi.documents.models import Receipt, Version
from gezhi.documents.queries import get_version, standing, viewer_of
from gezhi.documents.rules.area import binds
from gezhi.documents.rules.reading import check_confirmation
from gezhi.kernel.permissions import Actor
from gezhi.people.queries import as_datetime
from gezhi.plumbing.clock import Clock


@transaction.atomic
def confirm_reading(version_id: UUID, *, actor: Actor, clock: Clock) -> Version:
    """The actor has read the version; confirmed again, the first moment stays."""
    viewer = viewer_of(actor)
    version = get_version(version_id, viewer)
    now = clock()
    bound = binds(version.document.area, viewer.regions)
    check_confirmation(actor.role, version.must_read, standing(version, day_of(now)), bound=bound)
    row = Receipt(
        version=version,
        user_id=actor.user_id,
        post_id=actor.post_id,
        organisation_id=actor.organisation_id,
        confirmed_at=as_datetime(now),
    )
    Receipt.objects.bulk_create([row], ignore_conflicts=True)
    return version
