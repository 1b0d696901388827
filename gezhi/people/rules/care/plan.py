"""变更方案: what an act would change, value by value, and what the planner may look at. Nothing is stored here."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import date
from enum import StrEnum
from typing import Any, TypeVar

import msgspec

from gezhi.kernel.permissions import Actor
from gezhi.kernel.problems import NotFound
from gezhi.people.rules.care.deeds import DeedKind
from gezhi.people.rules.directory import Directory, OrganisationFacts, PostFacts, UserFacts
from gezhi.people.rules.held_posts import AppointmentFacts, LeaveFacts
from gezhi.people.rules.leaving import OpenWork

T = TypeVar("T")
NEW = -1
"""The number of a row that has none yet."""

FindOpenWork = Callable[[int | None, Sequence[int]], OpenWork]
"""Open tasks of a collector (None: not asked for) and open parts of these units."""
CountDuties = Callable[[int, date], int]
"""How many rows of the duty table name a unit after a day."""


class Table(StrEnum):
    PERSON = "person"
    BODY = "body"
    POST = "post"
    APPOINTMENT = "appointment"
    LEAVE = "leave"


class RowChange(msgspec.Struct, frozen=True):
    """The values of a row that an act changes; `before` is empty where the row is made by it."""

    table: Table
    id: int
    before: Mapping[str, Any]
    after: Mapping[str, Any]


class Note(msgspec.Struct, frozen=True):
    """What somebody should know before they store it (提示)."""

    zh: str
    en: str


class Plan(msgspec.Struct, frozen=True, kw_only=True):
    """An act that nothing speaks against. `by_date`: the rows follow from all deeds up to today, not from it alone."""

    kind: DeedKind
    rows: tuple[RowChange, ...]
    valid_from: date
    user_id: int | None = None
    post_id: int | None = None
    organisation_id: int | None = None
    notes: tuple[Note, ...] = ()
    gives_password: bool = False
    by_date: bool = False
    undoes: int | None = None


class StaffDeedFacts(msgspec.Struct, frozen=True, kw_only=True):
    """A deed as it is stored."""

    id: int
    kind: DeedKind
    valid_from: date
    rows: tuple[RowChange, ...] = ()
    user_id: int | None = None
    post_id: int | None = None
    organisation_id: int | None = None
    is_undone: bool = False


class Facts(msgspec.Struct, frozen=True, kw_only=True):
    """What the planner may look at. `changes`: the dated changes of bodies and posts; `deed`: the one to take back."""

    directory: Directory
    actor: Actor
    today: date
    open_work: FindOpenWork
    count_duties: CountDuties
    contact: Mapping[str, str] = {}
    changes: tuple[StaffDeedFacts, ...] = ()
    deed: StaffDeedFacts | None = None

    def user(self, user_id: int, field: str = "user_id") -> UserFacts:
        return _found(self.directory.users, user_id, field)

    def post(self, post_id: int, field: str = "post_id") -> PostFacts:
        return _found(self.directory.posts, post_id, field)

    def body(self, organisation_id: int, field: str = "organisation_id") -> OrganisationFacts:
        return _found(self.directory.organisations, organisation_id, field)

    def appointment(self, appointment_id: int) -> AppointmentFacts:
        return _found({one.id: one for one in self.directory.appointments}, appointment_id, "appointment_id")

    def leave(self, leave_id: int) -> LeaveFacts:
        return _found({one.id: one for one in self.directory.leaves}, leave_id, "leave_id")


def _found(rows: Mapping[int, T], id_: int, field: str) -> T:
    if id_ not in rows:
        raise NotFound(field=field)
    return rows[id_]


def values_on(
    changes: Iterable[StaffDeedFacts], table: Table, id_: int, present: Mapping[str, Any], on: date
) -> dict[str, Any]:
    """The values of a row on a day (按日期的版本): what stood before the first change, and every change up to the day."""
    deeds = sorted(
        (one for one in changes for row in one.rows if row.table is table and row.id == id_), key=lambda one: one.id
    )
    rows = [(deed, row) for deed in deeds for row in deed.rows if row.table is table and row.id == id_]
    values = dict(present)
    for _, row in reversed(rows):
        values.update(row.before)
    in_force = [(deed.valid_from, deed.id, row) for deed, row in rows if not deed.is_undone and deed.valid_from <= on]
    for _, _, row in sorted(in_force, key=lambda one: one[:2]):
        values.update(row.after)
    return values


def directory_after(directory: Directory, rows: Iterable[RowChange]) -> Directory:
    """Names and ties as they would be."""
    users, posts, bodies = dict(directory.users), dict(directory.posts), dict(directory.organisations)
    appointments = {one.id: one for one in directory.appointments}
    leaves = {one.id: one for one in directory.leaves}
    tables: dict[Table, tuple[dict[int, Any], type[Any]]] = {
        Table.PERSON: (users, UserFacts),
        Table.POST: (posts, PostFacts),
        Table.BODY: (bodies, OrganisationFacts),
        Table.APPOINTMENT: (appointments, AppointmentFacts),
        Table.LEAVE: (leaves, LeaveFacts),
    }
    for row in rows:
        held, kind = tables[row.table]
        values = {name: value for name, value in _as_facts(row.after).items() if name in kind.__struct_fields__}
        if row.after.get("struck"):
            held.pop(row.id, None)
        elif row.id in held:
            held[row.id] = msgspec.structs.replace(held[row.id], **values)
        elif row.table is not Table.BODY:
            held[row.id] = kind(**{"id": row.id, **values})
    officers = [one for body in directory.organisations for one in directory.all_officers_of(body)]
    return Directory(users.values(), bodies.values(), posts.values(), appointments.values(), officers, leaves.values())


def directory_on(directory: Directory, changes: Iterable[StaffDeedFacts], day: date) -> Directory:
    """Names and ties as bodies stand to each other on a day, by all changes that are entered."""
    planned = tuple(changes)
    moved = sorted({row.id for deed in planned for row in deed.rows if row.table is Table.BODY})
    rows = []
    for id_ in moved:
        parent = {"parent_id": directory.organisations[id_].parent_id}
        after = values_on(planned, Table.BODY, id_, parent, day)
        rows.append(RowChange(Table.BODY, id_, parent, {"parent_id": after["parent_id"]}))
    return directory_after(directory, rows)


_NAMES = {"display_name": "name"}


def _as_facts(values: Mapping[str, Any]) -> dict[str, Any]:
    return {_NAMES.get(name, name): value for name, value in values.items()}
