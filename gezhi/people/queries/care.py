"""机构人员变更记录: what was done to bodies, posts and people, and what is still to come."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from itertools import islice
from typing import Any
from uuid import UUID

from django.db.models import Exists, OuterRef, Q, QuerySet

from gezhi.kernel.role_names import ROLE_NAMES
from gezhi.kernel.searching import are_named
from gezhi.people.models import StaffDeed, User
from gezhi.people.queries import held_directory
from gezhi.people.rules.care.deeds import DeedKind
from gezhi.people.rules.care.plan import RowChange, StaffDeedFacts, Table
from gezhi.people.rules.directory import Directory, PostFacts

DATES = frozenset({"valid_from", "valid_to", "active_from", "active_to"})
DATED = (DeedKind.CHANGE_BODY, DeedKind.CHANGE_POST)


def list_changes() -> tuple[StaffDeedFacts, ...]:
    """The dated changes of bodies and posts, in the order in which they were entered."""
    return tuple(deed_facts(row) for row in _deeds().filter(kind__in=DATED).order_by("id"))


def find_deed(deed_id: int) -> StaffDeedFacts | None:
    row = _deeds().filter(id=deed_id).first()
    return None if row is None else deed_facts(row)


def find_done(key: UUID) -> StaffDeed | None:
    return StaffDeed.objects.filter(key=key).first()


def list_deeds(
    *, organisation_id: int | None, user_id: int | None, before_id: int | None, limit: int
) -> list[tuple[StaffDeed, StaffDeedFacts]]:
    """What was done to a body with its posts, or to somebody, the newest first."""
    rows = _deeds().filter(Q(organisation_id=organisation_id) if organisation_id is not None else Q(user_id=user_id))
    if before_id is not None:
        rows = rows.filter(id__lt=before_id)
    return [(row, deed_facts(row)) for row in rows.order_by("-id")[:limit]]


def list_coming(organisation_id: int, today: date) -> list[StaffDeedFacts]:
    """Changes of a body and its posts that are entered and not yet in force."""
    rows = _deeds().filter(organisation_id=organisation_id, kind__in=DATED, valid_from__gt=today)
    found = (deed_facts(row) for row in rows.order_by("valid_from", "id"))
    return [deed for deed in found if not deed.is_undone]


def list_posts(text: str, *, after_id: int, on: date, limit: int) -> list[PostFacts]:
    """Open posts of a day in the order of their ids, from the directory."""
    directory = held_directory()
    found = (
        post
        for id_, post in sorted(directory.posts.items())
        if id_ > after_id and directory.is_post_open(post, on) and _is_named(directory, post, text)
    )
    return list(islice(found, limit))


def _is_named(directory: Directory, post: PostFacts, text: str) -> bool:
    """Each word may be one of the title, of the role or of the body."""
    body = directory.organisations[post.organisation_id]
    names = (post.title, post.title_en, *ROLE_NAMES[post.role], body.name, body.name_en, post.code)
    return all(are_named(word, *names) for word in text.split())


def contact_of(user_id: int) -> dict[str, str]:
    """Telephone and language, which the directory does not hold."""
    row = User.objects.filter(id=user_id).values_list("phone", "language").first()
    return dict(zip(("phone", "language"), row, strict=True)) if row is not None else {}


def deed_facts(row: Any) -> StaffDeedFacts:
    return StaffDeedFacts(
        id=row.id,
        kind=DeedKind(row.kind),
        valid_from=row.valid_from,
        rows=tuple(
            RowChange(Table(one["table"]), one["id"], _dated(one["before"]), _dated(one["after"])) for one in row.rows
        ),
        user_id=row.user_id,
        post_id=row.post_id,
        organisation_id=row.organisation_id,
        is_undone=row.is_undone,
    )


def _deeds() -> QuerySet[StaffDeed]:
    return StaffDeed.objects.annotate(is_undone=Exists(StaffDeed.objects.filter(undoes=OuterRef("id"))))


def _dated(values: Mapping[str, Any]) -> dict[str, Any]:
    return {
        name: date.fromisoformat(value) if name in DATES and isinstance(value, str) else value
        for name, value in values.items()
    }
