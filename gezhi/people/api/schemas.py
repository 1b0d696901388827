"""What the doors of people send and take."""

from __future__ import annotations

from datetime import date, datetime

from ninja import Field, Schema
from pydantic import BaseModel

from gezhi.kernel.role_names import ROLE_NAMES
from gezhi.people.rules.directory import Directory, OrganisationFacts, PostFacts, UserFacts
from gezhi.people.rules.organisation_kinds import KIND_NAMES
from gezhi.people.rules.staff import Staffing

NO_CONTROL_CHARACTERS = r"^[^\x00-\x1f\x7f]+$"


class Credentials(Schema):
    username: str = Field(min_length=1, max_length=60, pattern=NO_CONTROL_CHARACTERS)
    password: str = Field(min_length=1, max_length=200)


class PostChoice(Schema):
    post_id: int


class LanguageChoice(Schema):
    language: str


class OrganisationOut(Schema):
    id: int
    code: str
    name: str
    name_en: str
    kind: str
    kind_zh: str
    kind_en: str
    platform_level: int
    parent_id: int | None
    region_code: str

    @classmethod
    def of(cls, body: OrganisationFacts) -> OrganisationOut:
        kind_zh, kind_en = KIND_NAMES[body.kind]
        return cls(
            id=body.id,
            code=body.code,
            name=body.name,
            name_en=body.name_en,
            kind=body.kind.value,
            kind_zh=kind_zh,
            kind_en=kind_en,
            platform_level=body.platform_level,
            parent_id=body.parent_id,
            region_code=body.region_code,
        )


class PostOut(Schema):
    id: int
    title: str
    title_en: str
    role: str
    role_zh: str
    role_en: str
    organisation_id: int
    organisation: str
    organisation_en: str

    @classmethod
    def of(cls, directory: Directory, post: PostFacts) -> PostOut:
        role_zh, role_en = ROLE_NAMES[post.role]
        body = directory.organisations[post.organisation_id]
        return cls(
            id=post.id,
            title=post.title,
            title_en=post.title_en,
            role=post.role.value,
            role_zh=role_zh,
            role_en=role_en,
            organisation_id=body.id,
            organisation=body.name,
            organisation_en=body.name_en,
        )


class PersonOut(Schema):
    id: int
    name: str
    posts: list[PostOut]

    @classmethod
    def of(cls, directory: Directory, user: UserFacts, posts: tuple[PostFacts, ...]) -> PersonOut:
        return cls(id=user.id, name=user.name, posts=[PostOut.of(directory, post) for post in posts])


class UserOut(Schema):
    id: int
    username: str
    name: str


class ScopeOut(Schema):
    regions: list[str]
    organisations: list[int]
    only_own_work: bool


class SessionOut(Schema):
    user: UserOut
    post: PostOut
    posts: list[PostOut]
    organisation: OrganisationOut
    permissions: list[str]
    scope: ScopeOut
    language: str
    expires_at: datetime | None


class AccessOut(Schema):
    allowed: bool
    code: str
    why_zh: str
    why_en: str


class OrganisationPage(Schema):
    items: list[OrganisationOut]
    next_cursor: str | None


class PeoplePage(Schema):
    items: list[PersonOut]
    next_cursor: str | None


class StaffingOut(OrganisationOut):
    """A body with its numbers: open posts, vacant ones, people in them, handlers in it and below it."""

    posts: int
    vacant: int
    people: int
    handlers: int
    bodies_below: int

    @classmethod
    def counted(cls, one: Staffing) -> StaffingOut:
        return cls(
            **OrganisationOut.of(one.body).dict(),
            posts=one.posts,
            vacant=one.vacant,
            people=one.people,
            handlers=one.handlers,
            bodies_below=one.bodies_below,
        )


class StaffingPage(BaseModel):
    items: list[StaffingOut]
    next_cursor: str | None


class HolderOut(BaseModel):
    id: int
    name: str


class StaffedPostOut(BaseModel):
    """A post; without holders it is vacant."""

    post: PostOut
    holders: list[HolderOut]


class StaffOut(BaseModel):
    organisation: OrganisationOut
    posts: list[StaffedPostOut]


class LeavingIn(BaseModel):
    """The last day that the account works."""

    last_day: date
