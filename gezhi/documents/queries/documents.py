"""Reads of documents and their versions."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime
from uuid import UUID

import msgspec
from django.db.models import Exists, OuterRef, Q, QuerySet

from gezhi.catalog.queries import held_catalog
from gezhi.documents.models import Attachment, Clause, Document, Link, Receipt, Step, Version
from gezhi.documents.queries.visibility import Viewer, in_areas, visible_documents, visible_states
from gezhi.documents.rules import clause_text, links
from gezhi.documents.rules.kinds import WRITING, Standing, VersionState
from gezhi.documents.rules.versions import standing_of
from gezhi.kernel.problems import NotFound
from gezhi.kernel.searching import are_named, issue_key

_RANK = (Standing.IN_FORCE, Standing.UPCOMING, Standing.ENDED, Standing.SUBMITTED, Standing.DRAFT)
SHORTEST_ISSUE = 4
_UNFINISHED = (VersionState.DRAFT, VersionState.SUBMITTED)


class DocumentFilter(msgspec.Struct, frozen=True, kw_only=True):
    """Which documents a list shows; `after`: where the page before ended."""

    kind: str = ""
    standing: Standing | None = None
    text: str = ""
    to_read: bool = False
    after: tuple[datetime, UUID] | None = None


class ListedDocument(msgspec.Struct, frozen=True):
    """A document with the version that a reader is sent to, and the unfinished one that keepers work on."""

    document: Document
    version: Version
    unfinished: Version | None
    confirmed_at: datetime | None


def standing(version: Version, on: date) -> Standing:
    return standing_of(VersionState(version.state), version.valid_from, version.valid_to, on=on)


def approved_on(on: date) -> Q:
    """Versions in force on a day."""
    return Q(state=VersionState.APPROVED, valid_from__lte=on) & (Q(valid_to=None) | Q(valid_to__gte=on))


def list_documents(filters: DocumentFilter, viewer: Viewer, *, on: date, limit: int) -> list[ListedDocument]:
    """Documents in the order of their last change, newest first; three statements."""
    rows = Document.objects.filter(visible_documents(viewer))
    if filters.kind:
        rows = rows.filter(kind=filters.kind)
    if filters.text:
        rows = rows.filter(Q(id__in=find_by_title(filters.text) | find_by_issue(filters.text)))
    if filters.to_read:
        rows = rows.filter(Exists(_to_read(viewer, on).filter(document=OuterRef("pk"))))
    if filters.standing is not None:
        rows = rows.filter(_has_standing(filters.standing, on))
    if filters.after is not None:
        moment, last_id = filters.after
        rows = rows.filter(Q(changed_at__lt=moment) | Q(changed_at=moment, id__lt=last_id))
    documents = list(rows.order_by("-changed_at", "-id")[:limit])
    versions = _versions_of(documents, viewer)
    confirmed = confirmations(viewer.user_id, (one.id for many in versions.values() for one in many))
    return [_listed(document, versions[document.id], confirmed, on) for document in documents]


def find_by_title(text: str) -> set[UUID]:
    """Documents of whose title the words are parts, or the initials."""
    return {document for document, title in Document.objects.values_list("id", "title") if are_named(text, title)}


def find_by_issue(text: str) -> set[UUID]:
    """Documents by their 文号, in any writing of it."""
    key = issue_key(text)
    if len(key) < SHORTEST_ISSUE or not any(map(str.isdigit, key)):
        return set()
    numbers = Version.objects.exclude(issue_no="").values_list("document_id", "issue_no")
    return {document for document, number in numbers if key in issue_key(number)}


def count_to_read(viewer: Viewer, *, on: date) -> int:
    """How many versions the viewer still has to read (待我阅读)."""
    return _to_read(viewer, on).filter(in_areas(viewer, "document__area")).count()


def _to_read(viewer: Viewer, on: date) -> QuerySet[Version]:
    mine = Receipt.objects.filter(version=OuterRef("pk"), user_id=viewer.user_id)
    return Version.objects.filter(
        Q(valid_to=None) | Q(valid_to__gte=on),
        ~Exists(mine),
        state=VersionState.APPROVED,
        must_read__contains=[viewer.role.value],
    )


def _has_standing(standing: Standing, on: date) -> Q:
    def some(*conditions: Q) -> Q:
        return Q(Exists(Version.objects.filter(*conditions, document=OuterRef("pk"))))

    current = some(approved_on(on))
    coming = some(Q(state=VersionState.APPROVED, valid_from__gt=on))
    match standing:
        case Standing.IN_FORCE:
            return current
        case Standing.UPCOMING:
            return coming
        case Standing.ENDED:
            return some(Q(state=VersionState.APPROVED, valid_to__lt=on)) & ~current & ~coming
    return some(Q(state=standing.value))


def _versions_of(documents: list[Document], viewer: Viewer) -> dict[UUID, list[Version]]:
    versions: dict[UUID, list[Version]] = {document.id: [] for document in documents}
    rows = Version.objects.filter(document__in=versions, state__in=visible_states(viewer)).defer("text")
    for version in rows.order_by("-number"):
        versions[version.document_id].append(version)
    return versions


def _listed(document: Document, versions: list[Version], confirmed: dict[UUID, datetime], on: date) -> ListedDocument:
    shown = shown_version(versions, on)
    unfinished = next((one for one in versions if one.state in _UNFINISHED), None)
    return ListedDocument(document, shown, unfinished, confirmed.get(shown.id))


def shown_version(versions: list[Version], on: date) -> Version:
    """The one in force before one to come, one that has ended, one being written; of the same kind the newest."""
    return min(versions, key=lambda one: (_RANK.index(standing(one, on)), -one.number))


def get_document(document_id: UUID, viewer: Viewer) -> tuple[Document, list[Version]]:
    """A document with all versions that the viewer may see, newest first; NotFound outside the scope."""
    document = Document.objects.filter(visible_documents(viewer), id=document_id).first()
    if document is None:
        raise NotFound
    versions = _versions_of([document], viewer)[document.id]
    if not versions:
        raise NotFound
    return document, versions


def get_version(version_id: UUID, viewer: Viewer) -> Version:
    """A version that the viewer may see, with its document."""
    seen = Version.objects.select_related("document").filter(
        in_areas(viewer, "document__area"), state__in=visible_states(viewer), id=version_id
    )
    version = seen.first()
    if version is None:
        raise NotFound
    return version


def version_before(version: Version) -> Version | None:
    """The approved version that a version follows."""
    earlier = Version.objects.filter(
        document_id=version.document_id, number__lt=version.number, state=VersionState.APPROVED
    )
    return earlier.order_by("-number").first()


def confirmations(user_id: int, version_ids: Iterable[UUID]) -> dict[UUID, datetime]:
    """When a user confirmed the reading of these versions."""
    rows = Receipt.objects.filter(user_id=user_id, version_id__in=list(version_ids))
    return dict(rows.values_list("version_id", "confirmed_at"))


def list_clauses(version_id: UUID) -> list[clause_text.Clause]:
    """The clauses of a version in their order."""
    rows = Clause.objects.filter(version_id=version_id).order_by("seq").defer("words")
    return [clause_data(row) for row in rows]


def clause_data(row: Clause) -> clause_text.Clause:
    return clause_text.Clause(clause_text.Shape(row.shape), row.depth, row.anchor, row.label, row.text, row.heading)


def list_links(version_id: UUID) -> list[links.Link]:
    """What a version governs."""
    rows = Link.objects.filter(version_id=version_id).order_by("anchor", "subject_kind", "subject_key")
    return [links.Link(row.anchor, row.subject_kind, row.subject_key) for row in rows]


def list_steps(version_id: UUID) -> list[Step]:
    """What was done to a version, oldest first."""
    return list(Step.objects.filter(version_id=version_id).order_by("id"))


def list_writers(version_id: UUID) -> set[int]:
    """Everybody who drafted, edited or submitted a version."""
    return set(Step.objects.filter(version_id=version_id, kind__in=WRITING).values_list("user_id", flat=True))


def get_attachment(version_id: UUID) -> Attachment:
    """The attached file with its bytes."""
    attachment = Attachment.objects.filter(version_id=version_id).first()
    if attachment is None:
        raise NotFound
    return attachment


def describe_attachment(version_id: UUID) -> tuple[str, int] | None:
    """Name and size of the attached file."""
    return Attachment.objects.filter(version_id=version_id).values_list("name", "size").first()


def class_names() -> dict[str, tuple[str, str]]:
    """Names of minor and major classes of all editions by their selector."""
    names: dict[str, tuple[str, str]] = {}
    for entry in held_catalog().classes.values():
        names[entry.key] = entry.name, entry.name_en
        names[f"{entry.edition}-{entry.kind}-{entry.major_code}"] = entry.major_name, entry.major_name_en
    return names


def class_names_in_force(*, on: date) -> dict[str, tuple[str, str]]:
    """Names of the classes of the edition in force that a clause may govern, major classes before their minors."""
    edition = held_catalog().edition_on(on)
    found = {key: names for key, names in class_names().items() if key.startswith(f"{edition}-") and names[0]}
    return {key: found[key] for key in sorted(found)}
