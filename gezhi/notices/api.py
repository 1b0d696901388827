"""Doors of notices: what I am told, and what goes out to phones."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated
from uuid import UUID

from django.http import HttpRequest
from ninja import Field, Query
from pydantic import BaseModel, model_validator

from gezhi.kernel.permissions import Actor, Permission
from gezhi.notices.actions import mark_read, retry_messages
from gezhi.notices.queries import MOST_COUNTED, count_messages, count_unread, list_messages, list_notices
from gezhi.notices.rules.sending import State
from gezhi.notices.shapes import MessageOut, NoticeOut, message_out, notice_out
from gezhi.people.queries import moment_of
from gezhi.plumbing.clock import system_clock
from gezhi.plumbing.clock_guard.guard import stopped_since
from gezhi.plumbing.doors import Router, Second, actor_of, decode_cursor, encode_cursor
from gezhi.plumbing.shapes import Exact, MomentIn, cursor_of, page_of

router = Router(tags=["notices"])

MOST_AT_ONCE = 200


class NoticesAsked(BaseModel):
    unread: bool = False
    cursor: str = ""
    limit: int = Field(50, ge=1, le=200)


class NoticePage(BaseModel):
    items: list[NoticeOut]
    next_cursor: str | None


class UnreadOut(BaseModel):
    """`more`: there are a hundred or more, the count stops there. `clocks_stopped_at`: since when nothing is put on
    record by the clock, which everybody hears of; why, and the release, are at `/clock`.
    """

    unread: int
    more: bool
    clocks_stopped_at: datetime | None


class Read(Exact):
    """`ids`: these notices. `until`: all up to this moment; what comes in later stays unread."""

    ids: list[int] = Field([], max_length=MOST_AT_ONCE)
    until: MomentIn | None = None

    @model_validator(mode="after")
    def _names_some(self) -> Read:
        if not self.ids and self.until is None:
            message = "ids or until"
            raise ValueError(message)
        return self


class MessagesAsked(BaseModel):
    state: State | None = None
    cursor: str = ""
    limit: int = Field(50, ge=1, le=200)


class MessagePage(BaseModel):
    """What has reached nobody, by its state, each counted up to a hundred."""

    items: list[MessageOut]
    next_cursor: str | None
    waiting: int
    refused: int
    given_up: int
    to_call: int


class Retry(Exact):
    ids: list[UUID] = Field(min_length=1, max_length=MOST_AT_ONCE)


class RetriedOut(BaseModel):
    retried: int


@router.get("/notices", permission=Permission.SIGNED_IN, response=NoticePage)
def get_notices(request: HttpRequest, asked: Annotated[NoticesAsked, Query()]) -> NoticePage:
    """My notices, the newest first."""
    after = decode_cursor(asked.cursor, Second, int) if asked.cursor else None
    notices = list_notices(actor_of(request).user_id, unread=asked.unread, after=after, limit=asked.limit + 1)
    page, next_cursor = page_of(notices, asked.limit, lambda last: encode_cursor(moment_of(last.created_at), last.id))
    return NoticePage(items=[notice_out(one) for one in page], next_cursor=next_cursor)


@router.get("/notices/unread", permission=Permission.SIGNED_IN, response=UnreadOut)
def get_unread(request: HttpRequest) -> UnreadOut:
    """How many I have not read, and whether the clocks stand; asked every few seconds: two short looks."""
    return _unread(actor_of(request))


@router.post("/notices/read", permission=Permission.SIGNED_IN, response=UnreadOut, repeats="what is read stays read")
def read_notices(request: HttpRequest, body: Read) -> UnreadOut:
    """Mark as read; sent twice it changes nothing more."""
    actor = actor_of(request)
    until = moment_of(body.until) if body.until is not None else None
    mark_read(actor.user_id, ids=body.ids, until=until, clock=system_clock)
    return _unread(actor)


@router.get("/messages", permission=Permission.MESSAGES_READ, response=MessagePage)
def get_messages(request: HttpRequest, asked: Annotated[MessagesAsked, Query()]) -> MessagePage:
    """Texts to reporters, the newest first, with what is stuck and why."""
    actor = actor_of(request)
    after = decode_cursor(asked.cursor, Second, UUID) if asked.cursor else None
    messages = list_messages(actor.scope, state=asked.state, after=after, limit=asked.limit + 1)
    page, next_cursor = page_of(messages, asked.limit, lambda last: cursor_of(moment_of(last.created_at), last.id))
    counts = count_messages(actor.scope)
    return MessagePage(
        items=[message_out(one, actor) for one in page],
        next_cursor=next_cursor,
        **{state.value: count for state, count in counts.items()},
    )


@router.post(
    "/messages/retry",
    permission=Permission.MESSAGES_READ,
    response=RetriedOut,
    repeats="what waits already is left alone",
)
def retry(request: HttpRequest, body: Retry) -> RetriedOut:
    """Try what has failed again at once; all others and those outside the scope are left alone."""
    return RetriedOut(retried=retry_messages(actor_of(request).scope, body.ids, clock=system_clock))


def _unread(actor: Actor) -> UnreadOut:
    unread = count_unread(actor.user_id)
    return UnreadOut(unread=unread, more=unread >= MOST_COUNTED, clocks_stopped_at=stopped_since())
