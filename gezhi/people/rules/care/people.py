"""人员变更: taking up, appointing, deputising, transferring, leave, and the end of an appointment or an account."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, timedelta

from gezhi.kernel.phones import read_phone
from gezhi.people.rules.care import deeds
from gezhi.people.rules.care.deeds import kind_of
from gezhi.people.rules.care.hands_free import check_hands_free
from gezhi.people.rules.care.last_administrator import check_administrators
from gezhi.people.rules.care.notes import late, over, vacant
from gezhi.people.rules.care.plan import NEW, Facts, Plan, RowChange, Table, directory_after
from gezhi.people.rules.care.reach import check_person, check_post
from gezhi.people.rules.care.refusals import (
    AlreadyHeld,
    EndedAlready,
    EndedBeforeStart,
    EndsBeforeStart,
    NotActive,
    NotEnded,
    NothingChanges,
    OnLeaveAlready,
    PostClosed,
    UsernameTaken,
)
from gezhi.people.rules.directory import PostFacts, UserFacts
from gezhi.people.rules.held_posts import AppointmentFacts
from gezhi.people.rules.leaving import OwnAccount

OPEN_END = date.max


def plan_taking_up(act: deeds.TakeUp, facts: Facts) -> Plan:
    post = facts.post(act.post_id)
    check_post(facts.directory, post, facts.actor)
    _check_open(facts, post, act.valid_from)
    if act.username.casefold() in {one.casefold() for one in facts.directory.user_ids}:
        raise UsernameTaken(field="username", username=act.username)
    phone = read_phone(act.phone)
    person = {
        "username": act.username,
        "display_name": act.name,
        "phone": phone.number if phone else "",
        "language": act.language,
        "active_from": act.valid_from,
    }
    appointment = {"user_id": NEW, "post_id": post.id, "valid_from": act.valid_from}
    rows = (RowChange(Table.PERSON, NEW, {}, person), RowChange(Table.APPOINTMENT, NEW, {}, appointment))
    return _plan(act, facts, rows, act.valid_from, post=post, gives_password=True, gains=(post,))


def plan_changed_person(act: deeds.ChangePerson, facts: Facts) -> Plan:
    """A name that was written wrong, a new number: it holds at once, and the record keeps what stood there."""
    user = facts.user(act.user_id)
    if user.id != facts.actor.user_id:
        check_person(facts.directory, user, facts.actor)
    phone = read_phone(act.phone)
    now = {"display_name": user.name, **facts.contact}
    new = {"display_name": act.name, "phone": phone.number if phone else "", "language": act.language}
    changed = {name: value for name, value in new.items() if value != now[name]}
    if not changed:
        raise NothingChanges
    row = RowChange(Table.PERSON, user.id, {name: now[name] for name in changed}, changed)
    return _plan(act, facts, (row,), facts.today, user=user)


def plan_appointment(act: deeds.Appoint, facts: Facts) -> Plan:
    user, post = facts.user(act.user_id), facts.post(act.post_id)
    _check_may_take(facts, user, post, act.valid_from)
    row = _new_appointment(facts, user, post, act.valid_from)
    return _plan(act, facts, (row,), act.valid_from, user=user, post=post, gains=(post,))


def plan_deputy(act: deeds.Deputise, facts: Facts) -> Plan:
    """Only for a time: whoever stands in for good is appointed."""
    user, held = facts.user(act.user_id), facts.appointment(act.appointment_id)
    post = facts.post(held.post_id)
    _check_may_take(facts, user, post, act.valid_from)
    if act.valid_to < act.valid_from:
        raise EndsBeforeStart(field="valid_to", valid_from=act.valid_from)
    row = _new_appointment(facts, user, post, act.valid_from, act.valid_to, acting_for=held.user_id)
    return _plan(act, facts, (row,), act.valid_from, user=user, post=post)


def plan_transfer(act: deeds.Transfer, facts: Facts) -> Plan:
    held = facts.appointment(act.appointment_id)
    user, post = facts.user(held.user_id), facts.post(act.post_id)
    _check_may_take(facts, user, post, act.valid_from)
    last_day = act.valid_from - timedelta(days=1)
    rows = (_ended(held, last_day, "valid_from"), _new_appointment(facts, user, post, act.valid_from))
    check_hands_free(facts, user, (held.post_id,), last_day, kept=(post,))
    return _plan(act, facts, rows, act.valid_from, user=user, post=post, gives_up=(held.post_id,), gains=(post,))


def plan_end_of_appointment(act: deeds.EndAppointment, facts: Facts) -> Plan:
    held = facts.appointment(act.appointment_id)
    user, post = facts.user(held.user_id), facts.post(held.post_id)
    check_person(facts.directory, user, facts.actor)
    rows = (_ended(held, act.last_day, "last_day"),)
    check_hands_free(facts, user, (held.post_id,), act.last_day)
    after = act.last_day + timedelta(days=1)
    return _plan(act, facts, rows, after, user=user, post=post, gives_up=(post.id,))


def plan_leave(act: deeds.TakeLeave, facts: Facts) -> Plan:
    user = facts.user(act.user_id)
    check_person(facts.directory, user, facts.actor)
    _check_active(facts, user, act.valid_from)
    if act.valid_to < act.valid_from:
        raise EndsBeforeStart(field="valid_to", valid_from=act.valid_from)
    for one in facts.directory.leaves:
        if one.user_id == user.id and one.valid_from <= act.valid_to and act.valid_from <= one.valid_to:
            raise OnLeaveAlready(field="valid_from", name=user.name, first=one.valid_from, last=one.valid_to)
    values = {"user_id": user.id, "valid_from": act.valid_from, "valid_to": act.valid_to}
    row = RowChange(Table.LEAVE, NEW, {}, values)
    held = tuple(post.id for post in facts.directory.posts_of(user.id, act.valid_from))
    return _plan(act, facts, (row,), act.valid_from, user=user, gives_up=held)


def plan_end_of_leave(act: deeds.EndLeave, facts: Facts) -> Plan:
    leave = facts.leave(act.leave_id)
    user = facts.user(leave.user_id)
    check_person(facts.directory, user, facts.actor)
    if act.last_day < leave.valid_from:
        raise EndsBeforeStart(field="last_day", valid_from=leave.valid_from)
    if act.last_day >= leave.valid_to:
        raise EndedAlready(field="last_day", last_day=leave.valid_to)
    row = RowChange(Table.LEAVE, leave.id, {"valid_to": leave.valid_to}, {"valid_to": act.last_day})
    return _plan(act, facts, (row,), act.last_day + timedelta(days=1), user=user)


def plan_password(act: deeds.ResetPassword, facts: Facts) -> Plan:
    user = facts.user(act.user_id)
    check_person(facts.directory, user, facts.actor)
    _check_active(facts, user, facts.today)
    return _plan(act, facts, (), facts.today, user=user, gives_password=True)


def plan_end_of_person(act: deeds.EndPerson, facts: Facts) -> Plan:
    """The posts stay as they are, so that what was ended by mistake comes back whole."""
    user = facts.user(act.user_id)
    if user.id == facts.actor.user_id:
        raise OwnAccount
    check_person(facts.directory, user, facts.actor)
    if user.active_to is not None and user.active_to <= act.last_day:
        raise EndedAlready(field="last_day", last_day=user.active_to)
    if act.last_day < user.active_from:
        raise EndedBeforeStart(field="last_day", active_from=user.active_from)
    held = tuple(post.id for post in facts.directory.posts_of(user.id, act.last_day))
    check_hands_free(facts, user, held, act.last_day, keeps_others=False)
    row = RowChange(Table.PERSON, user.id, {"active_to": user.active_to}, {"active_to": act.last_day})
    return _plan(act, facts, (row,), act.last_day + timedelta(days=1), user=user, gives_up=held)


def plan_restoring(act: deeds.RestorePerson, facts: Facts) -> Plan:
    user = facts.user(act.user_id)
    check_person(facts.directory, user, facts.actor)
    if user.active_to is None:
        raise NotEnded(name=user.name)
    row = RowChange(Table.PERSON, user.id, {"active_to": user.active_to}, {"active_to": None})
    return _plan(act, facts, (row,), facts.today, user=user)


def _plan(  # noqa: PLR0913 - who is touched, in which posts
    act: deeds.AnyAct,
    facts: Facts,
    rows: tuple[RowChange, ...],
    valid_from: date,
    *,
    user: UserFacts | None = None,
    post: PostFacts | None = None,
    gives_password: bool = False,
    gives_up: Iterable[int] = (),
    gains: Iterable[PostFacts] = (),
) -> Plan:
    check_administrators(facts.directory, directory_after(facts.directory, rows), valid_from)
    return Plan(
        kind=kind_of(act),
        rows=rows,
        valid_from=valid_from,
        user_id=user.id if user is not None else None,
        post_id=post.id if post is not None else None,
        organisation_id=_home(facts, user) if post is None else post.organisation_id,
        notes=(
            *late(facts, valid_from),
            *vacant(facts, user, gives_up, valid_from),
            *over(facts, gains, valid_from),
        ),
        gives_password=gives_password,
    )


def _home(facts: Facts, user: UserFacts | None) -> int | None:
    """The body in whose record the deed stands: that of somebody's first post, or of the last that they held."""
    if user is None:
        return None
    held = [post.id for post in facts.directory.posts_of(user.id, facts.today)]
    held += [one.post_id for one in reversed(facts.directory.appointments_of(user.id))]
    return facts.directory.posts[held[0]].organisation_id if held else None


def _check_may_take(facts: Facts, user: UserFacts, post: PostFacts, on: date) -> None:
    check_person(facts.directory, user, facts.actor)
    check_post(facts.directory, post, facts.actor)
    _check_active(facts, user, on)
    _check_open(facts, post, on)


def _check_active(facts: Facts, user: UserFacts, on: date) -> None:
    if not facts.directory.is_active(user.id, on):
        raise NotActive(name=user.name, day=on)


def _check_open(facts: Facts, post: PostFacts, on: date) -> None:
    if not facts.directory.is_post_open(post, on):
        raise PostClosed(field="post_id", title_zh=post.title, title_en=post.title_en or post.title, day=on)


def _new_appointment(
    facts: Facts,
    user: UserFacts,
    post: PostFacts,
    valid_from: date,
    valid_to: date | None = None,
    *,
    acting_for: int | None = None,
) -> RowChange:
    for one in facts.directory.appointments_of(user.id):
        if (
            one.post_id == post.id
            and one.valid_from <= (valid_to or OPEN_END)
            and valid_from <= (one.valid_to or OPEN_END)
        ):
            raise AlreadyHeld
    values = {"user_id": user.id, "post_id": post.id, "valid_from": valid_from}
    values |= {} if valid_to is None else {"valid_to": valid_to}
    values |= {} if acting_for is None else {"acting_for": acting_for}
    return RowChange(Table.APPOINTMENT, NEW, {}, values)


def _ended(held: AppointmentFacts, last_day: date, field: str) -> RowChange:
    if last_day < held.valid_from:
        raise EndsBeforeStart(field=field, valid_from=held.valid_from)
    if held.valid_to is not None and held.valid_to <= last_day:
        raise EndedAlready(field=field, last_day=held.valid_to)
    return RowChange(Table.APPOINTMENT, held.id, {"valid_to": held.valid_to}, {"valid_to": last_day})
