"""Shapes of documents."""

from __future__ import annotations

from datetime import date, datetime
from typing import Annotated
from uuid import UUID

from pydantic import BaseModel, Field, StringConstraints

from gezhi.documents.rules.kinds import DocumentKind, Standing

LINE = r"^[^\x00-\x1f\x7f]*$"
Line = Annotated[str, StringConstraints(pattern=LINE, strip_whitespace=True)]
Words = Annotated[str, StringConstraints(pattern=r"^[^\x00]*$", max_length=500, strip_whitespace=True)]


class DocumentsAsked(BaseModel):
    kind: DocumentKind | None = None
    standing: Standing | None = None
    q: str = Field("", max_length=60, pattern=LINE)
    to_read: bool = False
    cursor: str = ""
    limit: int = Field(30, ge=1, le=100)


class SearchAsked(BaseModel):
    q: str = Field(min_length=1, max_length=60, pattern=LINE)
    kind: DocumentKind | None = None
    cursor: str = ""
    limit: int = Field(20, ge=1, le=50)


class ClausesAsked(BaseModel):
    class_key: str = Field("", max_length=20)
    approvals: str = Field("", max_length=100)
    place: str = Field("", max_length=15)
    on: date | None = None


class ReceiptsAsked(BaseModel):
    read: bool | None = None
    cursor: str = ""
    limit: int = Field(50, ge=1, le=200)


class LinkIn(BaseModel):
    anchor: str = Field("", max_length=24)
    subject_kind: str = Field(max_length=24)
    subject_key: str = Field(max_length=60)


class ContentIn(BaseModel):
    text: str = Field(pattern=r"^[^\x00]*$")
    valid_from: date
    issue_no: Line = Field("", max_length=60)
    changes: Words = ""
    must_read: list[str] = Field(default_factory=list, max_length=20)
    links: list[LinkIn] = Field(default_factory=list)


class DocumentIn(ContentIn):
    title: Line = Field(min_length=1, max_length=100)
    kind: DocumentKind
    area: str = Field("", max_length=15, pattern=r"^\d*$")


class EditIn(ContentIn):
    edit: int


class StepIn(BaseModel):
    edit: int
    text: Words = ""


class VersionDecisionIn(StepIn):
    granted: bool


class EndIn(BaseModel):
    last_day: date
    text: Words = ""


class ClauseTextIn(BaseModel):
    text: str = Field(pattern=r"^[^\x00]*$")


class NamedOut(BaseModel):
    code: str
    zh: str
    en: str


class FormOut(BaseModel):
    kinds: list[NamedOut]
    roles: list[NamedOut]
    approvals: list[NamedOut]
    classes: list[NamedOut]
    areas: list[NamedOut]


class VersionOut(BaseModel):
    id: UUID
    number: int
    standing: str
    standing_zh: str
    standing_en: str
    issue_no: str
    changes: str
    valid_from: date
    valid_to: date | None


class ListedDocumentOut(BaseModel):
    id: UUID
    title: str
    kind: str
    kind_zh: str
    kind_en: str
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
    shape: str
    depth: int
    anchor: str
    label: str
    heading: str
    text: str


class LinkOut(BaseModel):
    anchor: str
    subject_kind: str
    subject_key: str
    zh: str
    en: str


class DocumentStepOut(BaseModel):
    kind: str
    zh: str
    en: str
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
    must_read: list[NamedOut]
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
    kind: str
    kind_zh: str
    kind_en: str
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
    kind_zh: str
    kind_en: str
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
    kind: str
    kind_zh: str
    kind_en: str
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
    change: str
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
    role: str
    role_zh: str
    role_en: str
    organisation: str
    confirmed_at: datetime | None


class ReceiptPageOut(BaseModel):
    items: list[ReceiptOut]
    next_cursor: str | None
    progress: ProgressOut
