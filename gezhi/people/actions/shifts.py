"""Desk shifts (排班): who is on shift at which desk, entered in bulk."""

from __future__ import annotations

from collections.abc import Sequence

from django.db import transaction

from gezhi.people.models import DeskShift
from gezhi.people.queries import SHIFTS, as_datetime, day_of, held_directory
from gezhi.people.rules.directory import Directory
from gezhi.people.rules.rows import ShiftRow
from gezhi.people.rules.shifts import EmptyShift, WrongPost
from gezhi.plumbing.versions import bump


@transaction.atomic
def set_shifts(rows: Sequence[ShiftRow]) -> int:
    """Enter shifts; one that begins at the same moment at the same desk for the same person is replaced."""
    directory = held_directory()
    for row in rows:
        _check(directory, row)
    DeskShift.objects.bulk_create(
        (
            DeskShift(
                organisation_id=row.organisation_id,
                role=row.role,
                user_id=row.user_id,
                post_id=row.post_id,
                starts_at=as_datetime(row.starts_at),
                ends_at=as_datetime(row.ends_at),
            )
            for row in rows
        ),
        update_conflicts=True,
        unique_fields=["organisation", "role", "user", "starts_at"],
        update_fields=["ends_at", "post"],
        batch_size=5000,
    )
    bump(SHIFTS)
    return len(rows)


def _check(directory: Directory, row: ShiftRow) -> None:
    if row.ends_at <= row.starts_at:
        raise EmptyShift(field="ends_at")
    post = directory.posts.get(row.post_id)
    held = () if post is None else directory.posts_of(row.user_id, day_of(row.starts_at))
    if post not in held or (post.role, post.organisation_id) != (row.role, row.organisation_id):
        raise WrongPost(field="post_id")
