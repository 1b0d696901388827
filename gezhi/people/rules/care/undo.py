"""撤回: what a deed did is taken back, with everything as before, as long as nothing has been built on it."""

from __future__ import annotations

from datetime import date
from typing import Any

from gezhi.kernel.problems import NotFound
from gezhi.people.rules.care import deeds
from gezhi.people.rules.care.bodies import check_rings
from gezhi.people.rules.care.deeds import UNDOABLE, DeedKind, kind_of
from gezhi.people.rules.care.last_administrator import check_administrators
from gezhi.people.rules.care.plan import Facts, Plan, RowChange, StaffDeedFacts, Table, directory_after
from gezhi.people.rules.care.reach import check_body, check_person, check_post
from gezhi.people.rules.care.refusals import AlreadyHeld, CannotUndo, UndoneAlready

BY_DATE = frozenset({DeedKind.CHANGE_BODY, DeedKind.CHANGE_POST})
BEGUN = ("已经生效。", "it is in force.")
MOVED = ("此后又有新的变更。", "it was changed again since.")
OWNER_ENDED = ("其上级机构已经撤销。", "the body above has ended.")


def plan_undoing(act: deeds.Undo, facts: Facts) -> Plan:
    deed = facts.deed
    if deed is None:
        raise NotFound(field="deed_id")
    _check_reach(facts, deed)
    if deed.is_undone:
        raise UndoneAlready
    if deed.kind not in UNDOABLE:
        raise _cannot(BEGUN)
    if deed.kind in BY_DATE:
        rows = _withdrawn(facts, deed)
    else:
        rows = tuple(_reversed(facts, row) for row in deed.rows)
        check_administrators(facts.directory, directory_after(facts.directory, rows), facts.today)
    return Plan(
        kind=kind_of(act),
        rows=rows,
        valid_from=facts.today,
        user_id=deed.user_id,
        post_id=deed.post_id,
        organisation_id=deed.organisation_id,
        by_date=deed.kind in BY_DATE,
        undoes=deed.id,
    )


def is_undoable(deed: StaffDeedFacts, today: date) -> bool:
    """Whether it is worth offering; what was built on it since is looked at when it is tried."""
    if deed.is_undone or deed.kind not in UNDOABLE:
        return False
    makes_rows = any(not row.before for row in deed.rows)
    return deed.valid_from > today if deed.kind in BY_DATE or makes_rows else True


def _withdrawn(facts: Facts, deed: StaffDeedFacts) -> tuple[RowChange, ...]:
    """A dated change before its day: the rows that it would have changed stay as they are."""
    if deed.valid_from <= facts.today:
        raise _cannot(BEGUN)
    check_rings(facts.directory, [one for one in facts.changes if one.id != deed.id], facts.today)
    return tuple(RowChange(row.table, row.id, row.after, row.before) for row in deed.rows)


def _reversed(facts: Facts, row: RowChange) -> RowChange:
    standing = _standing(facts, row)
    if not row.before:
        if standing is None:
            raise _cannot(MOVED)
        if standing.valid_from <= facts.today:
            raise _cannot(BEGUN)
        return RowChange(row.table, row.id, {"struck": False}, {"struck": True})
    if standing is None or any(getattr(standing, name) != value for name, value in row.after.items()):
        raise _cannot(MOVED)
    if row.table is Table.APPOINTMENT:
        _check_free(facts, standing)
    if row.table is Table.BODY and standing.parent_id is not None:
        parent = facts.directory.organisations[standing.parent_id]
        if parent.valid_to is not None and parent.valid_to < facts.today:
            raise _cannot(OWNER_ENDED)
    return RowChange(row.table, row.id, row.after, row.before)


def _standing(facts: Facts, row: RowChange) -> Any:
    directory = facts.directory
    rows: dict[Table, Any] = {
        Table.PERSON: directory.users,
        Table.BODY: directory.organisations,
        Table.POST: directory.posts,
        Table.APPOINTMENT: {one.id: one for one in directory.appointments},
        Table.LEAVE: {one.id: one for one in directory.leaves},
    }
    return rows[row.table].get(row.id)


def _check_free(facts: Facts, held: Any) -> None:
    """Taken up again it must not lie over an appointment that was made since."""
    for one in facts.directory.appointments_of(held.user_id):
        if one.post_id == held.post_id and one.id != held.id and one.valid_from > held.valid_from:
            raise AlreadyHeld


def _check_reach(facts: Facts, deed: StaffDeedFacts) -> None:
    directory, actor = facts.directory, facts.actor
    if deed.user_id is not None:
        check_person(directory, facts.user(deed.user_id), actor)
    if deed.post_id is not None:
        check_post(directory, facts.post(deed.post_id), actor)
    elif deed.organisation_id is not None:
        check_body(directory, facts.body(deed.organisation_id), actor)


def _cannot(why: tuple[str, str]) -> CannotUndo:
    return CannotUndo(why_zh=why[0], why_en=why[1])
