"""What the doors of people send and take."""

from __future__ import annotations

from datetime import datetime

from ninja import Field, Schema
from pydantic import BaseModel

from gezhi.kernel.permissions import Permission
from gezhi.people.rules.officers import OfficerKind
from gezhi.people.shapes import OfficerOut, OrganisationOut, PersonOut, PostOut, StaffedPostOut, StaffingOut
from gezhi.plumbing.shapes import DayIn, Exact, TextOut

NO_CONTROL_CHARACTERS = r"^[^\x00-\x1f\x7f]+$"


class Credentials(Exact):
    username: str = Field(min_length=1, max_length=60, pattern=NO_CONTROL_CHARACTERS)
    password: str = Field(min_length=1, max_length=200)


class PostChoice(Exact):
    post_id: int


class LanguageChoice(Exact):
    language: str


class UserOut(Schema):
    id: int
    username: str
    name: str


class ScopeOut(Schema):
    regions: list[str]
    organisations: list[int]
    only_own_work: bool


class SessionOut(Schema):
    """`must_change_password`: nothing else is answered before the user has chosen an own one."""

    user: UserOut
    post: PostOut
    posts: list[PostOut]
    organisation: OrganisationOut
    permissions: list[Permission]
    scope: ScopeOut
    language: str
    expires_at: datetime | None
    must_change_password: bool


class AccessOut(Schema):
    allowed: bool
    code: str
    why: TextOut


class OrganisationPage(Schema):
    items: list[OrganisationOut]
    next_cursor: str | None


class PeoplePage(Schema):
    items: list[PersonOut]
    next_cursor: str | None


class StaffingPage(BaseModel):
    items: list[StaffingOut]
    next_cursor: str | None


class StaffOut(BaseModel):
    organisation: OrganisationOut
    officers: list[OfficerOut]
    posts: list[StaffedPostOut]


class CandidateOut(BaseModel):
    """Whoever may be named, with the post in which they would reply."""

    id: int
    name: str
    post: PostOut


class OfficersOut(BaseModel):
    """责任人 of a body: now, from a later day on, and before; `may_change` with whom the asking person may name."""

    organisation: OrganisationOut
    current: list[OfficerOut]
    coming: list[OfficerOut]
    past: list[OfficerOut]
    may_change: bool
    candidates: list[CandidateOut]


class OfficerIn(Exact):
    """Who answers for the body from a day on."""

    kind: OfficerKind
    user_id: int = Field(ge=0, le=2**53)
    valid_from: DayIn


class LeavingIn(Exact):
    """The last day on which somebody answers for a body."""

    last_day: DayIn
