"""机构、岗位、人员的样子: bodies, posts and people as every door shows them."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime

from pydantic import BaseModel

from gezhi.kernel.permissions import Role
from gezhi.people.rules.directory import Directory, OrganisationFacts, PostFacts, UserFacts
from gezhi.people.rules.held_posts import OfficerFacts
from gezhi.people.rules.officers import OfficerKind
from gezhi.people.rules.organisation_kinds import OrganisationKind
from gezhi.people.rules.roster import RosterFacts
from gezhi.people.rules.staff import StaffedPost, Staffing
from gezhi.plumbing.shapes import TextOut, maybe, moment
from gezhi.regions.queries import area_name


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
    active_to: date | None
    posts: list[PostOut]

    @classmethod
    def of(cls, directory: Directory, user: UserFacts, posts: tuple[PostFacts, ...]) -> PersonOut:
        return cls(
            id=user.id, name=user.name, active_to=user.active_to, posts=[PostOut.of(directory, post) for post in posts]
        )


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
    valid_to: date | None

    @classmethod
    def of(cls, directory: Directory, one: OfficerFacts) -> OfficerOut:
        person = HolderOut(id=one.user_id, name=directory.users[one.user_id].name)
        return cls(
            id=one.id, kind=OfficerKind(one.kind), person=person, valid_from=one.valid_from, valid_to=one.valid_to
        )


class StaffedPostOut(BaseModel):
    """A post; without holders it is vacant."""

    post: PostOut
    holders: list[HolderOut]

    @classmethod
    def of(cls, directory: Directory, one: StaffedPost) -> StaffedPostOut:
        holders = [HolderOut(id=user.id, name=user.name) for user in one.holders]
        return cls(post=PostOut.of(directory, one.post), holders=holders)


class BeatOut(BaseModel):
    """A region or a unit grid of a beat; a grid is told by the community in which it lies."""

    code: str
    name: str


class RosterOut(BaseModel):
    """值班表一行. `entered_late`: after the shift had begun."""

    id: int
    person: HolderOut
    account: str
    organisation: TextOut
    beat: list[BeatOut]
    starts_at: datetime
    ends_at: datetime
    entered_at: datetime
    entered_by: str
    entered_late: bool
    struck_at: datetime | None
    struck_by: str
    struck_because: str

    @classmethod
    def of(cls, directory: Directory, areas: Mapping[str, str], one: RosterFacts) -> RosterOut:
        user = directory.users[one.user_id]
        body = directory.organisations[directory.posts[one.post_id].organisation_id]
        return cls(
            id=one.id,
            person=HolderOut(id=user.id, name=user.name),
            account=user.username,
            organisation=TextOut(zh=body.name, en=body.name_en),
            beat=[BeatOut(code=code, name=area_name(areas, code) or code) for code in one.region_codes],
            starts_at=moment(one.starts_at),
            ends_at=moment(one.ends_at),
            entered_at=moment(one.entered_at),
            entered_by=_name_of(directory, one.entered_by),
            entered_late=one.entered_at > one.starts_at,
            struck_at=maybe(one.struck_at),
            struck_by=_name_of(directory, one.struck_by),
            struck_because=one.struck_because,
        )


def _name_of(directory: Directory, user_id: int | None) -> str:
    user = directory.users.get(user_id or 0)
    return user.name if user is not None else ""
