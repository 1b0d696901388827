"""Appointments (任职): somebody takes a post, or leaves it. Nothing is wiped, the days are what changes."""

from __future__ import annotations

from datetime import date

from django.db import transaction
from django.db.models import Q

from gezhi.kernel.problems import NotFound, Problem
from gezhi.people.actions.leaving import refuse_open_work
from gezhi.people.models import Appointment, Post, User
from gezhi.people.queries import DIRECTORY, held_directory
from gezhi.plumbing.versions import bump


class AlreadyHeld(Problem):
    code = "people.appointments.already-held"
    status = 409
    title = "该用户在这一时期已经担任此岗位。"
    title_en = "This user holds the post already during that time."


class EndsBeforeStart(Problem):
    code = "people.appointments.ends-before-start"
    status = 422
    title = "任职的最后一天不能早于第一天 {valid_from}。"
    title_en = "The last day of an appointment cannot lie before its first, {valid_from}."


@transaction.atomic
def appoint(user_id: int, post_id: int, *, valid_from: date, valid_to: date | None = None) -> int:
    """Appoint a user to a post (任命) from a day on."""
    if valid_to is not None and valid_to < valid_from:
        raise EndsBeforeStart(field="valid_to", valid_from=valid_from)
    if User.objects.select_for_update().filter(id=user_id).first() is None:
        raise NotFound(field="user_id")
    if not Post.objects.filter(id=post_id).exists():
        raise NotFound(field="post_id")
    later = Q() if valid_to is None else Q(valid_from__lte=valid_to)
    same = Appointment.objects.filter(later, user_id=user_id, post_id=post_id)
    if same.filter(Q(valid_to=None) | Q(valid_to__gte=valid_from)).exists():
        raise AlreadyHeld
    made = Appointment.objects.create(user_id=user_id, post_id=post_id, valid_from=valid_from, valid_to=valid_to)
    bump(DIRECTORY)
    return made.id


@transaction.atomic
def end_appointment(user_id: int, post_id: int, *, last_day: date) -> None:
    """The last day of a user in a post (免职); refused while work would be left behind."""
    appointment = (
        Appointment.objects.select_for_update()
        .filter(Q(valid_to=None) | Q(valid_to__gt=last_day), user_id=user_id, post_id=post_id)
        .order_by("valid_from")
        .first()
    )
    if appointment is None:
        raise NotFound
    if last_day < appointment.valid_from:
        raise EndsBeforeStart(field="last_day", valid_from=appointment.valid_from)
    held = held_directory().posts_of(user_id, last_day)
    given_up = [post for post in held if post.id == post_id]
    refuse_open_work(user_id, given_up, [post for post in held if post.id != post_id], last_day=last_day)
    appointment.valid_to = last_day
    appointment.save(update_fields=["valid_to"])
    bump(DIRECTORY)
