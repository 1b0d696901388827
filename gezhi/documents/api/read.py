"""Documents read: lists, one with its versions, the search, the clauses that apply, the comparison, the receipts."""

from __future__ import annotations

from datetime import date, datetime
from typing import Annotated
from urllib.parse import quote
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from ninja import Query

from gezhi.calendars.rules.office_days import day_of
from gezhi.documents import queries
from gezhi.documents.api import schemas_in
from gezhi.documents.api.router import router
from gezhi.documents.rules.attachment import MIMES
from gezhi.documents.rules.clause_text import find_gaps, parse_clauses
from gezhi.documents.rules.compare import Pair, compare_versions
from gezhi.documents.rules.kinds import READERS, DocumentKind
from gezhi.documents.rules.reading import Reader
from gezhi.documents.shapes import presenter, schemas
from gezhi.kernel.application_kinds import ApplicationKind
from gezhi.kernel.permissions import Permission
from gezhi.kernel.problems import NotFound
from gezhi.plumbing.clock import system_clock
from gezhi.plumbing.doors import actor_of, answers_file, decode_cursor, encode_cursor
from gezhi.plumbing.shapes import WordOut, after_of, cursor_of, page_of


def today() -> date:
    return day_of(system_clock())


@router.get("/documents", permission=Permission.DOCUMENTS_READ, response=schemas.DocumentPageOut)
def get_documents(
    request: HttpRequest, asked: Annotated[schemas_in.DocumentsAsked, Query()]
) -> schemas.DocumentPageOut:
    """Documents by their last change; `to_read`: those that the post still has to confirm."""
    viewer, on = queries.viewer_of(actor_of(request)), today()
    filters = queries.DocumentFilter(
        kind=asked.kind or "",
        standing=asked.standing,
        text=asked.q.strip(),
        to_read=asked.to_read,
        after=after_of(asked.cursor),
    )
    documents = queries.list_documents(filters, viewer, on=on, limit=asked.limit + 1)
    page, next_cursor = page_of(
        documents, asked.limit, lambda last: cursor_of(int(last.document.changed_at.timestamp()), last.document.id)
    )
    return schemas.DocumentPageOut(
        items=[presenter.listed_out(row, viewer, on) for row in page],
        next_cursor=next_cursor,
        to_read=queries.count_to_read(viewer, on=on),
    )


@router.get("/documents/form", permission=Permission.DOCUMENTS_WRITE, response=schemas.FormOut)
def get_form(request: HttpRequest) -> schemas.FormOut:
    """What a writer may choose from: readers, classes that a clause can govern, the areas that the post answers for."""
    regions = queries.viewer_of(actor_of(request)).regions
    in_force = [(key, *names) for key, names in queries.class_names_in_force(on=today()).items()]
    return schemas.FormOut(
        roles=list(READERS),
        classes=[WordOut(key=key, zh=zh, en=en) for key, zh, en in in_force],
        areas=[WordOut(key=area, zh=presenter.area_name(area), en="") for area in regions],
    )


@router.get("/documents/search", permission=Permission.DOCUMENTS_READ, response=schemas.FoundPageOut)
def search_documents(request: HttpRequest, asked: Annotated[schemas_in.SearchAsked, Query()]) -> schemas.FoundPageOut:
    """Clauses in force that hold the words, best first, each with an excerpt in pieces."""
    after = decode_cursor(asked.cursor, int, int) if asked.cursor else None
    hits = queries.search_clauses(
        asked.q.strip(),
        queries.viewer_of(actor_of(request)),
        on=today(),
        kind=asked.kind or "",
        after=None if after is None else (after[0], after[1]),
        limit=asked.limit + 1,
    )
    page, next_cursor = page_of(hits, asked.limit, lambda last: encode_cursor(last.rank, last.clause.id))
    return schemas.FoundPageOut(
        items=[_found_out(one) for one in page],
        next_cursor=next_cursor,
    )


def _found_out(hit: queries.Found) -> schemas.FoundClauseOut:
    document = hit.clause.version.document
    return schemas.FoundClauseOut(
        document_id=document.id,
        version_id=hit.clause.version_id,
        title=document.title,
        kind=DocumentKind(document.kind),
        anchor=hit.clause.anchor,
        label=hit.clause.label,
        heading=hit.clause.heading,
        excerpt=[schemas.ExcerptOut(text=piece.text, hit=piece.hit) for piece in hit.excerpt],
    )


@router.get("/documents/clauses", permission=Permission.DOCUMENTS_READ, response=schemas.ApplicableClausesOut)
def get_clauses(
    request: HttpRequest, asked: Annotated[schemas_in.ClausesAsked, Query()]
) -> schemas.ApplicableClausesOut:
    """Clauses that govern a class of case and kinds of application (comma between them), at a place, on a day."""
    on = asked.on or today()
    kinds = [kind for kind in asked.approvals.split(",") if kind in set(ApplicationKind)]
    viewer = queries.viewer_of(actor_of(request))
    clauses = queries.clauses_for(asked.class_key, kinds, on, viewer=viewer, place=asked.place)
    return schemas.ApplicableClausesOut(items=[_applicable_out(one) for one in clauses], on=on)


def _applicable_out(applicable: queries.ApplicableClause) -> schemas.ApplicableClauseOut:
    version, clause = applicable.version, applicable.clause
    document = version.document
    return schemas.ApplicableClauseOut(
        document_id=document.id,
        version_id=version.id,
        title=document.title,
        kind=DocumentKind(document.kind),
        issue_no=version.issue_no,
        valid_from=version.valid_from,
        anchor="" if clause is None else clause.anchor,
        label="" if clause is None else clause.label,
        heading="" if clause is None else clause.heading,
        text="" if clause is None else clause.text,
        because=presenter.links_out(list(applicable.because)),
    )


@router.post(
    "/documents/preview", permission=Permission.DOCUMENTS_WRITE, response=schemas.PreviewOut, repeats="it only reads"
)
def preview_text(request: HttpRequest, body: schemas_in.ClauseTextIn) -> schemas.PreviewOut:  # noqa: ARG001
    """The clauses that a text would become, and where its numbers do not follow each other; nothing is stored."""
    clauses = parse_clauses(body.text)
    return schemas.PreviewOut(
        clauses=[presenter.clause_out(one) for one in clauses],
        gaps=[schemas.GapOut(after=gap.after, found=gap.found) for gap in find_gaps(clauses)],
    )


@router.get("/documents/{document_id}", permission=Permission.DOCUMENTS_READ, response=schemas.DocumentOut)
def get_document(request: HttpRequest, document_id: UUID, version: UUID | None = None) -> schemas.DocumentOut:
    """A document with its versions, one of them whole: the one asked for, else the one in force."""
    actor, on = actor_of(request), today()
    viewer = queries.viewer_of(actor)
    document, versions = queries.get_document(document_id, viewer)
    chosen = version or queries.shown_version(versions, on).id
    shown = queries.get_version(chosen, viewer)
    if shown.document_id != document.id:
        raise NotFound
    return presenter.document_out(document, versions, shown, actor, on)


@router.get(
    "/documents/versions/{version_id}/compare", permission=Permission.DOCUMENTS_READ, response=schemas.ComparisonOut
)
def compare_version(request: HttpRequest, version_id: UUID) -> schemas.ComparisonOut:
    """What changed against the approved version before, clause by clause."""
    on, viewer = today(), queries.viewer_of(actor_of(request))
    new = queries.get_version(version_id, viewer)
    old = queries.version_before(new)
    pairs = compare_versions(
        [] if old is None else queries.list_clauses(old.id),
        queries.list_clauses(new.id),
    )
    return schemas.ComparisonOut(
        old=None if old is None else presenter.version_out(old, on),
        new=presenter.version_out(new, on),
        items=[_pair_out(pair) for pair in pairs],
    )


def _pair_out(pair: Pair) -> schemas.PairOut:
    return schemas.PairOut(
        change=pair.change.value,
        old=None if pair.old is None else presenter.clause_out(pair.old),
        new=None if pair.new is None else presenter.clause_out(pair.new),
        stretches=[schemas.StretchOut(kind=one.kind.value, text=one.text) for one in pair.stretches],
    )


@router.get(
    "/documents/versions/{version_id}/receipts",
    permission=Permission.DOCUMENTS_READ,
    response=schemas.ReceiptPageOut,
)
def get_receipts(
    request: HttpRequest, version_id: UUID, asked: Annotated[schemas_in.ReceiptsAsked, Query()]
) -> schemas.ReceiptPageOut:
    """Who must read a version and has or has not; who does not keep documents sees the own organisation."""
    on, viewer = today(), queries.viewer_of(actor_of(request))
    version = queries.get_version(version_id, viewer)
    (after_id,) = decode_cursor(asked.cursor, int) if asked.cursor else (0,)
    receipts = queries.list_receipts(version, viewer, on=on, read=asked.read, after_id=after_id, limit=asked.limit + 1)
    page, next_cursor = page_of(receipts, asked.limit, lambda last: encode_cursor(last[0].user_id))
    progress = queries.reading_progress(version, on=on)
    return schemas.ReceiptPageOut(
        items=[_receipt_out(*row) for row in page],
        next_cursor=next_cursor,
        progress=schemas.ProgressOut(total=progress.total, read=progress.read),
    )


def _receipt_out(reader: Reader, confirmed_at: datetime | None) -> schemas.ReceiptOut:
    return schemas.ReceiptOut(
        user_id=reader.user_id,
        name=reader.name,
        role=reader.role,
        organisation=presenter.organisation_name(reader.organisation_id),
        confirmed_at=confirmed_at,
    )


@router.get(
    "/documents/versions/{version_id}/file",
    permission=Permission.DOCUMENTS_READ,
    openapi_extra=answers_file(*MIMES.values()),
)
def get_file(request: HttpRequest, version_id: UUID) -> HttpResponse:
    """The attached file, always to be saved, never to be shown by the browser under this address."""
    version = queries.get_version(version_id, queries.viewer_of(actor_of(request)))
    kept = queries.get_attachment(version.id)
    response = HttpResponse(bytes(kept.content), content_type=kept.mime)
    suffix = kept.name.rpartition(".")[2].lower()
    response["Content-Disposition"] = f"attachment; filename=\"document.{suffix}\"; filename*=UTF-8''{quote(kept.name)}"
    response["Content-Security-Policy"] = "default-src 'none'; sandbox"
    response["X-Content-Type-Options"] = "nosniff"
    response["Cache-Control"] = "private, no-cache"
    response["ETag"] = f'"{kept.sha256}"'
    return response
