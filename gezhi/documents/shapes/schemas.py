"""What goes out of documents."""

from __future__ import annotations

from datetime import date, datetime
from uuid import UUID

from pydantic import BaseModel

from gezhi.documents.rules.clause_text import Shape
from gezhi.documents.rules.compare import Change
from gezhi.documents.rules.kinds import DocumentKind, Standing, StepKind
from gezhi.kernel.permissions import Role
from gezhi.plumbing.shapes import TextOut, WordOut


class FormOut(BaseModel):
    roles: list[Role]
    classes: list[WordOut]
    areas: list[WordOut]


class VersionOut(BaseModel):
    id: UUID
    number: int
    standing: Standing
    issue_no: str
    changes: str
    valid_from: date
    valid_to: date | None


class ListedDocumentOut(BaseModel):
    id: UUID
    title: str
    kind: DocumentKind
    area: str
    area_name: str
    organisation: str
    version: VersionOut
    unfinished: VersionOut | None
    to_read: bool
    confirmed_at: datetime | None
    changed_at: datetime


class DocumentPageOut(BaseModel):
    items: list[ListedDocumentOut]
    next_cursor: str | None
    to_read: int


class ClauseOut(BaseModel):
    shape: Shape
    depth: int
    anchor: str
    label: str
    heading: str
    text: str


class LinkOut(TextOut):
    anchor: str
    subject_kind: str
    subject_key: str


class DocumentStepOut(BaseModel):
    kind: StepKind
    user: str
    organisation: str
    at: datetime
    text: str


class FileOut(BaseModel):
    name: str
    size: int
    url: str


class ProgressOut(BaseModel):
    total: int
    read: int


class ReadVersionOut(VersionOut):
    edit: int
    text: str
    must_read: list[Role]
    clauses: list[ClauseOut]
    links: list[LinkOut]
    steps: list[DocumentStepOut]
    file: FileOut | None
    progress: ProgressOut
    to_read: bool
    confirmed_at: datetime | None
    allowed: list[str]


class DocumentOut(BaseModel):
    id: UUID
    title: str
    kind: DocumentKind
    area: str
    area_name: str
    organisation: str
    versions: list[VersionOut]
    shown: ReadVersionOut


class GapOut(BaseModel):
    after: str
    found: str


class PreviewOut(BaseModel):
    clauses: list[ClauseOut]
    gaps: list[GapOut]


class ExcerptOut(BaseModel):
    text: str
    hit: bool


class FoundClauseOut(BaseModel):
    document_id: UUID
    version_id: UUID
    title: str
    kind: DocumentKind
    anchor: str
    label: str
    heading: str
    excerpt: list[ExcerptOut]


class FoundPageOut(BaseModel):
    items: list[FoundClauseOut]
    next_cursor: str | None


class ApplicableClauseOut(BaseModel):
    document_id: UUID
    version_id: UUID
    title: str
    kind: DocumentKind
    issue_no: str
    valid_from: date
    anchor: str
    label: str
    heading: str
    text: str
    because: list[LinkOut]


class ApplicableClausesOut(BaseModel):
    items: list[ApplicableClauseOut]
    on: date


class StretchOut(BaseModel):
    kind: str
    text: str


class PairOut(BaseModel):
    change: Change
    old: ClauseOut | None
    new: ClauseOut | None
    stretches: list[StretchOut]


class ComparisonOut(BaseModel):
    old: VersionOut | None
    new: VersionOut
    items: list[PairOut]


class ReceiptOut(BaseModel):
    user_id: int
    name: str
    role: Role
    organisation: str
    confirmed_at: datetime | None


class ReceiptPageOut(BaseModel):
    items: list[ReceiptOut]
    next_cursor: str | None
    progress: ProgressOut
