"""How bodies, posts and people look to whoever keeps them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from gezhi.kernel.permissions import Actor, Role
from gezhi.people.actions import find_open_work
from gezhi.people.api.care_schemas import (
    HeldPostOut,
    HeldWorkOut,
    KeptBodyOut,
    KeptPersonOut,
    KeptPostOut,
    PersonPostOut,
    StaffComingOut,
    StaffDeedOut,
    StaffLeaveOut,
    lines_out,
)
from gezhi.people.rules.care.plan import StaffDeedFacts
from gezhi.people.rules.care.reach import may_keep, may_keep_person
from gezhi.people.rules.care.undo import is_undoable
from gezhi.people.rules.care.wording import lines_of
from gezhi.people.rules.directory import Directory, PostFacts
from gezhi.people.rules.held_posts import AppointmentFacts
from gezhi.people.rules.leaving import units_left_without
from gezhi.people.shapes import HolderOut, OrganisationOut, PostOut

MOST_PAST = 20


def body_out(
    directory: Directory, organisation_id: int, actor: Actor, today: date, coming: Sequence[StaffDeedFacts]
) -> KeptBodyOut:
    body = directory.organisations[organisation_id]
    posts = sorted((one for one in directory.posts.values() if one.organisation_id == body.id), key=lambda one: one.id)
    open_posts = [post for post in posts if post.valid_to is None or post.valid_to >= today]
    held = [one for post in open_posts for one in directory.appointments_to(post.id)]
    present = [one for one in held if one.covers(today) and directory.is_active(one.user_id, today)]
    return KeptBodyOut(
        organisation=OrganisationOut.of(body),
        valid_from=body.valid_from,
        valid_to=body.valid_to,
        may_keep=may_keep(directory, body.id, actor),
        establishment=sum(post.establishment or 0 for post in open_posts),
        staff=len({one.user_id for one in present if one.acting_for is None}),
        acting=len({one.user_id for one in present if one.acting_for is not None}),
        on_leave=len({one.user_id for one in present if directory.is_on_leave(one.user_id, today)}),
        posts=[_post_out(directory, post, today) for post in open_posts],
        coming=[
            StaffComingOut(
                deed_id=deed.id,
                kind=deed.kind.value,
                valid_from=deed.valid_from,
                lines=lines_out(lines_of(directory, deed.rows)),
            )
            for deed in coming
        ],
    )


def person_out(
    directory: Directory, user_id: int, actor: Actor, today: date, contact: Mapping[str, str]
) -> KeptPersonOut:
    user, keeps = directory.users[user_id], may_keep_person(directory, user_id, actor)
    posts = directory.posts_of(user_id, today) if directory.is_active(user_id, today) else ()
    collects = any(post.role is Role.COLLECTOR for post in posts)
    work = find_open_work(user_id if collects else None, units_left_without(directory, user_id, posts, on=today))
    return KeptPersonOut(
        id=user_id,
        name=user.name,
        username=user.username,
        phone=contact["phone"] if keeps else "",
        language=contact["language"],
        active_from=user.active_from,
        active_to=user.active_to,
        has_password=user.has_password,
        must_change_password=user.must_change_password,
        may_keep=keeps and user_id != actor.user_id,
        posts=[
            PersonPostOut(
                id=one.id,
                post=PostOut.of(directory, directory.posts[one.post_id]),
                acting_for=_acting_for(directory, one),
                valid_from=one.valid_from,
                valid_to=one.valid_to,
            )
            for one in sorted(directory.appointments_of(user_id), key=lambda one: (one.valid_from, one.id))
        ],
        leaves=[
            StaffLeaveOut(id=one.id, valid_from=one.valid_from, valid_to=one.valid_to)
            for one in sorted(directory.leaves, key=lambda one: one.valid_from)
            if one.user_id == user_id
        ],
        work=HeldWorkOut(
            tasks=work.task_count,
            parts=work.part_count,
            case_ids=[str(one.case_id) for one in (*work.tasks, *work.parts)],
        ),
    )


def deed_out(directory: Directory, row: Any, facts: StaffDeedFacts, today: date) -> StaffDeedOut:
    post = directory.posts.get(facts.post_id or 0)
    return StaffDeedOut(
        id=facts.id,
        kind=facts.kind.value,
        at=row.at,
        by=directory.users[row.done_by].name if row.done_by in directory.users else "",
        reason=row.reason,
        valid_from=facts.valid_from,
        person=_holder(directory, facts.user_id) if facts.user_id in directory.users else None,
        post=PostOut.of(directory, post) if post is not None else None,
        lines=lines_out(lines_of(directory, facts.rows)),
        undone=facts.is_undone,
        may_undo=is_undoable(facts, today),
    )


def _post_out(directory: Directory, post: PostFacts, today: date) -> KeptPostOut:
    held = sorted(directory.appointments_to(post.id), key=lambda one: (one.valid_from, one.id))

    def is_past(one: AppointmentFacts) -> bool:
        ends = [day for day in (one.valid_to, directory.users[one.user_id].active_to) if day is not None]
        return any(day < today for day in ends)

    past = [one for one in held if is_past(one)]
    return KeptPostOut(
        post=PostOut.of(directory, post),
        code=post.code,
        region_codes=list(post.region_codes),
        establishment=post.establishment,
        valid_from=post.valid_from,
        valid_to=post.valid_to,
        current=[_held_out(directory, one, today) for one in held if not is_past(one) and one.valid_from <= today],
        coming=[_held_out(directory, one, today) for one in held if one.valid_from > today],
        past=[_held_out(directory, one, today) for one in past[: -MOST_PAST - 1 : -1]],
    )


def _held_out(directory: Directory, one: AppointmentFacts, today: date) -> HeldPostOut:
    user = directory.users[one.user_id]
    leaves = [leave.valid_to for leave in directory.leaves if leave.user_id == user.id and leave.covers(today)]
    return HeldPostOut(
        id=one.id,
        person=_holder(directory, user.id),
        username=user.username,
        acting_for=_acting_for(directory, one),
        valid_from=one.valid_from,
        valid_to=one.valid_to,
        on_leave_to=max(leaves, default=None),
        account_to=user.active_to,
    )


def _acting_for(directory: Directory, one: AppointmentFacts) -> str:
    return directory.users[one.acting_for].name if one.acting_for is not None else ""


def _holder(directory: Directory, user_id: int | None) -> HolderOut:
    user = directory.users[user_id or 0]
    return HolderOut(id=user.id, name=user.name)
