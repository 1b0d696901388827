"""Signing in (登录) on record: failures that count, devices and addresses that are known, where somebody is signed in."""

from __future__ import annotations

import msgspec
from django.contrib.sessions.models import Session
from django.db import transaction

from gezhi.kernel.problems import NotFound
from gezhi.people.actions.accounts import set_password
from gezhi.people.actions.sessions import end_sessions
from gezhi.people.actions.tokens import revoke_token
from gezhi.people.models import AccountEvent, ApiToken, SignInFailure, UserSession
from gezhi.people.queries import as_datetime
from gezhi.people.rules.account_events import AccountEventKind
from gezhi.plumbing.clock import Clock

LONGEST_AGENT = 200


class Place(msgspec.Struct, frozen=True, kw_only=True):
    """Whence somebody asks: `network` is what counts as one address, `device` is named where it is known."""

    address: str
    network: str
    device: str = ""
    agent: str = ""


def note_failure(name: str, place: Place, *, clock: Clock) -> None:
    SignInFailure.objects.create(name=name, place=place.network, device=place.device, at=as_datetime(clock()))


@transaction.atomic
def note_sign_in(user_id: int, name: str, key: str, place: Place, *, clock: Clock) -> None:
    """登录成功: own failures are forgotten, the session is listed."""
    SignInFailure.objects.filter(name=name, place=place.network, device=place.device).delete()
    where = {"address": place.address, "agent": place.agent[:LONGEST_AGENT]}
    # who signs in again in the middle of work keeps the key
    UserSession.objects.update_or_create(
        key=key, defaults={"user_id": user_id, "signed_in_at": as_datetime(clock()), **where}
    )


@transaction.atomic
def change_own_password(user_id: int, password: str, *, key: str, new_key: str, address: str, clock: Clock) -> None:
    """修改密码 by the user: every other session ends; this one goes on under another key."""
    UserSession.objects.filter(user_id=user_id, key=key).update(key=new_key)
    set_password(user_id, password, but=new_key)
    _note(user_id, AccountEventKind.PASSWORD_CHANGED, address, clock)


@transaction.atomic
def end_own_session(user_id: int, session_id: int, *, address: str, clock: Clock) -> None:
    """退出一处登录."""
    row = UserSession.objects.filter(user_id=user_id, id=session_id).first()
    if row is None:
        raise NotFound
    Session.objects.filter(session_key=row.key).delete()
    row.delete()
    _note(user_id, AccountEventKind.SESSION_ENDED, address, clock, what=row.address)


@transaction.atomic
def end_other_sessions(user_id: int, *, but: str, address: str, clock: Clock) -> None:
    """退出其他全部登录."""
    end_sessions(user_id, but=but)
    _note(user_id, AccountEventKind.OTHERS_ENDED, address, clock)


@transaction.atomic
def revoke_own_token(user_id: int, token_id: int, *, address: str, clock: Clock) -> None:
    """吊销自己的接口令牌."""
    token = ApiToken.objects.filter(id=token_id, user_id=user_id).first()
    if token is None:
        raise NotFound
    revoke_token(token_id, clock=clock)
    _note(user_id, AccountEventKind.TOKEN_REVOKED, address, clock, what=token.name)


def _note(user_id: int, kind: AccountEventKind, address: str, clock: Clock, *, what: str = "") -> None:
    AccountEvent.objects.create(user_id=user_id, kind=kind, at=as_datetime(clock()), address=address, what=what)
