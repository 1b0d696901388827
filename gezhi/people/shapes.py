"""机构、岗位、人员的样子: bodies, posts and people as every door shows them."""

from __future__ import annotations

from datetime import date

from pydantic import BaseModel

from gezhi.kernel.permissions import Role
from gezhi.people.rules.directory import Directory, OfficerFacts, OrganisationFacts, PostFacts, UserFacts
from gezhi.people.rules.officers import OfficerKind
from gezhi.people.rules.organisation_kinds import OrganisationKind
from gezhi.people.rules.staff import StaffedPost, Staffing
from gezhi.plumbing.shapes import TextOut


class UnitOut(BaseModel):
    """A body by its name alone."""

    id: int
    name: str


class OrganisationOut(BaseModel):
    id: int
    code: str
    name: TextOut
    kind: OrganisationKind
    platform_level: int
    parent_id: int | None
    region_code: str

    @classmethod
    def of(cls, body: OrganisationFacts) -> OrganisationOut:
        return cls(
            id=body.id,
            code=body.code,
            name=TextOut(zh=body.name, en=body.name_en),
            kind=body.kind.value,
            platform_level=body.platform_level,
            parent_id=body.parent_id,
            region_code=body.region_code,
        )


class PostOut(BaseModel):
    id: int
    title: TextOut
    role: Role
    organisation_id: int
    organisation: TextOut

    @classmethod
    def of(cls, directory: Directory, post: PostFacts) -> PostOut:
        body = directory.organisations[post.organisation_id]
        return cls(
            id=post.id,
            title=TextOut(zh=post.title, en=post.title_en),
            role=post.role.value,
            organisation_id=body.id,
            organisation=TextOut(zh=body.name, en=body.name_en),
        )


class PersonOut(BaseModel):
    id: int
    name: str
    posts: list[PostOut]

    @classmethod
    def of(cls, directory: Directory, user: UserFacts, posts: tuple[PostFacts, ...]) -> PersonOut:
        return cls(id=user.id, name=user.name, posts=[PostOut.of(directory, post) for post in posts])


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
            **dict(OrganisationOut.of(one.body)),
            posts=one.posts,
            vacant=one.vacant,
            people=one.people,
            handlers=one.handlers,
            bodies_below=one.bodies_below,
        )


class HolderOut(BaseModel):
    id: int
    name: str


class OfficerOut(BaseModel):
    """Who answers for a body, in which capacity, since when."""

    id: int
    kind: OfficerKind
    person: HolderOut
    valid_from: date

    @classmethod
    def of(cls, directory: Directory, one: OfficerFacts) -> OfficerOut:
        person = HolderOut(id=one.user_id, name=directory.users[one.user_id].name)
        return cls(id=one.id, kind=OfficerKind(one.kind), person=person, valid_from=one.valid_from)


class StaffedPostOut(BaseModel):
    """A post; without holders it is vacant."""

    post: PostOut
    holders: list[HolderOut]

    @classmethod
    def of(cls, directory: Directory, one: StaffedPost) -> StaffedPostOut:
        holders = [HolderOut(id=user.id, name=user.name) for user in one.holders]
        return cls(post=PostOut.of(directory, one.post), holders=holders)
