"""/organisations and /people: names and posts, page by page."""

from __future__ import annotations

from typing import Annotated

from django.http import HttpRequest
from ninja import Query

from gezhi.kernel.permissions import Permission
from gezhi.people.api.schemas import OrganisationOut, OrganisationPage, PeoplePage, PersonOut
from gezhi.people.queries import day_of, held_directory, list_organisations, list_people
from gezhi.people.rules.organisation_kinds import OrganisationKind
from gezhi.plumbing.clock import system_clock
from gezhi.plumbing.doors import Router, decode_cursor, encode_cursor

router = Router(tags=["people"])

Limit = Annotated[int, Query(ge=1, le=200)]
Words = Annotated[str, Query(max_length=100)]


@router.get("/organisations", permission=Permission.PEOPLE_READ, response=OrganisationPage)
def get_organisations(
    request: HttpRequest,  # noqa: ARG001
    q: Words = "",
    kind: OrganisationKind | None = None,
    cursor: str = "",
    limit: Limit = 50,
) -> OrganisationPage:
    """Organisations in force today, by a word of their name or code and by kind."""
    (after_id,) = decode_cursor(cursor, int) if cursor else (0,)
    found = list_organisations(text=q, kind=kind or "", after_id=after_id, on=day_of(system_clock()), limit=limit + 1)
    page = found[:limit]
    return OrganisationPage(
        items=[OrganisationOut.of(body) for body in page],
        next_cursor=encode_cursor(page[-1].id) if len(found) > limit else None,
    )


@router.get("/people", permission=Permission.PEOPLE_READ, response=PeoplePage)
def get_people(
    request: HttpRequest,  # noqa: ARG001
    q: Words = "",
    cursor: str = "",
    limit: Limit = 50,
) -> PeoplePage:
    """Active users: names and posts, nothing else."""
    (after_id,) = decode_cursor(cursor, int) if cursor else (0,)
    on = day_of(system_clock())
    found = list_people(text=q, after_id=after_id, on=on, limit=limit + 1)
    page, directory = found[:limit], held_directory()
    return PeoplePage(
        items=[PersonOut.of(directory, user, directory.posts_of(user.id, on)) for user in page],
        next_cursor=encode_cursor(page[-1].id) if len(found) > limit else None,
    )
