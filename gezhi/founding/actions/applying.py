"""变更落实: a plan is applied whole or not at all, each row through the action of its register."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import UTC, date, datetime, timedelta
from typing import Any

import msgspec
from django.db import transaction

from gezhi.calendars.actions import override_days
from gezhi.catalog.actions import add_rows
from gezhi.catalog.actions import end_row as end_standard_row
from gezhi.catalog.queries import held_catalog
from gezhi.catalog.rules.class_key import row_number
from gezhi.duties.actions import end_row, install_area_levels, install_duty_rows
from gezhi.duties.rules.duty_row import DutyRowData
from gezhi.founding.models import AppliedRow
from gezhi.founding.queries.registers import READERS, Registers, get_area_level, read_registers, read_vocabulary
from gezhi.founding.rules import assemble, tables
from gezhi.founding.rules.changes.import_checks import kinds_looked_at
from gezhi.founding.rules.changes.plan import Act, KindPlan, Plan, PlannedRow
from gezhi.founding.rules.changes.planned_kinds import PLANNED, Applied, base_key
from gezhi.founding.rules.city import DutyEntry, OfficerEntry
from gezhi.founding.rules.holidays import days_of
from gezhi.founding.rules.standard.standard_rows import standard_row_of
from gezhi.kernel.permissions import Actor
from gezhi.kernel.problems import Problem
from gezhi.people.actions import (
    do_act,
    end_officer,
    hash_password,
    install_officers,
    install_organisations,
    install_people,
    install_posts,
)
from gezhi.people.queries import held_directory
from gezhi.people.rules.care import deeds
from gezhi.people.rules.officers import OfficerRow
from gezhi.plumbing.clock import Clock
from gezhi.plumbing.database import take_turns
from gezhi.plumbing.ids import system_ids
from gezhi.plumbing.register_rows import Doing

LOCK = "founding.city"
DAY = timedelta(days=1)


class PlanIsStale(Problem):
    code = "founding.apply-plan.stale"
    status = 409
    title = "检查以后登记数据又有变化，这份计划不能再执行，未作改动；请重新检查。"
    title_en = "The registers have changed since the check; this plan is not applied, nothing was changed. Check again."


class PlanHasErrors(Problem):
    code = "founding.apply-plan.has-errors"
    status = 422
    title = "有 {errors} 处错误，未作改动；请先改正错误。"
    title_en = "There are {errors} errors; nothing was changed. Correct them first."


class Applying(msgspec.Struct, frozen=True, kw_only=True):
    """Who applies a plan, when and why; `city`: its code."""

    actor: Actor
    clock: Clock
    reason: str
    city: str


@transaction.atomic
def apply_plan(plan: Plan, applying: Applying) -> None:
    """Everything that the plan says, or nothing: refused where it has errors or the registers have changed since."""
    take_turns(LOCK)
    if plan.report.errors:
        raise PlanHasErrors(errors=plan.report.errors)
    registers = read_registers(kinds_looked_at([one.name for one in plan.kinds]), on=plan.on)
    if registers.basis != plan.basis:
        raise PlanIsStale
    for kind in plan.kinds:
        entering = [row for row in kind.rows if row.act is not Act.END]
        if entering:
            ENTER[kind.name](entering, applying)
    for kind in reversed(plan.kinds):
        for row in sorted(kind.rows, key=_depth, reverse=True):
            if row.act is Act.END:
                END[kind.name](row.entity, row.on, applying)
    remember(plan, registers, applying.clock)


def _depth(row: PlannedRow) -> int:
    """Bodies below end before those above."""
    directory = held_directory()
    return len(directory.ancestors(row.entity)) if row.kind == "organisations" and row.entity else 0


def remember(plan: Plan, registers: Registers, clock: Clock) -> None:
    """What the files said of each row, and which row of the register that is now."""
    at = datetime.fromtimestamp(clock(), UTC)
    for kind in plan.kinds:
        before = {one.key: one for one in registers.applied[kind.name]}
        told = [one for one in _with_entities(kind, plan.on) if before.get(one.key) != one]
        AppliedRow.objects.bulk_create(
            (
                AppliedRow(
                    kind=kind.name,
                    key=one.key,
                    values=one.values,
                    entity=one.entity,
                    withdrawn=one.withdrawn,
                    applied_at=at,
                )
                for one in told
            ),
            batch_size=5000,
            update_conflicts=True,
            unique_fields=["kind", "key"],
            update_fields=["values", "entity", "withdrawn", "applied_at"],
        )


def _with_entities(plan: KindPlan, on: date) -> list[Applied]:
    entered = [row for row in plan.rows if row.act is not Act.END and row.row is not None]
    if not entered:
        return list(plan.told)
    kind, standing = PLANNED[plan.name], READERS[plan.name](on)
    by_key = {one.key: one.entity for one in standing}
    by_day = {(one.key, one.first): one.entity for one in standing}
    entities = {}
    for row in entered:
        base = base_key(kind, row.row) if row.row else ""
        entities[row.key] = by_day[base, row.on] if kind.dated else by_key[base]
    return [msgspec.structs.replace(one, entity=entities[one.key]) if one.key in entities else one for one in plan.told]


def _dated(file: str, rows: Sequence[PlannedRow], act: Act | None = None) -> assemble.Dated:
    kept = [row.row for row in rows if row.row is not None and act in (None, row.act)]
    return assemble.Dated({file: kept}, date.min)


def _do(act: deeds.AnyAct, applying: Applying) -> None:
    """An act of an administrator, with its checks and its place on record."""
    do_act(act, Doing(actor=applying.actor, key=system_ids(), clock=applying.clock, ids=system_ids))


def _enter_organisations(rows: Sequence[PlannedRow], applying: Applying) -> None:
    install_organisations(list(assemble.organisations_of(_dated(tables.ORGANISATIONS, rows, Act.ADD), applying.city)))
    ids = held_directory().organisation_ids
    for row, values in _changes(rows):
        change = deeds.ChangeBody(
            organisation_id=row.entity,
            name=values["name"],
            english=values["name_en"],
            parent_id=ids[values["parent"]] if values["parent"] else None,
            valid_from=row.on,
            reason=applying.reason,
        )
        _do(change, applying)


def _enter_posts(rows: Sequence[PlannedRow], applying: Applying) -> None:
    install_posts(list(assemble.posts_of(_dated(tables.POSTS, rows, Act.ADD))))
    posts = held_directory().posts
    for row, values in _changes(rows):
        change = deeds.ChangePost(
            post_id=row.entity,
            title=values["title"],
            english=values["title_en"],
            establishment=posts[row.entity].establishment,
            valid_from=row.on,
            reason=applying.reason,
        )
        _do(change, applying)


def _enter_people(rows: Sequence[PlannedRow], applying: Applying) -> None:
    """Whoever is new has no password until an administrator sets one."""
    added = list(assemble.people_of(_dated(tables.PEOPLE, rows, Act.ADD)))
    install_people(added, password_hash=hash_password(None))
    for row, values in _changes(rows):
        if {cell.column for cell in row.cells} - {"posts"}:
            told = {"name": values["name"], "phone": values["phone"], "language": values["language"]}
            _do(deeds.ChangePerson(user_id=row.entity, reason=applying.reason, **told), applying)
        _move_posts(row, applying)


def _changes(rows: Sequence[PlannedRow]) -> list[tuple[PlannedRow, dict[str, Any]]]:
    return [(row, row.row.values) for row in rows if row.act is Act.CHANGE and row.row is not None]


def _move_posts(row: PlannedRow, applying: Applying) -> None:
    """New posts first, so that nobody is without any meanwhile. Each was held for a day at least."""
    for cell in row.cells:
        if cell.column == "posts":
            old, new = set(cell.old.split()), set(cell.new.split())
            ids, last = held_directory().post_ids, row.on - DAY
            for code in sorted(new - old):
                _do(
                    deeds.Appoint(user_id=row.entity, post_id=ids[code], valid_from=row.on, reason=applying.reason),
                    applying,
                )
            given_up = {ids[code] for code in old - new}
            for held in held_directory().appointments_of(row.entity):
                if held.post_id in given_up and (held.valid_to is None or held.valid_to > last):
                    _do(
                        deeds.EndAppointment(
                            appointment_id=held.id, last_day=max(last, held.valid_from), reason=applying.reason
                        ),
                        applying,
                    )


def _enter_officers(rows: Sequence[PlannedRow], applying: Applying) -> None:  # noqa: ARG001
    entries = assemble.officers_of({tables.OFFICERS: [row.row for row in rows if row.row]}, date.min)
    install_officers([officer_row(one) for one in entries])


def officer_row(one: OfficerEntry) -> OfficerRow:
    directory = held_directory()
    return OfficerRow(
        organisation_id=directory.organisation_ids[one.organisation_code],
        kind=one.kind,
        user_id=directory.user_ids[one.username],
        valid_from=one.valid_from,
    )


def _enter_duties(rows: Sequence[PlannedRow], applying: Applying) -> None:
    for row in rows:
        if row.act is Act.CHANGE:
            _end_duty(row.entity, row.on - DAY, applying)
    units = held_directory().organisation_ids
    entries = assemble.duties_of(_dated(tables.DUTIES, rows), "")
    install_duty_rows(
        [duty_row(one, units[one.unit_code]) for one in entries],
        clock=applying.clock,
        reason=applying.reason,
        user_id=applying.actor.user_id,
    )


def duty_row(one: DutyEntry, unit_id: int) -> DutyRowData:
    return DutyRowData(
        edition=one.edition,
        kind=one.kind,
        selector=one.selector,
        area_code=one.area_code,
        unit_id=unit_id,
        valid_from=one.valid_from,
        valid_to=one.valid_to,
        basis_kind=one.basis_kind,
        basis=one.basis,
    )


def _enter_area_levels(rows: Sequence[PlannedRow], applying: Applying) -> None:
    for row in rows:
        if row.act is Act.CHANGE:
            _end_area_level(row.entity, row.on - DAY, applying)
    install_area_levels(list(assemble.area_levels_of(_dated(tables.AREA_LEVELS, rows))))


def _enter_holidays(rows: Sequence[PlannedRow], applying: Applying) -> None:
    for calendar, days in days_of([row.row for row in rows if row.row]).items():
        override_days(calendar, days, clock=applying.clock)


def _enter_standard_rows(rows: Sequence[PlannedRow], applying: Applying) -> None:  # noqa: ARG001
    keys = _row_keys()
    vocabulary = read_vocabulary(on=rows[0].on)
    add_rows(
        [standard_row_of(row.row, vocabulary, begins=row.on) for row in rows if row.row],
        {keys[row.entity]: row.on - DAY for row in rows if row.act is Act.CHANGE},
    )


def _row_keys() -> dict[int, str]:
    return {row_number(key): key for key in held_catalog().rows}


ENTER: dict[str, Callable[[Sequence[PlannedRow], Applying], None]] = {
    "organisations": _enter_organisations,
    "posts": _enter_posts,
    "people": _enter_people,
    "officers": _enter_officers,
    "duties": _enter_duties,
    "area_levels": _enter_area_levels,
    "holidays": _enter_holidays,
    "standard_rows": _enter_standard_rows,
}


def _end_organisation(entity: int, last: date, applying: Applying) -> None:
    _do(deeds.EndBody(organisation_id=entity, last_day=last, reason=applying.reason), applying)


def _end_post(entity: int, last: date, applying: Applying) -> None:
    _do(deeds.EndPost(post_id=entity, last_day=last, reason=applying.reason), applying)


def _end_person(entity: int, last: date, applying: Applying) -> None:
    _do(deeds.EndPerson(user_id=entity, last_day=last, reason=applying.reason), applying)


def _end_officer(entity: int, last: date, applying: Applying) -> None:
    end_officer(entity, last_day=last, actor=applying.actor)


def _end_duty(entity: int, last: date, applying: Applying) -> None:
    end_row(entity, last_day=last, reason=applying.reason, actor=applying.actor, clock=applying.clock)


def _end_area_level(entity: int, last: date, applying: Applying) -> None:  # noqa: ARG001
    install_area_levels([msgspec.structs.replace(get_area_level(entity), valid_to=last)])


def _end_standard_row(entity: int, last: date, applying: Applying) -> None:  # noqa: ARG001
    end_standard_row(_row_keys()[entity], last_day=last)


END: dict[str, Callable[[int, date, Applying], None]] = {
    "organisations": _end_organisation,
    "posts": _end_post,
    "people": _end_person,
    "officers": _end_officer,
    "duties": _end_duty,
    "area_levels": _end_area_level,
    "standard_rows": _end_standard_row,
}
