"""机构和岗位变更: creating, renaming, moving and ending bodies and posts, each from a day on."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date, timedelta
from typing import Any

from gezhi.people.rules.care import deeds
from gezhi.people.rules.care.deeds import kind_of
from gezhi.people.rules.care.last_administrator import check_administrators
from gezhi.people.rules.care.plan import NEW, Facts, Plan, RowChange, StaffDeedFacts, Table, directory_on, values_on
from gezhi.people.rules.care.reach import check_body, check_post, check_regions
from gezhi.people.rules.care.refusals import (
    BodyClosed,
    BodyHasBelow,
    BodyHasDuties,
    BodyHasWork,
    CodeTaken,
    EndedAlready,
    EndsBeforeStart,
    NothingChanges,
    PostHeld,
)
from gezhi.people.rules.directory import Directory, OrganisationFacts, PostFacts, is_valid
from gezhi.people.rules.rows import LONGEST_PATH, PathTooLong, RingOfParents

MOST_NAMED = 3
BODY_VALUES = ("name", "name_en", "parent_id")
POST_VALUES = ("title", "title_en", "establishment")


def plan_new_body(act: deeds.CreateBody, facts: Facts) -> Plan:
    parent = facts.body(act.parent_id, "parent_id")
    check_body(facts.directory, parent, facts.actor)
    check_regions([act.region_code] if act.region_code else [], facts.actor)
    _check_body_open(parent, act.valid_from)
    if act.code in facts.directory.organisation_ids:
        raise CodeTaken(field="code", taken=act.code)
    path = f"{parent.path}{act.code}/"
    if len(path) > LONGEST_PATH:
        raise PathTooLong(field="parent_id", code=act.code)
    values = {
        "code": act.code,
        "name": act.name,
        "name_en": act.english,
        "kind": act.kind.value,
        "platform_level": act.platform_level,
        "parent_id": parent.id,
        "path": path,
        "region_code": act.region_code,
        "valid_from": act.valid_from,
    }
    return Plan(
        kind=kind_of(act),
        rows=(RowChange(Table.BODY, NEW, {}, values),),
        valid_from=act.valid_from,
        organisation_id=parent.id,
    )


def plan_changed_body(act: deeds.ChangeBody, facts: Facts) -> Plan:
    body = facts.body(act.organisation_id)
    check_body(facts.directory, body, facts.actor)
    _check_body_open(body, act.valid_from)
    standing = values_on(facts.changes, Table.BODY, body.id, _values(body, BODY_VALUES), act.valid_from)
    row = _changed(
        Table.BODY, body.id, standing, {"name": act.name, "name_en": act.english, "parent_id": act.parent_id}
    )
    if "parent_id" in row.after:
        _check_move(facts, body, act, row)
    return Plan(kind=kind_of(act), rows=(row,), valid_from=act.valid_from, organisation_id=body.id, by_date=True)


def plan_end_of_body(act: deeds.EndBody, facts: Facts) -> Plan:
    body, directory, after = facts.body(act.organisation_id), facts.directory, act.last_day + timedelta(days=1)
    check_body(directory, body, facts.actor)
    _check_last_day(body.valid_from, body.valid_to, act.last_day)
    below = [one for id_ in directory.children.get(body.id, ()) if _lasts(one := directory.organisations[id_], after)]
    if below:
        raise BodyHasBelow(name=body.name, day=act.last_day, names=_named(one.name for one in below))
    for post in directory.posts.values():
        if post.organisation_id == body.id:
            _check_empty(directory, post, act.last_day)
    if work := facts.open_work(None, (body.id,)).part_count:
        raise BodyHasWork(name=body.name, count=work)
    if rows := facts.count_duties(body.id, act.last_day):
        raise BodyHasDuties(name=body.name, day=act.last_day, count=rows)
    row = RowChange(Table.BODY, body.id, {"valid_to": body.valid_to}, {"valid_to": act.last_day})
    return Plan(kind=kind_of(act), rows=(row,), valid_from=after, organisation_id=body.id)


def plan_new_post(act: deeds.CreatePost, facts: Facts) -> Plan:
    body = facts.body(act.organisation_id)
    check_body(facts.directory, body, facts.actor)
    check_regions(act.region_codes or (facts.directory.region_of(body.id),), facts.actor)
    _check_body_open(body, act.valid_from)
    values = {
        "code": _post_code(facts.directory, body, act.role.value),
        "organisation_id": body.id,
        "title": act.title,
        "title_en": act.english,
        "role": act.role.value,
        "region_codes": list(act.region_codes),
        "establishment": act.establishment,
        "valid_from": act.valid_from,
    }
    return Plan(
        kind=kind_of(act),
        rows=(RowChange(Table.POST, NEW, {}, values),),
        valid_from=act.valid_from,
        organisation_id=body.id,
    )


def plan_changed_post(act: deeds.ChangePost, facts: Facts) -> Plan:
    post = facts.post(act.post_id)
    check_post(facts.directory, post, facts.actor)
    standing = values_on(facts.changes, Table.POST, post.id, _values(post, POST_VALUES), act.valid_from)
    new = {"title": act.title, "title_en": act.english, "establishment": act.establishment}
    return Plan(
        kind=kind_of(act),
        rows=(_changed(Table.POST, post.id, standing, new),),
        valid_from=act.valid_from,
        post_id=post.id,
        organisation_id=post.organisation_id,
        by_date=True,
    )


def plan_end_of_post(act: deeds.EndPost, facts: Facts) -> Plan:
    post = facts.post(act.post_id)
    check_post(facts.directory, post, facts.actor)
    _check_last_day(post.valid_from, post.valid_to, act.last_day)
    _check_empty(facts.directory, post, act.last_day)
    return Plan(
        kind=kind_of(act),
        rows=(RowChange(Table.POST, post.id, {"valid_to": post.valid_to}, {"valid_to": act.last_day}),),
        valid_from=act.last_day + timedelta(days=1),
        post_id=post.id,
        organisation_id=post.organisation_id,
    )


def check_rings(directory: Directory, changes: Iterable[StaffDeedFacts], since: date) -> None:
    """机构隶属不成环: on no day from now on does a body stand below itself."""
    planned = tuple(changes)
    days = {since, *(one.valid_from for one in planned if one.valid_from > since and not one.is_undone)}
    for day in sorted(days):
        parents = {
            id_: values_on(planned, Table.BODY, id_, {"parent_id": body.parent_id}, day)["parent_id"]
            for id_, body in directory.organisations.items()
        }
        for start, body in directory.organisations.items():
            seen, at = {start}, parents[start]
            while at is not None:
                if at in seen:
                    raise RingOfParents(field="parent_id", code=body.name)
                seen.add(at)
                at = parents[at]


def _check_move(facts: Facts, body: OrganisationFacts, act: deeds.ChangeBody, row: RowChange) -> None:
    """Both where a body leaves and where it goes belong to whoever moves it."""
    if act.parent_id is None or body.parent_id is None:
        raise RingOfParents(field="parent_id", code=body.name)
    parent = facts.body(act.parent_id, "parent_id")
    check_body(facts.directory, parent, facts.actor)
    check_body(facts.directory, facts.body(body.parent_id), facts.actor)
    _check_body_open(parent, act.valid_from)
    above = len(parent.path) - len(facts.body(body.parent_id).path)
    if max(len(facts.body(one).path) for one in facts.directory.subtree(body.id)) + above > LONGEST_PATH:
        raise PathTooLong(field="parent_id", code=body.code)
    last = max((one.id for one in facts.changes), default=0) + 1
    move = StaffDeedFacts(id=last, kind=kind_of(act), valid_from=act.valid_from, rows=(row,))
    check_rings(facts.directory, (*facts.changes, move), act.valid_from)
    before, after = (
        directory_on(facts.directory, changes, act.valid_from) for changes in (facts.changes, (*facts.changes, move))
    )
    check_administrators(before, after, act.valid_from)


def _check_body_open(body: OrganisationFacts, on: date) -> None:
    if not is_valid(body.valid_from, body.valid_to, on):
        raise BodyClosed(name=body.name, day=on)


def _check_last_day(valid_from: date, valid_to: date | None, last_day: date) -> None:
    if last_day < valid_from:
        raise EndsBeforeStart(field="last_day", valid_from=valid_from)
    if valid_to is not None and valid_to <= last_day:
        raise EndedAlready(field="last_day", last_day=valid_to)


def _check_empty(directory: Directory, post: PostFacts, last_day: date) -> None:
    """Nobody holds the post on any day after its last."""
    names = {
        directory.users[one.user_id].name: None
        for one in directory.appointments_to(post.id)
        if _lasts(one, last_day + timedelta(days=1))
        and _lasts(directory.users[one.user_id], last_day + timedelta(days=1))
    }
    if names:
        title_en = post.title_en or post.title
        raise PostHeld(title_zh=post.title, title_en=title_en, day=last_day, names=_named(names))


def _lasts(one: Any, on: date) -> bool:
    end: date | None = one.active_to if hasattr(one, "active_to") else one.valid_to
    return end is None or end >= on


def _named(names: Iterable[str]) -> str:
    shown = list(names)
    return "、".join(shown[:MOST_NAMED]) + (" …" if len(shown) > MOST_NAMED else "")


def _values(one: Any, names: Iterable[str]) -> dict[str, Any]:
    return {name: getattr(one, name) for name in names}


def _changed(table: Table, id_: int, standing: Mapping[str, Any], new: Mapping[str, Any]) -> RowChange:
    after = {name: value for name, value in new.items() if value != standing[name]}
    if not after:
        raise NothingChanges
    return RowChange(table, id_, {name: standing[name] for name in after}, after)


def _post_code(directory: Directory, body: OrganisationFacts, role: str) -> str:
    """The next free code of the body for this role."""
    number = 1
    while (code := f"{body.code}-{role}-{number}") in directory.post_ids:
        number += 1
    return code
