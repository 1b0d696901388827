"""Documents written, approved and confirmed. Every write may be sent again under its Idempotency-Key."""

from __future__ import annotations

from uuid import UUID

from django.conf import settings
from django.http import HttpRequest
from ninja import File, Status
from ninja.files import UploadedFile

from gezhi.documents import actions, queries
from gezhi.documents.api import schemas_in
from gezhi.documents.api.read import today
from gezhi.documents.api.router import router
from gezhi.documents.rules.links import Link
from gezhi.documents.shapes import presenter, schemas
from gezhi.kernel.permissions import Permission
from gezhi.plumbing.clock import system_clock
from gezhi.plumbing.doors import actor_of
from gezhi.plumbing.request_keys import doing_of


def _content(body: schemas_in.ContentIn) -> actions.Content:
    return actions.Content(
        text=body.text,
        valid_from=body.valid_from,
        issue_no=body.issue_no,
        changes=body.changes,
        must_read=tuple(body.must_read),
        links=tuple(Link(one.anchor, one.subject_kind, one.subject_key) for one in body.links),
    )


@router.post("/documents", permission=Permission.DOCUMENTS_WRITE, response={201: schemas.DocumentOut})
def create_document(request: HttpRequest, body: schemas_in.DocumentIn) -> Status[schemas.DocumentOut]:
    """A new document with its first draft; without an area it binds the region of the post."""
    doing = doing_of(request)
    regions = queries.viewer_of(doing.actor).regions
    area = body.area or next(iter(regions), "")
    version = actions.create_document(body.title, body.kind, area=area, content=_content(body), doing=doing)
    return Status(201, presenter.answer_out(version, actor_of(request), today()))


@router.post(
    "/documents/{document_id}/versions",
    permission=Permission.DOCUMENTS_WRITE,
    response={201: schemas.DocumentOut},
)
def add_version(request: HttpRequest, document_id: UUID, body: schemas_in.ContentIn) -> Status[schemas.DocumentOut]:
    """A draft of the next version."""
    version = actions.add_version(document_id, content=_content(body), doing=doing_of(request))
    return Status(201, presenter.answer_out(version, actor_of(request), today()))


@router.put("/documents/versions/{version_id}", permission=Permission.DOCUMENTS_WRITE, response=schemas.DocumentOut)
def edit_draft(request: HttpRequest, version_id: UUID, body: schemas_in.EditIn) -> schemas.DocumentOut:
    """Change a draft; `edit` is the number of the one that was opened."""
    version = actions.edit_draft(version_id, content=_content(body), seen_edit=body.edit, doing=doing_of(request))
    return presenter.answer_out(version, actor_of(request), today())


@router.post(
    "/documents/versions/{version_id}/file", permission=Permission.DOCUMENTS_WRITE, response=schemas.DocumentOut
)
def attach_file(request: HttpRequest, version_id: UUID, file: File[UploadedFile]) -> schemas.DocumentOut:
    """Attach a PDF, DOCX or TXT to a draft (multipart, field `file`)."""
    version = actions.attach_file(
        version_id,
        name=file.name or "",
        content=file.read(),
        limit_bytes=settings.GEZHI_MEDIA_LIMIT_BYTES,
        doing=doing_of(request),
    )
    return presenter.answer_out(version, actor_of(request), today())


@router.post(
    "/documents/versions/{version_id}/submission",
    permission=Permission.DOCUMENTS_WRITE,
    response=schemas.DocumentOut,
)
def submit_version(request: HttpRequest, version_id: UUID, body: schemas_in.StepIn) -> schemas.DocumentOut:
    """Hand a draft to those who approve."""
    return presenter.answer_out(
        actions.submit_version(version_id, seen_edit=body.edit, doing=doing_of(request)), actor_of(request), today()
    )


@router.delete(
    "/documents/versions/{version_id}/submission",
    permission=Permission.DOCUMENTS_WRITE,
    response=schemas.DocumentOut,
)
def withdraw_version(request: HttpRequest, version_id: UUID) -> schemas.DocumentOut:
    """Take a submitted version back to write on."""
    version = actions.withdraw_version(version_id, doing=doing_of(request))
    return presenter.answer_out(version, actor_of(request), today())


@router.delete("/documents/versions/{version_id}", permission=Permission.DOCUMENTS_WRITE, response={204: None})
def discard_draft(request: HttpRequest, version_id: UUID) -> Status[None]:
    """Give a draft up; it is kept and shown to nobody."""
    actions.discard_draft(version_id, doing=doing_of(request))
    return Status(204, None)


@router.post(
    "/documents/versions/{version_id}/decision",
    permission=Permission.DOCUMENTS_APPROVE,
    response=schemas.DocumentOut,
)
def decide_version(request: HttpRequest, version_id: UUID, body: schemas_in.VersionDecisionIn) -> schemas.DocumentOut:
    """Approve a version or return it with a reason; `edit` is the number of the one that was read."""
    version = actions.decide_version(
        version_id, granted=body.granted, text=body.text, seen_edit=body.edit, doing=doing_of(request)
    )
    return presenter.answer_out(version, actor_of(request), today())


@router.post(
    "/documents/versions/{version_id}/end", permission=Permission.DOCUMENTS_APPROVE, response=schemas.DocumentOut
)
def end_version(request: HttpRequest, version_id: UUID, body: schemas_in.EndIn) -> schemas.DocumentOut:
    """Repeal a version that no other follows."""
    version = actions.end_version(version_id, last_day=body.last_day, text=body.text, doing=doing_of(request))
    return presenter.answer_out(version, actor_of(request), today())


@router.post(
    "/documents/versions/{version_id}/receipts",
    permission=Permission.DOCUMENTS_READ,
    response=schemas.DocumentOut,
    repeats="one receipt for each reader",
)
def confirm_reading(request: HttpRequest, version_id: UUID) -> schemas.DocumentOut:
    """The asking person has read this version."""
    version = actions.confirm_reading(version_id, actor=actor_of(request), clock=system_clock)
    return presenter.answer_out(version, actor_of(request), today())
