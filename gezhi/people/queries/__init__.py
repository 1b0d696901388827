"""Reads of people. The directory, the shifts and the tokens are held per process."""

from __future__ import annotations

from collections.abc import Collection
from datetime import UTC, date, datetime
from hashlib import sha256
from itertools import islice

import msgspec
from axes.models import AccessLog
from django.contrib.auth.hashers import is_password_usable
from django.contrib.sessions.models import Session
from django.utils.timezone import get_default_timezone

from gezhi.kernel.moments import DAY_S
from gezhi.kernel.permissions import Actor, Role
from gezhi.kernel.searching import are_named
from gezhi.people.models import (
    AccountEvent,
    ApiToken,
    Appointment,
    DeskShift,
    Leave,
    Officer,
    Organisation,
    Post,
    SignInFailure,
    Succession,
    User,
    UserSession,
)
from gezhi.people.rules.directory import (
    Directory,
    OrganisationFacts,
    PostFacts,
    UserFacts,
    is_valid,
)
from gezhi.people.rules.held_posts import AppointmentFacts, LeaveFacts, OfficerFacts
from gezhi.people.rules.organisation_kinds import OrganisationKind
from gezhi.people.rules.policy import NoPost, PostEnded
from gezhi.people.rules.scope import build_actor
from gezhi.people.rules.session_limits import SESSION_LIMIT_S, AccountEnded
from gezhi.people.rules.shifts import ShiftFacts, Shifts
from gezhi.people.rules.sign_in_limits import ADDRESS, HERE, KNOWN_FOR_DAYS, MOST, NAME, SUM, WINDOW_S, Failures
from gezhi.people.rules.staff import StaffedPost, Staffing, count_staff, staff_of
from gezhi.people.rules.succession import RowShare, SuccessionFacts, UnitSuccession
from gezhi.people.rules.tokens import TokenFacts
from gezhi.plumbing.versions import Held

DIRECTORY = "people.directory"
SHIFTS = "people.shifts"
TOKENS = "people.tokens"
MOST_HELD_SHIFTS = 100_000


def day_of(moment: int) -> date:
    """The local day of a moment: dates of effect are local days."""
    return datetime.fromtimestamp(moment, tz=get_default_timezone()).date()


def moment_of(at: datetime) -> int:
    return int(at.timestamp())


def as_datetime(moment: int) -> datetime:
    return datetime.fromtimestamp(moment, tz=UTC)


def load_directory() -> Directory:
    """As the database has it now: for whoever is about to change it."""
    users = User.objects.values_list(
        "id", "username", "display_name", "active_from", "active_to", "password", "must_change_password"
    )
    appointments = Appointment.objects.filter(struck=False).values_list(
        "user_id", "post_id", "valid_from", "valid_to", "id", "acting_for"
    )
    leaves = Leave.objects.filter(struck=False).values_list("id", "user_id", "valid_from", "valid_to")
    officers = Officer.objects.order_by("id").values_list(
        "id", "organisation_id", "kind", "user_id", "valid_from", "valid_to"
    )
    return Directory(
        [
            UserFacts(
                id_,
                username,
                name,
                active_from,
                active_to,
                password_stamp(password),
                must_change,
                is_password_usable(password),
            )
            for id_, username, name, active_from, active_to, password, must_change in users
        ],
        [_organisation_facts(body) for body in Organisation.objects.all()],
        [_post_facts(post) for post in Post.objects.all()],
        [AppointmentFacts(*row) for row in appointments],
        [OfficerFacts(*row) for row in officers],
        [LeaveFacts(*row) for row in leaves],
        [_succession_facts(row) for row in Succession.objects.filter(withdrawn_at=None).order_by("on", "id")],
    )


def _succession_facts(row: Succession) -> SuccessionFacts:
    shares = tuple(RowShare(*share) for share in row.shares)
    arranged = UnitSuccession(row.unit_id, row.successor_id, shares)
    return SuccessionFacts(row.id, arranged, row.on, row.reason, row.carried_out_at is not None)


def _organisation_facts(body: Organisation) -> OrganisationFacts:
    return OrganisationFacts(
        id=body.id,
        code=body.code,
        name=body.name,
        name_en=body.name_en,
        kind=OrganisationKind(body.kind),
        platform_level=body.platform_level,
        parent_id=body.parent_id,
        path=body.path,
        region_code=body.region_code,
        valid_from=body.valid_from,
        valid_to=body.valid_to,
    )


def _post_facts(post: Post) -> PostFacts:
    return PostFacts(
        id=post.id,
        code=post.code,
        title=post.title,
        title_en=post.title_en,
        role=Role(post.role),
        organisation_id=post.organisation_id,
        region_codes=tuple(post.region_codes),
        valid_from=post.valid_from,
        valid_to=post.valid_to,
        establishment=post.establishment,
    )


def _load_shifts() -> Shifts:
    rows = DeskShift.objects.order_by("-starts_at").values_list(
        "organisation_id", "role", "starts_at", "ends_at", "user_id", "post_id", "id"
    )[:MOST_HELD_SHIFTS]
    return Shifts(
        ShiftFacts(organisation_id, Role(role), moment_of(starts_at), moment_of(ends_at), user_id, post_id, id_)
        for organisation_id, role, starts_at, ends_at, user_id, post_id, id_ in rows
    )


def _load_tokens() -> dict[str, TokenFacts]:
    rows = ApiToken.objects.filter(revoked_at=None)
    return {
        row.digest: TokenFacts(row.id, row.name, row.user_id, row.post_id, moment_of(row.expires_at)) for row in rows
    }


_directory = Held(DIRECTORY, load_directory)
_shifts = Held(SHIFTS, _load_shifts)
_tokens = Held(TOKENS, _load_tokens)


def held_directory(*, by_now: bool = False) -> Directory:
    """Names and ties of all users, posts and organisations; `by_now` as they are at this moment."""
    return _directory.get(by_now=by_now)


def held_shifts() -> Shifts:
    """The desk shift table, newest hundred thousand shifts."""
    return _shifts.get()


def held_tokens() -> dict[str, TokenFacts]:
    """Tokens that were not revoked, by digest."""
    return _tokens.get()


def password_stamp(password: str) -> str:
    """Changes with the password hash and tells nothing about it."""
    return sha256(password.encode()).hexdigest()[:16]


def get_actor(user_id: int, post_id: int | None = None, *, now: int) -> Actor:
    """The user in this post, or in the first that they hold. No database unless a register has changed.

    Whoever was taken up or appointed a moment ago may be unknown to this process yet: a refusal looks again.
    """
    try:
        return _actor_in(held_directory(), user_id, post_id, day_of(now))
    except (AccountEnded, NoPost, PostEnded):
        return _actor_in(held_directory(by_now=True), user_id, post_id, day_of(now))


def _actor_in(directory: Directory, user_id: int, post_id: int | None, on: date) -> Actor:
    if not directory.is_active(user_id, on):
        raise AccountEnded
    posts = directory.posts_of(user_id, on)
    if not posts:
        raise NoPost
    for post in posts:
        if post_id is None or post.id == post_id:
            return build_actor(directory, directory.users[user_id], post, on)
    raise PostEnded


def on_shift(organisation_id: int, role: Role, moment: int) -> ShiftFacts | None:
    """Who sat at this desk of this very organisation: nobody answers for the desk of another."""
    return held_shifts().on_shift((organisation_id,), role, moment)


def get_user(user_id: int) -> User:
    return User.objects.get(id=user_id)


def get_password_stamp(user_id: int) -> str:
    """The stamp as the database has it now."""
    return password_stamp(User.objects.values_list("password", flat=True).get(id=user_id))


def must_change_password(user_id: int) -> bool:
    """Whether somebody has only a password that was given to them; the database is asked when the directory says so,
    which may lag behind.
    """
    user = held_directory().users[user_id]
    return user.must_change_password and User.objects.filter(id=user_id, must_change_password=True).exists()


def find_failures(name: str, place: str, device: str, *, now: int) -> Failures:
    """Of each count of failed sign-ins the moment of the failure that reached it."""
    recent = SignInFailure.objects.filter(at__gt=as_datetime(now - WINDOW_S)).order_by("-at")
    counts = {
        HERE: recent.filter(name=name, place=place, device="")
        if not device
        else recent.filter(device=device, name=name),
        NAME: recent.filter(name=name),
        ADDRESS: recent.filter(place=place),
        SUM: recent,
    }
    reached: dict[str, int] = {}
    for count, rows in counts.items():
        for at in rows.values_list("at", flat=True)[MOST[count] - 1 : MOST[count]]:
            reached[count] = moment_of(at)
    return Failures(**reached)


def signed_in_from(name: str, address: str, *, now: int) -> bool:
    """Whether somebody signed in under this name from this address before."""
    since = as_datetime(now - KNOWN_FOR_DAYS * DAY_S)
    rows = AccessLog.objects.filter(username=name, ip_address=address or None, attempt_time__gt=since)
    return bool(rows.exists())


def list_own_sessions(user_id: int, *, now: int) -> list[UserSession]:
    """Where a user is signed in, the newest first."""
    rows = UserSession.objects.filter(user_id=user_id, signed_in_at__gt=as_datetime(now - SESSION_LIMIT_S))
    return list(rows.filter(key__in=Session.objects.values("session_key")).order_by("-signed_in_at", "-id"))


def list_own_tokens(user_id: int, *, now: int) -> list[ApiToken]:
    """Tokens of a user that still open doors."""
    return list(
        ApiToken.objects.filter(user_id=user_id, revoked_at=None, expires_at__gt=as_datetime(now)).order_by("id")
    )


def list_account_events(user_id: int, *, limit: int) -> list[AccountEvent]:
    """What a user did with the own account, the newest first."""
    return list(AccountEvent.objects.filter(user_id=user_id).order_by("-at", "-id")[:limit])


def list_organisations(
    *, text: str = "", kind: str = "", ids: Collection[int] | None = None, after_id: int = 0, on: date, limit: int
) -> list[OrganisationFacts]:
    """Organisations of a day in the order of their ids, from the directory."""
    bodies = (
        body
        for body in held_directory().organisations.values()
        if body.id > after_id
        and (ids is None or body.id in ids)
        and (not kind or body.kind == kind)
        and body.valid_from <= on
        and (body.valid_to is None or on <= body.valid_to)
        and are_named(text, body.name, body.name_en, body.code)
    )
    return sorted(bodies, key=lambda body: body.id)[:limit]


class PeopleFilter(msgspec.Struct, frozen=True, kw_only=True):
    """Which people a list shows: a word of the name, a role, a body with those below it; those who left, too."""

    text: str = ""
    role: Role | None = None
    organisation_id: int | None = None
    ids: Collection[int] | None = None
    ended: bool = False
    after_id: int = 0


def list_people(filters: PeopleFilter, *, on: date, limit: int) -> list[UserFacts]:
    """Active users of a day in the order of their ids, from the directory."""
    directory = held_directory()
    bodies = None if filters.organisation_id is None else set(directory.subtree(filters.organisation_id))
    people = (
        user
        for user in directory.users.values()
        if user.id > filters.after_id
        and (filters.ids is None or user.id in filters.ids)
        and (filters.ended or directory.is_active(user.id, on))
        and are_named(filters.text, user.name, user.username)
        and _holds(directory, user.id, on, filters.role, bodies)
    )
    return sorted(people, key=lambda user: user.id)[:limit]


def _holds(directory: Directory, user_id: int, on: date, role: Role | None, bodies: set[int] | None) -> bool:
    if role is None and bodies is None:
        return True
    return any(
        (role is None or post.role is role) and (bodies is None or post.organisation_id in bodies)
        for post in directory.posts_of(user_id, on)
    )


def list_staffing(*, organisation_id: int | None = None, after_id: int = 0, on: date, limit: int) -> list[Staffing]:
    """Bodies in force on a day with their numbers of people, by id; with an organisation: those below it."""
    directory = held_directory()
    ids = directory.organisations if organisation_id is None else directory.subtree(organisation_id)
    bodies = (
        body
        for id_ in sorted(ids)
        if id_ > after_id
        and id_ != organisation_id
        and is_valid((body := directory.organisations[id_]).valid_from, body.valid_to, on)
    )
    return count_staff(directory, islice(bodies, limit), on)


def list_staff(organisation_id: int, *, on: date) -> list[StaffedPost]:
    """The posts of a body with who holds them."""
    return staff_of(held_directory(), organisation_id, on)


def list_accounts(*, on: date) -> list[tuple[UserFacts, tuple[PostFacts, ...]]]:
    """Every active account with its posts."""
    directory = held_directory()
    return [
        (user, directory.posts_of(user.id, on))
        for user in sorted(directory.users.values(), key=lambda user: user.username)
        if directory.is_active(user.id, on)
    ]


def list_accounts_by_role(*, on: date) -> list[tuple[UserFacts, tuple[PostFacts, ...]]]:
    """One account for each role that anybody holds: the first by its number."""
    directory = held_directory()
    holders_by_role = (directory.find_holders(role, on=on) for role in Role)
    firsts = [min(holders, key=lambda holder: holder.user.id) for holders in holders_by_role if holders]
    return [(holder.user, (holder.post,)) for holder in firsts]


def list_tokens() -> list[TokenFacts]:
    """Tokens that were not revoked, in the order of their numbers."""
    return sorted(held_tokens().values(), key=lambda token: token.id)
