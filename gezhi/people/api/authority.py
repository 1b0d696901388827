"""Who asks (身份鉴别): a browser by its session, a machine by its bearer token; and whether the policy lets them in.

One statement per request at most: the session. Names, posts, scopes and tokens are held per process.
"""

from __future__ import annotations

from django.conf import settings
from django.contrib.auth import SESSION_KEY
from django.http import HttpRequest

from gezhi.kernel.permissions import Actor, Permission
from gezhi.kernel.problems import Problem
from gezhi.people.actions import note_token_use
from gezhi.people.queries import (
    get_actor,
    get_password_stamp,
    held_directory,
    held_tokens,
    must_change_password,
)
from gezhi.people.rules.policy import ChangePasswordFirst, PostEnded, decide_access
from gezhi.people.rules.session_limits import (
    TOKEN_USE_WRITTEN_EVERY_S,
    SessionExpired,
    TokenRefused,
    is_session_over,
)
from gezhi.people.rules.tokens import bearer_token, token_digest
from gezhi.plumbing.clock import system_clock

POST_KEY = "people.post_id"
STAMP_KEY = "people.stamp"
SIGNED_IN_KEY = "people.signed_in_at"
WITHOUT_OWN_PASSWORD = frozenset({Permission.PUBLIC, Permission.SIGNED_IN})

_token_uses: dict[str, int] = {}


def authorise(request: HttpRequest, permission: Permission) -> Actor | None:
    """The actor, or the problem that says why not. None: nobody has signed in."""
    now = system_clock()
    if "Authorization" in request.headers:
        actor: Actor | None = _actor_of_token(request.headers["Authorization"], permission, now)
    elif permission is Permission.PUBLIC:
        actor = _actor_if_known(request, now)
    else:
        actor = _actor_of_session(request, permission, now)
    if actor is None:
        return None
    if permission not in WITHOUT_OWN_PASSWORD and must_change_password(actor.user_id):
        raise ChangePasswordFirst
    answer = decide_access(actor, permission)
    if answer.problem is not None:
        raise answer.problem
    return actor


def is_by_token(request: HttpRequest) -> bool:
    return "Authorization" in request.headers


def _actor_of_token(header: str, permission: Permission, now: int) -> Actor | None:
    """Any Authorization header is a token or refused: going on to the cookie would go round the CSRF check."""
    token = bearer_token(header)
    digest = token_digest(token) if token else ""
    facts = held_tokens().get(digest)
    if facts is None or facts.expires_at <= now:
        raise TokenRefused
    if now - _token_uses.get(digest, 0) >= TOKEN_USE_WRITTEN_EVERY_S:
        _token_uses[digest] = now
        note_token_use(facts.id, now=now)
    try:
        return get_actor(facts.user_id, facts.post_id, now=now)
    except Problem:
        if permission is not Permission.PUBLIC:
            raise
        return None


def _actor_of_session(request: HttpRequest, permission: Permission, now: int) -> Actor | None:
    if settings.SESSION_COOKIE_NAME not in request.COOKIES:
        return None
    session = request.session
    user_id = int(session.get(SESSION_KEY, 0))
    if is_session_over(session.get(SIGNED_IN_KEY, 0), now) or not _is_stamp_current(user_id, session.get(STAMP_KEY)):
        raise SessionExpired
    try:
        return get_actor(user_id, session.get(POST_KEY), now=now)
    except PostEnded:
        if permission is not Permission.SIGNED_IN:
            raise
        actor = get_actor(user_id, now=now)
        session[POST_KEY] = actor.post_id
        return actor


def _is_stamp_current(user_id: int, stamp: object) -> bool:
    """Whether the password is still that of the session; the database is asked when the directory may lag behind."""
    user = held_directory().users.get(user_id)
    return user is not None and (user.stamp == stamp or get_password_stamp(user_id) == stamp)


def _actor_if_known(request: HttpRequest, now: int) -> Actor | None:
    try:
        return _actor_of_session(request, Permission.PUBLIC, now)
    except Problem:
        return None
