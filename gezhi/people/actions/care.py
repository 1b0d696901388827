"""机构人员维护: an act on bodies, posts or people is planned, and then stored with who did it, when and why."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import UTC, date, datetime
from typing import Any

import msgspec
from django.db import transaction
from django.db.models import Model

from gezhi.kernel.masking import mask_phone
from gezhi.kernel.permissions import Actor
from gezhi.people.actions.accounts import give_single_use_password, hash_password
from gezhi.people.actions.leaving import count_duties, find_open_work
from gezhi.people.models import Appointment, Leave, Organisation, Post, StaffDeed, User
from gezhi.people.queries import DIRECTORY, day_of, load_directory
from gezhi.people.queries.care import contact_of, find_deed, find_done, list_changes
from gezhi.people.rules.care.bodies import BODY_VALUES, POST_VALUES
from gezhi.people.rules.care.deeds import AnyAct, ChangeBody, ChangePerson, ChangePost, Undo
from gezhi.people.rules.care.plan import NEW, Facts, Plan, RowChange, StaffDeedFacts, Table, values_on
from gezhi.people.rules.care.planning import plan_act
from gezhi.plumbing.clock import Clock
from gezhi.plumbing.database import take_turns
from gezhi.plumbing.register_rows import Doing
from gezhi.plumbing.versions import bump

TURN = "people.care"
MODELS: dict[Table, type[Model]] = {
    Table.PERSON: User,
    Table.BODY: Organisation,
    Table.POST: Post,
    Table.APPOINTMENT: Appointment,
    Table.LEAVE: Leave,
}
DATED: dict[Table, tuple[str, ...]] = {Table.BODY: BODY_VALUES, Table.POST: POST_VALUES}


class Done(msgspec.Struct, frozen=True):
    """The deed on record; `password` only the first time that it is told, and never again."""

    deed_id: int
    password: str = ""


def preview_act(act: AnyAct, actor: Actor, *, clock: Clock) -> Plan:
    """What the act would change (变更预览). Nothing is stored."""
    return plan_act(act, _facts(act, actor, day_of(clock())))


@transaction.atomic
def do_act(act: AnyAct, doing: Doing) -> Done:
    """办理. Sent again under the same key: the deed that stands. One at a time, so that two administrators cannot end
    each other.
    """
    take_turns(TURN)
    if (before := find_done(doing.key)) is not None:
        return Done(before.id)
    now = doing.clock()
    plan = plan_act(act, _facts(act, doing.actor, day_of(now)))
    rows = list(plan.rows) if plan.by_date else _store(plan.rows)
    made = {row.table: row.id for row in rows if not row.before}
    user_id = made.get(Table.PERSON, plan.user_id)
    deed = StaffDeed.objects.create(
        key=doing.key,
        kind=plan.kind.value,
        at=datetime.fromtimestamp(now, UTC),
        done_by=doing.actor.user_id,
        done_in_post=doing.actor.post_id,
        valid_from=plan.valid_from,
        reason=act.reason,
        user_id=user_id,
        post_id=made.get(Table.POST, plan.post_id),
        organisation_id=made.get(Table.BODY, plan.organisation_id),
        rows=[_on_record(row) for row in rows],
        undoes=plan.undoes,
    )
    if plan.by_date:
        _follow_dates(list_changes(), day_of(now))
    bump(DIRECTORY)
    return Done(deed.id, give_single_use_password(user_id) if plan.gives_password and user_id is not None else "")


@transaction.atomic
def bring_up_to_date(*, clock: Clock) -> int:
    """Names and ties that change today take hold (到日生效). Gives how many rows."""
    take_turns(TURN)
    changed = _follow_dates(list_changes(), day_of(clock()))
    if changed:
        bump(DIRECTORY)
    return changed


def _facts(act: AnyAct, actor: Actor, today: date) -> Facts:
    return Facts(
        directory=load_directory(),
        actor=actor,
        today=today,
        open_work=find_open_work,
        count_duties=count_duties,
        contact=contact_of(act.user_id) if isinstance(act, ChangePerson) else {},
        changes=list_changes() if isinstance(act, ChangeBody | ChangePost | Undo) else (),
        deed=find_deed(act.deed_id) if isinstance(act, Undo) else None,
    )


def _store(rows: Iterable[RowChange]) -> list[RowChange]:
    """The rows with the numbers that those which were made have now."""
    stored: list[RowChange] = []
    person = NEW
    for row in rows:
        values = dict(row.after)
        if values.get("user_id") == NEW:
            values["user_id"] = person
        if row.id != NEW:
            MODELS[row.table].objects.filter(id=row.id).update(**values)  # type: ignore[attr-defined]
            stored.append(row)
            continue
        if row.table is Table.APPOINTMENT and (again := _struck(values)) is not None:
            stored.append(RowChange(row.table, again, {}, values))
            continue
        made: Any = MODELS[row.table](**values)
        if row.table is Table.PERSON:
            made.password = hash_password(None)
        made.save()
        person = made.id if row.table is Table.PERSON else person
        stored.append(RowChange(row.table, made.id, {}, values))
    return stored


def _struck(values: dict[str, Any]) -> int | None:
    """The row of the same appointment that was taken back before; it stands again, as it is entered now."""
    same = Appointment.objects.filter(
        user_id=values["user_id"], post_id=values["post_id"], valid_from=values["valid_from"], struck=True
    ).first()
    if same is None:
        return None
    Appointment.objects.filter(id=same.id).update(**{"valid_to": None, "acting_for": None, **values, "struck": False})
    return same.id


def _on_record(row: RowChange) -> dict[str, Any]:
    """As it is kept for good: who has a number is no matter of record, that it was changed is."""
    return {
        "table": row.table.value,
        "id": row.id,
        "before": {name: _plain(name, value) for name, value in row.before.items()},
        "after": {name: _plain(name, value) for name, value in row.after.items()},
    }


def _plain(name: str, value: Any) -> Any:
    if name == "phone":
        return mask_phone(value)
    return value.isoformat() if isinstance(value, date) else value


def _follow_dates(changes: tuple[StaffDeedFacts, ...], today: date) -> int:
    """Every body and post with dated changes has the values of today; the paths follow."""
    changed = 0
    moved = False
    for table, id_ in sorted({(row.table, row.id) for deed in changes for row in deed.rows}):
        rows = MODELS[table].objects.filter(id=id_)  # type: ignore[attr-defined]
        present = rows.values(*DATED[table]).get()
        values = values_on(changes, table, id_, present, today)
        if values != present:
            rows.update(**values)
            changed += 1
            moved = moved or values.get("parent_id") != present.get("parent_id")
    if moved:
        _renew_paths()
    return changed


def _renew_paths() -> None:
    bodies = {body.id: body for body in Organisation.objects.all()}
    renewed = []
    for body in bodies.values():
        path, above = f"{body.code}/", body.parent_id
        while above is not None:
            path, above = f"{bodies[above].code}/{path}", bodies[above].parent_id
        if path != body.path:
            body.path = path
            renewed.append(body)
    Organisation.objects.bulk_update(renewed, ["path"])
