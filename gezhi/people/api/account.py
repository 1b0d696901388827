"""/session/account: one's own password, where one is signed in, one's own tokens; what was done stays on record."""

from __future__ import annotations

from datetime import datetime

from django.http import HttpRequest
from ninja import Status
from pydantic import BaseModel, Field

from gezhi.kernel.permissions import Permission
from gezhi.kernel.problems import Problem
from gezhi.people.actions import change_own_password, end_other_sessions, end_own_session, revoke_own_token
from gezhi.people.api.authority import STAMP_KEY, is_by_token
from gezhi.people.api.passwords import checked_password
from gezhi.people.queries import (
    as_datetime,
    get_password_stamp,
    get_user,
    held_directory,
    list_account_events,
    list_own_sessions,
    list_own_tokens,
    moment_of,
)
from gezhi.people.rules.account_events import EVENT_NAMES, AccountEventKind
from gezhi.people.rules.session_limits import SESSION_LIMIT_S
from gezhi.people.shapes import PostOut
from gezhi.plumbing.clock import system_clock
from gezhi.plumbing.doors import Router, actor_of
from gezhi.plumbing.shapes import Exact, TextOut

router = Router(tags=["session"])
MOST_EVENTS = 20
SIGNED_IN = Permission.SIGNED_IN


class SignInFirst(Problem):
    code = "people.account.by-session-only"
    status = 403
    title = "账号和密码只能由本人登录网页后管理，接口令牌不能操作。"
    title_en = "An account is managed by its holder, signed in; a token may not."


class WrongOldPassword(Problem):
    code = "people.account.wrong-old-password"
    status = 422
    title = "原密码不正确，请重新输入。"
    title_en = "The present password is wrong; please try again."


class SamePassword(Problem):
    code = "people.account.same-password"
    status = 422
    title = "新密码与原密码相同，请换一个。"
    title_en = "The new password is the present one; please choose another."


class PasswordIn(Exact):
    old: str = Field(min_length=1, max_length=200)
    new: str = Field(min_length=1, max_length=200)


class OwnSessionOut(BaseModel):
    """`agent`: the browser as it names itself; `current`: the one that asks."""

    id: int
    signed_in_at: datetime
    expires_at: datetime
    address: str
    agent: str
    current: bool


class OwnTokenOut(BaseModel):
    id: int
    name: str
    post: PostOut
    created_at: datetime
    expires_at: datetime
    last_used_at: datetime | None


class AccountEventOut(BaseModel):
    """`what`: the address of an ended session, the name of a token."""

    kind: AccountEventKind
    text: TextOut
    at: datetime
    address: str
    what: str


class AccountOut(BaseModel):
    sessions: list[OwnSessionOut]
    tokens: list[OwnTokenOut]
    events: list[AccountEventOut]


@router.get("/session/account", permission=SIGNED_IN, response=AccountOut)
def read_account(request: HttpRequest) -> AccountOut:
    """我的账号: where one is signed in, the tokens that act for one, and what was changed."""
    user_id, now, directory = _own(request), system_clock(), held_directory()
    return AccountOut(
        sessions=[
            OwnSessionOut(
                id=one.id,
                signed_in_at=one.signed_in_at,
                expires_at=as_datetime(moment_of(one.signed_in_at) + SESSION_LIMIT_S),
                address=one.address,
                agent=one.agent,
                current=one.key == request.session.session_key,
            )
            for one in list_own_sessions(user_id, now=now)
        ],
        tokens=[
            OwnTokenOut(
                id=one.id,
                name=one.name,
                post=PostOut.of(directory, directory.posts[one.post_id]),
                created_at=one.created_at,
                expires_at=one.expires_at,
                last_used_at=one.last_used_at,
            )
            for one in list_own_tokens(user_id, now=now)
        ],
        events=[
            AccountEventOut(
                kind=AccountEventKind(one.kind),
                text=TextOut(
                    zh=EVENT_NAMES[AccountEventKind(one.kind)][0], en=EVENT_NAMES[AccountEventKind(one.kind)][1]
                ),
                at=one.at,
                address=one.address,
                what=one.what,
            )
            for one in list_account_events(user_id, limit=MOST_EVENTS)
        ],
    )


@router.put(
    "/session/password",
    permission=SIGNED_IN,
    response=AccountOut,
    repeats="the old password is asked for, which is another then",
)
def change_password(request: HttpRequest, sent: PasswordIn) -> AccountOut:
    """修改密码: asks for the present one, and ends every other session."""
    user_id = _own(request)
    if checked_password(request, get_user(user_id).username, sent.old) is None:
        raise WrongOldPassword(field="old")
    if sent.new == sent.old:
        raise SamePassword(field="new")
    key = str(request.session.session_key)
    request.session.cycle_key()
    new_key = str(request.session.session_key)
    change_own_password(user_id, sent.new, key=key, new_key=new_key, address=_address(request), clock=system_clock)
    request.session[STAMP_KEY] = get_password_stamp(user_id)
    return read_account(request)


@router.delete("/session/account/sessions", permission=SIGNED_IN, response=AccountOut, repeats="what ended stays ended")
def end_others(request: HttpRequest) -> AccountOut:
    """Sign out everywhere but here."""
    key = str(request.session.session_key)
    end_other_sessions(_own(request), but=key, address=_address(request), clock=system_clock)
    return read_account(request)


@router.delete(
    "/session/account/sessions/{session_id}",
    permission=SIGNED_IN,
    response={204: None},
    repeats="what ended stays ended",
)
def end_session(request: HttpRequest, session_id: int) -> Status[None]:
    """Sign out in one place."""
    end_own_session(_own(request), session_id, address=_address(request), clock=system_clock)
    return Status(204, None)


@router.delete(
    "/session/account/tokens/{token_id}", permission=SIGNED_IN, response={204: None}, repeats="revoked once and for all"
)
def revoke(request: HttpRequest, token_id: int) -> Status[None]:
    """End a token that acts for oneself, at once."""
    revoke_own_token(_own(request), token_id, address=_address(request), clock=system_clock)
    return Status(204, None)


def _said(kind: AccountEventKind) -> TextOut:
    zh, en = EVENT_NAMES[kind]
    return TextOut(zh=zh, en=en)


def _own(request: HttpRequest) -> int:
    if is_by_token(request):
        raise SignInFirst
    return actor_of(request).user_id


def _address(request: HttpRequest) -> str:
    return str(request.META.get("REMOTE_ADDR", ""))
