"""What every step of a version has in common: who does it, once for each key, written down."""

from __future__ import annotations

from uuid import UUID

from gezhi.documents.models import Document, Step, Version
from gezhi.documents.queries import Viewer, viewer_of
from gezhi.documents.queries.visibility import in_areas
from gezhi.documents.rules.area import check_within
from gezhi.documents.rules.kinds import StepKind, VersionState
from gezhi.documents.rules.versions import state_after
from gezhi.kernel.problems import NotFound
from gezhi.people.queries import as_datetime
from gezhi.plumbing.register_rows import Doing


def done_before(key: UUID) -> Version | None:
    """The version that the request with this key was about."""
    step = Step.objects.select_related("version__document").filter(key=key).first()
    return None if step is None else step.version


def lock_version(version_id: UUID, doing: Doing) -> Version:
    """The version, held until the end of the transaction; of an area that the actor answers for."""
    viewer = viewer_of(doing.actor)
    version = (
        Version.objects.select_for_update(of=("self",))
        .select_related("document")
        .filter(in_areas(viewer, "document__area"), id=version_id)
        .exclude(state=VersionState.DISCARDED)
        .first()
    )
    if version is None:
        raise NotFound
    check_within(version.document.area, viewer.regions)
    return version


def lock_document(document_id: UUID, doing: Doing) -> Document:
    viewer: Viewer = viewer_of(doing.actor)
    document = Document.objects.select_for_update().filter(in_areas(viewer), id=document_id).first()
    if document is None:
        raise NotFound
    check_within(document.area, viewer.regions)
    return document


def move_on(version: Version, kind: StepKind, doing: Doing, *, text: str = "") -> None:
    """Put the version into the state after the step, write the step down, and bring the document up in the list."""
    version.state = state_after(kind, VersionState(version.state))
    version.save(update_fields=["state"])
    write_step(version, kind, doing, text=text)


def write_step(version: Version, kind: StepKind, doing: Doing, *, text: str = "") -> None:
    at = as_datetime(doing.clock())
    Step.objects.create(
        version=version,
        kind=kind,
        edit=version.edit,
        user_id=doing.actor.user_id,
        post_id=doing.actor.post_id,
        organisation_id=doing.actor.organisation_id,
        at=at,
        text=text,
        key=doing.key,
    )
    Document.objects.filter(id=version.document_id).update(changed_at=at)
