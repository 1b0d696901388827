"""/organisations and /people: names, posts and numbers, page by page; and who answers for a body."""

from __future__ import annotations

from typing import Annotated

from django.http import HttpRequest
from ninja import Query
from pydantic import Field

from gezhi.kernel.permissions import Actor, Permission, Role
from gezhi.kernel.problems import NotFound
from gezhi.people.actions import end_officer, name_officer
from gezhi.people.api.schemas import (
    CandidateOut,
    LeavingIn,
    OfficerIn,
    OfficersOut,
    OrganisationPage,
    PeoplePage,
    StaffingPage,
    StaffOut,
)
from gezhi.people.queries import (
    PeopleFilter,
    day_of,
    held_directory,
    list_organisations,
    list_people,
    list_staff,
    list_staffing,
)
from gezhi.people.rules.officers import OfficerState, eligible, is_reached, state_of
from gezhi.people.rules.organisation_kinds import OrganisationKind
from gezhi.people.shapes import OfficerOut, OrganisationOut, PersonOut, PostOut, StaffedPostOut, StaffingOut
from gezhi.plumbing.clock import system_clock
from gezhi.plumbing.doors import Router, actor_of, decode_cursor, encode_cursor
from gezhi.plumbing.shapes import page_of

router = Router(tags=["people"])

Limit = Annotated[int, Query(ge=1, le=200)]
Words = Annotated[str, Query(max_length=100)]
Ids = Annotated[list[Annotated[int, Field(ge=0, le=2**53)]] | None, Query(max_length=100)]
"""Those of these ids alone, for the names of what was chosen before."""


@router.get("/organisations", permission=Permission.PEOPLE_READ, response=OrganisationPage)
def get_organisations(
    request: HttpRequest,  # noqa: ARG001
    q: Words = "",
    kind: OrganisationKind | None = None,
    id: Ids = None,  # noqa: A002
    cursor: str = "",
    limit: Limit = 50,
) -> OrganisationPage:
    """Organisations in force today, by a word of their name or code and by kind, or those of some ids."""
    (after_id,) = decode_cursor(cursor, int) if cursor else (0,)
    on = day_of(system_clock())
    bodies = list_organisations(text=q, kind=kind or "", ids=id, after_id=after_id, on=on, limit=limit + 1)
    page, next_cursor = page_of(bodies, limit, lambda last: encode_cursor(last.id))
    return OrganisationPage(
        items=[OrganisationOut.of(body) for body in page],
        next_cursor=next_cursor,
    )


@router.get("/people", permission=Permission.PEOPLE_READ, response=PeoplePage)
def get_people(
    request: HttpRequest,  # noqa: ARG001
    q: Words = "",
    role: Role | None = None,
    organisation: int | None = None,
    id: Ids = None,  # noqa: A002
    ended: bool = False,  # noqa: FBT001, FBT002 - a query parameter
    cursor: str = "",
    limit: Limit = 50,
) -> PeoplePage:
    """Active users: names and posts, nothing else; `organisation` takes in those below it, `ended` those who left."""
    (after_id,) = decode_cursor(cursor, int) if cursor else (0,)
    on = day_of(system_clock())
    directory = held_directory()
    if organisation is not None and organisation not in directory.organisations:
        raise NotFound(field="organisation")
    filters = PeopleFilter(text=q, role=role, organisation_id=organisation, ids=id, ended=ended, after_id=after_id)
    people = list_people(filters, on=on, limit=limit + 1)
    page, next_cursor = page_of(people, limit, lambda last: encode_cursor(last.id))
    return PeoplePage(
        items=[PersonOut.of(directory, user, directory.posts_of(user.id, on)) for user in page],
        next_cursor=next_cursor,
    )


@router.get(
    "/staffing",
    permission=Permission.PEOPLE_READ,
    response=StaffingPage,
    summary="机构人数 · bodies with their numbers",
)
def get_staffing(
    request: HttpRequest,  # noqa: ARG001
    cursor: str = "",
    limit: Limit = 50,
) -> StaffingPage:
    """Every organisation in force today with its posts and people."""
    return _staffing(None, cursor, limit)


@router.get(
    "/organisations/{organisation_id}/below",
    permission=Permission.SIGNED_IN,
    response=StaffingPage,
    summary="下级机构 · bodies below",
)
def get_below(request: HttpRequest, organisation_id: int, cursor: str = "", limit: Limit = 50) -> StaffingPage:
    """All bodies below one: of one's own, or of any for who may see organisations."""
    _check_near(actor_of(request), organisation_id)
    return _staffing(organisation_id, cursor, limit)


@router.get(
    "/organisations/{organisation_id}/staff",
    permission=Permission.SIGNED_IN,
    response=StaffOut,
    summary="机构人员 · posts and people",
)
def get_staff(request: HttpRequest, organisation_id: int) -> StaffOut:
    """The posts of one body with who holds them; a vacant post has nobody."""
    _check_near(actor_of(request), organisation_id)
    return _staff(organisation_id)


@router.get(
    "/organisations/{organisation_id}/officers",
    permission=Permission.SIGNED_IN,
    response=OfficersOut,
    summary="机构责任人 · who answers for a body",
)
def get_officers(request: HttpRequest, organisation_id: int) -> OfficersOut:
    """Contact, head, deputies and leader in charge with their days; what has ended stays."""
    actor, directory, today = actor_of(request), held_directory(), day_of(system_clock())
    _check_near(actor, organisation_id)
    rows = directory.all_officers_of(organisation_id)
    may_change = Permission.SETTINGS_WRITE in actor.permissions and is_reached(directory, organisation_id, actor.scope)

    def shown(state: OfficerState) -> list[OfficerOut]:
        return [OfficerOut.of(directory, one) for one in rows if state_of(one, today) is state]

    return OfficersOut(
        organisation=OrganisationOut.of(directory.organisations[organisation_id]),
        current=shown(OfficerState.CURRENT),
        coming=shown(OfficerState.COMING),
        past=shown(OfficerState.PAST)[::-1],
        may_change=may_change,
        candidates=[
            CandidateOut(id=user, name=directory.users[user].name, post=PostOut.of(directory, post))
            for user, post in (eligible(directory, organisation_id, today) if may_change else ())
        ],
    )


@router.post(
    "/organisations/{organisation_id}/officers",
    permission=Permission.SETTINGS_WRITE,
    response=StaffOut,
    repeats="somebody is named once",
    summary="登记责任人 · name who answers for a body",
)
def post_officer(request: HttpRequest, organisation_id: int, sent: OfficerIn) -> StaffOut:
    """Contact, head, deputy or leader in charge, from a day on."""
    name_officer(organisation_id, sent.kind, sent.user_id, valid_from=sent.valid_from, actor=actor_of(request))
    return _staff(organisation_id)


@router.post(
    "/officers/{officer_id}/end",
    permission=Permission.SETTINGS_WRITE,
    response=StaffOut,
    repeats="the last day is set",
    summary="撤销责任人 · end it",
)
def post_officer_end(request: HttpRequest, officer_id: int, sent: LeavingIn) -> StaffOut:
    """The last day on which somebody answers for the body."""
    return _staff(end_officer(officer_id, last_day=sent.last_day, actor=actor_of(request)))


def _staff(organisation_id: int) -> StaffOut:
    directory, on = held_directory(), day_of(system_clock())
    return StaffOut(
        organisation=OrganisationOut.of(directory.organisations[organisation_id]),
        officers=[OfficerOut.of(directory, one) for one in directory.officers_of(organisation_id, on)],
        posts=[StaffedPostOut.of(directory, one) for one in list_staff(organisation_id, on=on)],
    )


def _staffing(organisation_id: int | None, cursor: str, limit: int) -> StaffingPage:
    (after_id,) = decode_cursor(cursor, int) if cursor else (0,)
    bodies = list_staffing(
        organisation_id=organisation_id, after_id=after_id, on=day_of(system_clock()), limit=limit + 1
    )
    page, next_cursor = page_of(bodies, limit, lambda last: encode_cursor(last.body.id))
    return StaffingPage(
        items=[StaffingOut.counted(one) for one in page],
        next_cursor=next_cursor,
    )


def _check_near(actor: Actor, organisation_id: int) -> None:
    directory = held_directory()
    is_near = Permission.PEOPLE_READ in actor.permissions or organisation_id in directory.subtree(actor.organisation_id)
    if organisation_id not in directory.organisations or not is_near:
        raise NotFound
