"""API tokens (接口令牌): a machine's key is shown once and kept as a digest only."""

from __future__ import annotations

from collections.abc import Callable

from django.db import transaction
from django.utils.crypto import get_random_string

from gezhi.kernel.problems import NotFound
from gezhi.people.models import ApiToken
from gezhi.people.queries import TOKENS, as_datetime, get_actor
from gezhi.people.rules.session_limits import TOKEN_USE_WRITTEN_EVERY_S
from gezhi.people.rules.tokens import DEFAULT_DAYS, PREFIX, token_digest
from gezhi.plumbing.clock import Clock
from gezhi.plumbing.versions import bump

SECRET_LENGTH = 43


def new_secret() -> str:
    return get_random_string(SECRET_LENGTH)


@transaction.atomic
def create_token(
    user_id: int,
    *,
    name: str,
    clock: Clock,
    post_id: int | None = None,
    days: int = DEFAULT_DAYS,
    make_secret: Callable[[], str] = new_secret,
) -> str:
    """A token that acts as a user in one post (the first they hold, unless named). It is seen this once."""
    now = clock()
    actor = get_actor(user_id, post_id, now=now)
    token = PREFIX + make_secret()
    ApiToken.objects.create(
        digest=token_digest(token),
        name=name,
        user_id=user_id,
        post_id=actor.post_id,
        created_at=as_datetime(now),
        expires_at=as_datetime(now + days * 86_400),
    )
    bump(TOKENS)
    return token


@transaction.atomic
def revoke_token(token_id: int, *, clock: Clock) -> None:
    """End a token at once (吊销令牌)."""
    if not ApiToken.objects.filter(id=token_id, revoked_at=None).update(revoked_at=as_datetime(clock())):
        raise NotFound
    bump(TOKENS)


def note_token_use(token_id: int, *, now: int) -> None:
    """When a token was last used, written at most once an hour however many processes see it."""
    stale = as_datetime(now - TOKEN_USE_WRITTEN_EVERY_S)
    ApiToken.objects.filter(id=token_id).exclude(last_used_at__gt=stale).update(last_used_at=as_datetime(now))
