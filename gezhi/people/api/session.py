"""/session: sign in, sign out, and in which post and language one works."""

from __future__ import annotations

from django.conf import settings
from django.contrib.auth import login, logout
from django.http import HttpRequest, HttpResponse
from django.views.decorators.csrf import ensure_csrf_cookie
from ninja import Status
from ninja.decorators import decorate_view

from gezhi.kernel.permissions import Actor, Permission
from gezhi.people.actions import note_new_hash, note_sign_in, set_language, set_last_post
from gezhi.people.api.authority import POST_KEY, SIGNED_IN_KEY, STAMP_KEY, is_by_token
from gezhi.people.api.passwords import checked_password, place_of_request, remember_device
from gezhi.people.api.schemas import (
    AccessOut,
    Credentials,
    LanguageChoice,
    PostChoice,
    ScopeOut,
    SessionOut,
    UserOut,
)
from gezhi.people.queries import (
    as_datetime,
    day_of,
    get_actor,
    get_user,
    held_directory,
    password_stamp,
)
from gezhi.people.rules.policy import PostEnded, decide_access
from gezhi.people.rules.session_limits import (
    SESSION_LIMIT_S,
    ForeignOrigin,
    SignInFailed,
    TokenHasOnePost,
)
from gezhi.people.shapes import OrganisationOut, PostOut
from gezhi.plumbing.clock import system_clock
from gezhi.plumbing.doors import Router, actor_of
from gezhi.plumbing.problem_json import LANGUAGE_COOKIE
from gezhi.plumbing.shapes import TextOut

router = Router(tags=["session"])
LANGUAGE_COOKIE_AGE_S = 365 * 86_400


@router.get("/session", permission=Permission.SIGNED_IN, response=SessionOut)
@decorate_view(ensure_csrf_cookie)
def read_session(request: HttpRequest) -> SessionOut:
    """Who is signed in, in which post, with which rights. Sets the CSRF cookie, also when nobody is."""
    return _facts(request, actor_of(request))


@router.post(
    "/session",
    permission=Permission.PUBLIC,
    response=SessionOut,
    repeats="nobody is known yet; a second session does no harm",
)
@decorate_view(ensure_csrf_cookie)
def sign_in(request: HttpRequest, credentials: Credentials, response: HttpResponse) -> SessionOut:
    """Sign in with user name and password."""
    _refuse_foreign_origin(request)
    known = checked_password(request, credentials.username, credentials.password)
    if known is None:
        raise SignInFailed
    user = get_user(known.pk)
    actor = _first_actor(user.id, user.last_post_id)
    login(request, known)
    request.session[POST_KEY] = actor.post_id
    request.session[STAMP_KEY] = stamp = password_stamp(user.password)
    if held_directory().users[user.id].stamp != stamp:
        note_new_hash()
    request.session[SIGNED_IN_KEY] = system_clock()
    place = place_of_request(request, credentials.username)
    note_sign_in(user.id, credentials.username, str(request.session.session_key), place, clock=system_clock)
    remember_device(request, response, user.id)
    _set_language_cookie(response, user.language)
    return _facts(request, actor)


@router.delete(
    "/session", permission=Permission.PUBLIC, response={204: None}, repeats="a session that has ended stays ended"
)
def sign_out(request: HttpRequest) -> Status[None]:
    """Sign out; the session is gone on the server too."""
    if not is_by_token(request) and settings.SESSION_COOKIE_NAME in request.COOKIES:
        logout(request)
    return Status(204, None)


@router.put("/session/post", permission=Permission.SIGNED_IN, response=SessionOut, repeats="the post is set")
def choose_post(request: HttpRequest, choice: PostChoice) -> SessionOut:
    """Go on in another of one's posts."""
    if is_by_token(request):
        raise TokenHasOnePost
    actor = get_actor(actor_of(request).user_id, choice.post_id, now=system_clock())
    request.session[POST_KEY] = actor.post_id
    set_last_post(actor.user_id, actor.post_id)
    return _facts(request, actor)


@router.put("/session/language", permission=Permission.SIGNED_IN, response=SessionOut, repeats="the language is set")
def choose_language(request: HttpRequest, choice: LanguageChoice, response: HttpResponse) -> SessionOut:
    """The language of texts and problems: zh or en."""
    actor = actor_of(request)
    set_language(actor.user_id, choice.language)
    _set_language_cookie(response, choice.language)
    return _facts(request, actor)


@router.get("/session/access", permission=Permission.SIGNED_IN, response=AccessOut)
def ask_access(request: HttpRequest, permission: Permission) -> AccessOut:
    """May I, and why (not)?"""
    answer = decide_access(actor_of(request), permission)
    return AccessOut(allowed=answer.allowed, code=answer.code, why=TextOut(zh=answer.why_zh, en=answer.why_en))


def _first_actor(user_id: int, last_post_id: int | None) -> Actor:
    """In the post used last if it is still held, else in the first."""
    now = system_clock()
    try:
        return get_actor(user_id, last_post_id, now=now)
    except PostEnded:
        return get_actor(user_id, now=now)


def _facts(request: HttpRequest, actor: Actor) -> SessionOut:
    directory, user = held_directory(), get_user(actor.user_id)
    posts = directory.posts_of(actor.user_id, day_of(system_clock()))
    ends_at = None if is_by_token(request) else as_datetime(request.session[SIGNED_IN_KEY] + SESSION_LIMIT_S)
    return SessionOut(
        user=UserOut(id=user.id, username=user.username, name=user.display_name),
        post=PostOut.of(directory, directory.posts[actor.post_id]),
        posts=[PostOut.of(directory, post) for post in posts],
        organisation=OrganisationOut.of(directory.organisations[actor.organisation_id]),
        permissions=sorted(actor.permissions),
        scope=ScopeOut(
            regions=list(actor.scope.regions),
            organisations=list(actor.scope.organisations),
            only_own_work=actor.scope.only_own_work,
        ),
        language=user.language,
        expires_at=ends_at,
        must_change_password=user.must_change_password,
    )


def _refuse_foreign_origin(request: HttpRequest) -> None:
    """A browser names its origin; a script that names none carries no cookie of anybody either."""
    origin = request.headers.get("Origin")
    own = f"{request.scheme}://{request.get_host()}"
    if origin is not None and origin != own and origin not in settings.CSRF_TRUSTED_ORIGINS:
        raise ForeignOrigin


def _set_language_cookie(response: HttpResponse, language: str) -> None:
    response.set_cookie(
        LANGUAGE_COOKIE,
        language,
        max_age=LANGUAGE_COOKIE_AGE_S,
        samesite="Lax",
        secure=settings.SESSION_COOKIE_SECURE,
    )
