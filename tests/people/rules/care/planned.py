"""The invented city in memory, and acts planned on it as by its administrator."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date
from typing import Any

import msgspec

from gezhi.kernel.permissions import Actor, Scope
from gezhi.people.rules.care.deeds import kind_of
from gezhi.people.rules.care.plan import Facts, Plan, RowChange, StaffDeedFacts, directory_after
from gezhi.people.rules.care.planning import plan_act
from gezhi.people.rules.directory import Directory
from gezhi.people.rules.leaving import OpenWork
from gezhi.people.rules.scope import build_actor
from tests.people.invented import ORGANISATIONS, POSTS, USERS, build_directory

NO_WORK = OpenWork()
TODAY = date(2026, 3, 2)
WHY = "人事通知第7号"
BODY = {row.code: id_ for id_, row in enumerate(ORGANISATIONS, 1)}
POST = {row.code: id_ for id_, row in enumerate(POSTS, 1)}
USER = {row.username: id_ for id_, row in enumerate(USERS, 1)}


def city(*changes: RowChange) -> Directory:
    return directory_after(build_directory(), changes)


def held(user: str, post: str) -> int:
    """The number of an appointment."""
    (one,) = (one for one in build_directory().appointments_of(USER[user]) if one.post_id == POST[post])
    return one.id


def keeper(directory: Directory, *regions: str) -> Actor:
    """The administrator of the city; with regions, one who keeps only those."""
    actor = build_actor(directory, directory.users[USER["gu"]], directory.posts[POST["keeper"]], TODAY)
    if not regions:
        return actor
    return msgspec.structs.replace(actor, scope=Scope(regions=regions), organisation_id=BODY["jd-east"], user_id=0)


def facts_of(
    directory: Directory,
    *,
    by: Actor | None = None,
    work: OpenWork = NO_WORK,
    duties: int = 0,
    changes: Iterable[StaffDeedFacts] = (),
    deed: StaffDeedFacts | None = None,
) -> Facts:
    def find(collector_id: int | None, unit_ids: Sequence[int]) -> OpenWork:
        return work if collector_id is not None or unit_ids else OpenWork()

    return Facts(
        directory=directory,
        actor=by or keeper(directory),
        today=TODAY,
        open_work=find,
        count_duties=lambda _unit, _after: duties,
        contact={"phone": "", "language": "zh"},
        changes=tuple(changes),
        deed=deed,
    )


def plan(act: Any, directory: Directory | None = None, **facts: Any) -> Plan:
    return plan_act(act, facts_of(directory or city(), **facts))


def deed_of(
    act: Any, made: Plan, *, id_: int = 1, rows: Iterable[RowChange] | None = None, undone: bool = False
) -> StaffDeedFacts:
    """The deed as which a plan is stored; `rows` have their numbers."""
    return StaffDeedFacts(
        id=id_,
        kind=kind_of(act),
        valid_from=made.valid_from,
        rows=tuple(made.rows if rows is None else rows),
        user_id=made.user_id,
        post_id=made.post_id,
        organisation_id=made.organisation_id,
        is_undone=undone,
    )
