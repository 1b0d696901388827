"""Who looks: which documents and versions somebody sees."""

from __future__ import annotations

import msgspec
from django.db.models import Exists, OuterRef, Q

from gezhi.documents.models import Version
from gezhi.documents.rules.area import areas_above
from gezhi.documents.rules.kinds import VersionState
from gezhi.kernel.permissions import Actor, Permission, Role
from gezhi.people.queries import held_directory


class Viewer(msgspec.Struct, frozen=True):
    """`regions`: what the post answers for. `keeps`: writes or approves, so that drafts are shown too."""

    user_id: int
    role: Role
    regions: tuple[str, ...]
    keeps: bool
    organisations: tuple[int, ...]


def viewer_of(actor: Actor) -> Viewer:
    """The viewer behind an actor. A handler's scope names no region, its post does."""
    directory = held_directory()
    post = directory.posts.get(actor.post_id)
    regions = actor.scope.regions if post is None else directory.regions_of(post)
    return Viewer(
        user_id=actor.user_id,
        role=actor.role,
        regions=regions,
        keeps=bool(actor.permissions & {Permission.DOCUMENTS_WRITE, Permission.DOCUMENTS_APPROVE}),
        organisations=actor.scope.organisations or directory.subtree(actor.organisation_id)
        if actor.organisation_id in directory.organisations
        else (),
    )


def in_areas(viewer: Viewer, field: str = "area") -> Q:
    """Documents that hold where the viewer works."""
    condition = Q(**{f"{field}__in": sorted(areas_above(viewer.regions))})
    for region in viewer.regions:
        condition |= Q(**{f"{field}__startswith": region})
    return condition


def visible_documents(viewer: Viewer) -> Q:
    """Readers see a document once a version of it has been approved; a discarded one is seen by nobody."""
    seen = Version.objects.filter(document=OuterRef("pk"), state__in=visible_states(viewer))
    return in_areas(viewer) & Q(Exists(seen))


def visible_states(viewer: Viewer) -> tuple[VersionState, ...]:
    if viewer.keeps:
        return VersionState.DRAFT, VersionState.SUBMITTED, VersionState.APPROVED
    return (VersionState.APPROVED,)
