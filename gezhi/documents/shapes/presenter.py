"""Documents as the faces are shown them: names filled in, and what the asking post may do now."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from gezhi.documents import queries
from gezhi.documents.models import Document, Step, Version
from gezhi.documents.queries import Viewer
from gezhi.documents.rules.area import binds
from gezhi.documents.rules.clause_text import Clause
from gezhi.documents.rules.kinds import (
    WRITING,
    Standing,
    StepKind,
)
from gezhi.documents.rules.links import Link
from gezhi.documents.shapes import schemas
from gezhi.kernel.permissions import Actor, Permission
from gezhi.people.queries import held_directory
from gezhi.regions.queries import held_names

SHORTEST_CODE = 6


def area_name(area: str) -> str:
    """The name behind significant digits: 4101 is 410100."""
    return held_names().get(area.ljust(SHORTEST_CODE, "0"), area) if area else ""


def organisation_name(organisation_id: int) -> str:
    body = held_directory().organisations.get(organisation_id)
    return "" if body is None else body.name


def version_out(version: Version, on: date) -> schemas.VersionOut:
    return schemas.VersionOut(**_version(version, on))


def _version(version: Version, on: date) -> dict[str, Any]:
    return {
        "id": version.id,
        "number": version.number,
        "standing": queries.standing(version, on),
        "issue_no": version.issue_no,
        "changes": version.changes,
        "valid_from": version.valid_from,
        "valid_to": version.valid_to,
    }


def _document(document: Document) -> dict[str, Any]:
    return {
        "id": document.id,
        "title": document.title,
        "kind": document.kind,
        "area": document.area,
        "area_name": area_name(document.area),
        "organisation": organisation_name(document.organisation_id),
    }


def listed_out(row: queries.ListedDocument, viewer: Viewer, on: date) -> schemas.ListedDocumentOut:
    return schemas.ListedDocumentOut(
        **_document(row.document),
        version=version_out(row.version, on),
        unfinished=None if row.unfinished is None else version_out(row.unfinished, on),
        to_read=must_confirm(row.document, row.version, row.confirmed_at, viewer, on),
        confirmed_at=row.confirmed_at,
        changed_at=row.document.changed_at,
    )


def must_confirm(document: Document, version: Version, confirmed_at: datetime | None, viewer: Viewer, on: date) -> bool:
    """Whether this version still waits for the viewer (待我阅读)."""
    binding = queries.standing(version, on) in {Standing.IN_FORCE, Standing.UPCOMING}
    reads = viewer.role.value in version.must_read and binds(document.area, viewer.regions)
    return binding and reads and confirmed_at is None


def document_out(
    document: Document, versions: list[Version], shown: Version, actor: Actor, on: date
) -> schemas.DocumentOut:
    return schemas.DocumentOut(
        **_document(document),
        versions=[version_out(one, on) for one in versions],
        shown=read_version_out(document, shown, versions, actor, on),
    )


def answer_out(version: Version, actor: Actor, on: date) -> schemas.DocumentOut:
    """The document of a version that was just acted on, as the acting post sees it now."""
    viewer = queries.viewer_of(actor)
    document, versions = queries.get_document(version.document_id, viewer)
    shown = queries.get_version(version.id, viewer)
    return document_out(document, versions, shown, actor, on)


def read_version_out(
    document: Document, version: Version, versions: list[Version], actor: Actor, on: date
) -> schemas.ReadVersionOut:
    viewer = queries.viewer_of(actor)
    confirmed_at = queries.confirmations(actor.user_id, [version.id]).get(version.id)
    described = queries.describe_attachment(version.id)
    progress = queries.reading_progress(version, on=on)
    steps = queries.list_steps(version.id)
    return schemas.ReadVersionOut(
        **_version(version, on),
        edit=version.edit,
        text=version.text if viewer.keeps else "",
        must_read=list(version.must_read),
        clauses=[clause_out(one) for one in queries.list_clauses(version.id)],
        links=links_out(queries.list_links(version.id)),
        steps=[step_out(one) for one in steps] if viewer.keeps else [],
        file=None if described is None else file_out(version, *described),
        progress=schemas.ProgressOut(total=progress.total, read=progress.read),
        to_read=must_confirm(document, version, confirmed_at, viewer, on),
        confirmed_at=confirmed_at,
        allowed=allowed_acts(version, versions, steps, actor, on),
    )


def allowed_acts(version: Version, versions: list[Version], steps: list[Step], actor: Actor, on: date) -> list[str]:
    """What the post may do with the version now; the actions decide again."""
    acts: list[str] = []
    regions = queries.viewer_of(actor).regions
    if not any(version.document.area.startswith(region) for region in regions):
        return acts
    standing = queries.standing(version, on)
    unfinished = any(one.approved_at is None for one in versions)
    if Permission.DOCUMENTS_WRITE in actor.permissions:
        acts += {Standing.DRAFT: ["edit", "submit", "discard"], Standing.SUBMITTED: ["withdraw"]}.get(standing, [])
        acts += [] if unfinished else ["add_version"]
    if Permission.DOCUMENTS_APPROVE in actor.permissions:
        own = any(step.user_id == actor.user_id and step.kind in WRITING for step in steps)
        acts += ["decide"] if standing is Standing.SUBMITTED and not own else []
        acts += ["end"] if version.approved_at is not None and version.valid_to is None else []
    return acts


def clause_out(clause: Clause) -> schemas.ClauseOut:
    return schemas.ClauseOut(
        shape=clause.shape.value,
        depth=clause.depth,
        anchor=clause.anchor,
        label=clause.label,
        heading=clause.heading,
        text=clause.text,
    )


def links_out(links: list[Link]) -> list[schemas.LinkOut]:
    return [
        schemas.LinkOut(anchor=link.anchor, subject_kind=link.subject_kind, subject_key=link.subject_key, zh=zh, en=en)
        for link, zh, en in queries.describe(links)
    ]


def step_out(step: Step) -> schemas.DocumentStepOut:
    user = held_directory().users.get(step.user_id)
    return schemas.DocumentStepOut(
        kind=StepKind(step.kind),
        user="" if user is None else user.name,
        organisation=organisation_name(step.organisation_id),
        at=step.at,
        text=step.text,
    )


def file_out(version: Version, name: str, size: int) -> schemas.FileOut:
    return schemas.FileOut(name=name, size=size, url=f"/api/v1/documents/versions/{version.id}/file")
