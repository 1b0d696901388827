"""What comes in to documents."""

from __future__ import annotations

from typing import Annotated

from pydantic import BaseModel, Field, StringConstraints

from gezhi.documents.rules.kinds import DocumentKind, Standing
from gezhi.plumbing.shapes import DayIn, Exact

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
    on: DayIn | None = None


class ReceiptsAsked(BaseModel):
    read: bool | None = None
    cursor: str = ""
    limit: int = Field(50, ge=1, le=200)


class LinkIn(Exact):
    anchor: str = Field("", max_length=24)
    subject_kind: str = Field(max_length=24)
    subject_key: str = Field(max_length=60)


class ContentIn(Exact):
    text: str = Field(pattern=r"^[^\x00]*$")
    valid_from: DayIn
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


class StepIn(Exact):
    edit: int
    text: Words = ""


class VersionDecisionIn(StepIn):
    granted: bool


class EndIn(Exact):
    last_day: DayIn
    text: Words = ""


class ClauseTextIn(Exact):
    text: str = Field(pattern=r"^[^\x00]*$")
