"""Writing (起草): a new document, a new version of one, changes of a draft, its attached file."""

from __future__ import annotations

from hashlib import sha256
from uuid import UUID

from django.db import IntegrityError, transaction
from django.db.models import Max

from gezhi.documents.actions.contents import Content, fill_version
from gezhi.documents.actions.steps import done_before, lock_document, lock_version, move_on, write_step
from gezhi.documents.models import Attachment, Document, Version
from gezhi.documents.queries import viewer_of
from gezhi.documents.rules.area import check_within
from gezhi.documents.rules.attachment import check_attachment
from gezhi.documents.rules.kinds import DocumentKind, StepKind, VersionState
from gezhi.documents.rules.versions import DraftExists, check_edit, state_after
from gezhi.kernel.problems import Problem
from gezhi.kernel.words import require_words
from gezhi.people.queries import as_datetime
from gezhi.plumbing.register_rows import Doing


class TitleTaken(Problem):
    code = "documents.drafts.title-taken"
    status = 409
    title = "该区域已有名为“{title}”的文件，请打开它编制新版本，或改用其他名称。"
    title_en = (
        "The area already has a document named “{title}”: open that one and write a new version, or rename yours."
    )


@transaction.atomic
def create_document(title: str, kind: DocumentKind, *, area: str, content: Content, doing: Doing) -> Version:
    """A new document with its first version as a draft (新建文件)."""
    if (before := done_before(doing.key)) is not None:
        return before
    require_words("title", title)
    check_within(area, viewer_of(doing.actor).regions)
    at = as_datetime(doing.clock())
    document = Document(
        id=doing.ids(),
        kind=kind,
        title=title.strip(),
        area=area,
        organisation_id=doing.actor.organisation_id,
        created_by=doing.actor.user_id,
        created_at=at,
        changed_at=at,
    )
    try:
        with transaction.atomic():
            document.save(force_insert=True)
    except IntegrityError as error:
        raise TitleTaken(field="title", title=title.strip()) from error
    return _begin(document, 1, content, doing)


@transaction.atomic
def add_version(document_id: UUID, *, content: Content, doing: Doing) -> Version:
    """A draft of the next version (编制新版本); one at a time."""
    if (before := done_before(doing.key)) is not None:
        return before
    document = lock_document(document_id, doing)
    versions = Version.objects.filter(document=document)
    if versions.filter(state__in=(VersionState.DRAFT, VersionState.SUBMITTED)).exists():
        raise DraftExists
    last = versions.aggregate(last=Max("number"))["last"] or 0
    return _begin(document, last + 1, content, doing)


def _begin(document: Document, number: int, content: Content, doing: Doing) -> Version:
    version = Version(id=doing.ids(), document=document, number=number, state=VersionState.DRAFT)
    fill_version(version, content)
    write_step(version, StepKind.DRAFTED, doing)
    return version


@transaction.atomic
def edit_draft(version_id: UUID, *, content: Content, seen_edit: int, doing: Doing) -> Version:
    """Change a draft (修改草稿). Refused when somebody else has changed it since `seen_edit`."""
    if (before := done_before(doing.key)) is not None:
        return before
    version = lock_version(version_id, doing)
    state_after(StepKind.EDITED, VersionState(version.state))
    check_edit(seen_edit, version.edit)
    version.edit += 1
    fill_version(version, content)
    write_step(version, StepKind.EDITED, doing)
    return version


@transaction.atomic
def attach_file(version_id: UUID, *, name: str, content: bytes, limit_bytes: int, doing: Doing) -> Version:
    """Attach the signed file to a draft (上传附件); another one replaces it until the draft is submitted."""
    if (before := done_before(doing.key)) is not None:
        return before
    kept, mime, checked = check_attachment(name, content, limit_bytes=limit_bytes)
    version = lock_version(version_id, doing)
    state_after(StepKind.EDITED, VersionState(version.state))
    digest = sha256(checked).hexdigest()
    version.edit += 1
    version.save(update_fields=["edit"])
    Attachment.objects.update_or_create(
        version=version,
        defaults={
            "name": kept,
            "mime": mime,
            "size": len(checked),
            "sha256": digest,
            "content": checked,
            "stored_by": doing.actor.user_id,
            "stored_at": as_datetime(doing.clock()),
        },
    )
    write_step(version, StepKind.EDITED, doing, text=kept)
    return version


@transaction.atomic
def discard_draft(version_id: UUID, *, doing: Doing) -> Version:
    """Give a draft up (放弃草稿); it is kept and shown to nobody."""
    if (before := done_before(doing.key)) is not None:
        return before
    version = lock_version(version_id, doing)
    move_on(version, StepKind.DISCARDED, doing)
    return version
