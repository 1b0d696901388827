"""/people/acts: bodies, posts and people are kept (机构人员维护): seen before it is stored, and on record afterwards.

Who has just changed something sees it at once: the directory is read as the database has it.
"""

from __future__ import annotations

from typing import Annotated

from django.http import HttpRequest
from ninja import Body, Query, Status

from gezhi.kernel.permissions import Actor, Permission
from gezhi.kernel.problems import NotFound
from gezhi.people.actions import do_act, preview_act
from gezhi.people.api.care_schemas import (
    AnyActIn,
    KeptBodyOut,
    KeptPersonOut,
    PostPage,
    StaffDeedPage,
    StaffDoneOut,
    StaffPreviewOut,
    act_of,
    lines_out,
)
from gezhi.people.api.care_shown import body_out, deed_out, person_out
from gezhi.people.queries import day_of, held_directory, load_directory
from gezhi.people.queries.care import contact_of, list_coming, list_deeds, list_posts
from gezhi.people.rules.care.reach import WhoseRecord, check_body, check_person
from gezhi.people.rules.care.wording import lines_of
from gezhi.people.rules.directory import Directory
from gezhi.people.shapes import PostOut
from gezhi.plumbing.clock import system_clock
from gezhi.plumbing.doors import Count, Router, actor_of, decode_cursor, encode_cursor
from gezhi.plumbing.request_keys import doing_of
from gezhi.plumbing.shapes import TextOut, page_of

router = Router(tags=["people"])
Limit = Annotated[int, Query(ge=1, le=200)]
Words = Annotated[str, Query(max_length=100)]


@router.post(
    "/people/acts/preview",
    permission=Permission.SETTINGS_WRITE,
    response=StaffPreviewOut,
    repeats="it only reads",
    summary="变更预览 · what an act would change",
)
def post_preview(request: HttpRequest, sent: Annotated[AnyActIn, Body()]) -> StaffPreviewOut:
    """The difference, or why it is refused; nothing is stored."""
    plan = preview_act(act_of(sent), actor_of(request), clock=system_clock)
    return StaffPreviewOut(
        valid_from=plan.valid_from,
        lines=lines_out(lines_of(load_directory(), plan.rows)),
        notes=[TextOut(zh=note.zh, en=note.en) for note in plan.notes],
    )


@router.post(
    "/people/acts",
    permission=Permission.SETTINGS_WRITE,
    response={201: StaffDoneOut},
    summary="办理机构人员变更 · keep bodies, posts and people",
)
def post_act(request: HttpRequest, sent: Annotated[AnyActIn, Body()]) -> Status[StaffDoneOut]:
    """Taking up, appointing, ending and so on, each from a day on. Sent again under the same Idempotency-Key: the deed
    that stands, without its password.
    """
    done = do_act(act_of(sent), doing_of(request))
    return Status(201, StaffDoneOut(deed_id=done.deed_id, password=done.password))


@router.get(
    "/people/acts",
    permission=Permission.SETTINGS_WRITE,
    response=StaffDeedPage,
    summary="变更记录 · what was done to a body or to somebody",
)
def get_acts(
    request: HttpRequest,
    organisation_id: int | None = None,
    user_id: int | None = None,
    cursor: str = "",
    limit: Limit = 30,
) -> StaffDeedPage:
    """The newest first; name a body or a person."""
    actor, directory = actor_of(request), load_directory()
    (before_id,) = decode_cursor(cursor, Count) if cursor else (None,)
    _check_one(directory, actor, organisation_id, user_id)
    found = list_deeds(organisation_id=organisation_id, user_id=user_id, before_id=before_id, limit=limit + 1)
    page, next_cursor = page_of(found, limit, lambda last: encode_cursor(last[0].id))
    today = day_of(system_clock())
    return StaffDeedPage(items=[deed_out(directory, row, facts, today) for row, facts in page], next_cursor=next_cursor)


@router.get(
    "/organisations/{organisation_id}/kept",
    permission=Permission.SETTINGS_WRITE,
    response=KeptBodyOut,
    summary="机构、岗位与编制 · a body as it is kept",
)
def get_kept_body(request: HttpRequest, organisation_id: int) -> KeptBodyOut:
    """Posts with establishment and actual staff: now, to come and before; changes that wait for their day."""
    directory, today = load_directory(), day_of(system_clock())
    if organisation_id not in directory.organisations:
        raise NotFound
    return body_out(directory, organisation_id, actor_of(request), today, list_coming(organisation_id, today))


@router.get(
    "/people/{user_id}/kept",
    permission=Permission.SETTINGS_WRITE,
    response=KeptPersonOut,
    summary="人员档案 · a person as they are kept",
)
def get_kept_person(request: HttpRequest, user_id: int) -> KeptPersonOut:
    """Account, posts, leaves, and what the person still has in hand. The telephone only within one's own regions."""
    directory, today = load_directory(), day_of(system_clock())
    if user_id not in directory.users:
        raise NotFound
    return person_out(directory, user_id, actor_of(request), today, contact_of(user_id))


@router.get("/posts", permission=Permission.PEOPLE_READ, response=PostPage, summary="岗位 · posts")
def get_posts(
    request: HttpRequest,  # noqa: ARG001
    q: Words = "",
    cursor: str = "",
    limit: Limit = 50,
) -> PostPage:
    """Posts that are open today, by a word of their title, their body or their role."""
    (after_id,) = decode_cursor(cursor, int) if cursor else (0,)
    found = list_posts(q, after_id=after_id, on=day_of(system_clock()), limit=limit + 1)
    page, next_cursor = page_of(found, limit, lambda last: encode_cursor(last.id))
    directory = held_directory()
    return PostPage(items=[PostOut.of(directory, post) for post in page], next_cursor=next_cursor)


def _check_one(directory: Directory, actor: Actor, organisation_id: int | None, user_id: int | None) -> None:
    """Whose record is asked for, and whether it is the administrator's to read."""
    if organisation_id is None and user_id is None:
        raise WhoseRecord(field="organisation_id")
    if organisation_id is not None:
        if organisation_id not in directory.organisations:
            raise NotFound(field="organisation_id")
        check_body(directory, directory.organisations[organisation_id], actor)
    elif user_id not in directory.users or user_id is None:
        raise NotFound(field="user_id")
    elif user_id != actor.user_id:
        check_person(directory, directory.users[user_id], actor)
