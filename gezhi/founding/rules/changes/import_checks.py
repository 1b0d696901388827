"""导入检查: what is wrong with rows beside what stands already, and with what would be left when they are applied."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date, timedelta
from typing import Any

import msgspec

from gezhi.founding.rules import tables
from gezhi.founding.rules.cells import Row
from gezhi.founding.rules.changes.plan import Act, KindPlan, PlannedRow
from gezhi.founding.rules.changes.planned_kinds import FIRST, LAST, PLANNED, PlannedKind, Standing
from gezhi.founding.rules.duties import check_classes, check_superseded
from gezhi.founding.rules.findings import Findings
from gezhi.founding.rules.holidays import check_hours
from gezhi.founding.rules.registers import TABLE_OF, check_references, check_spans, check_tree
from gezhi.kernel.permissions import Role
from gezhi.people.rules.directory import is_valid

DAY = timedelta(days=1)
BELONGS = (
    ("organisations", "parent", "organisations"),
    ("posts", "organisation", "organisations"),
    ("officers", "organisation", "organisations"),
    ("duties", "unit", "organisations"),
    ("people", "posts", "posts"),
)
"""Rows of the first kind name in this column a row of the last, and do not outlast it."""
NEEDS: dict[str, tuple[str, ...]] = {
    "organisations": ("organisations", "posts", "people", "officers", "duties"),
    "posts": ("organisations", "posts", "people"),
    "people": ("organisations", "posts", "people"),
    "officers": ("organisations", "people", "officers"),
    "duties": ("organisations", "duties"),
}
"""What is looked at when a kind is imported; else the kind alone."""


ByKind = Mapping[str, Sequence[Standing]]


class Surroundings(msgspec.Struct, frozen=True):
    """Classes by edition, kind and code; the edition of the day; who has a password."""

    classes: frozenset[tuple[str, str, str]]
    edition: str
    able: frozenset[str]


class Final(msgspec.Struct, frozen=True):
    """A row as it is when everything is applied; `number`: where the file says so."""

    key: str
    values: Mapping[str, Any]
    first: date
    last: date | None
    number: int = 0


def kinds_looked_at(names: Sequence[str]) -> list[str]:
    return list(dict.fromkeys(one for name in names for one in NEEDS.get(name, (name,))))


def check_rows(
    kind: PlannedKind,
    rows: Sequence[Row],
    standing: ByKind,
    known: Mapping[str, set[str]],
    around: Surroundings,
    *,
    on: date,
    findings: Findings,
) -> None:
    """Single rows of one file beside the registers. `known`: what a cell may name besides rows of these."""
    here = {PLANNED[name].file: [Row(0, one.values) for one in held] for name, held in standing.items()}
    own = {kind.file: rows}
    keys = {file: _keys(file, [*here.get(file, ()), *own.get(file, ())]) for file in (*here, kind.file)}
    check_references(own, {**known, **keys}, findings)
    check_spans(own, on, findings, standing=here)
    if kind.file == tables.HOLIDAYS:
        check_hours(rows, findings)
    if kind.file == tables.DUTIES:
        check_classes(own, around.classes, around.edition, on, findings)
        check_superseded(own, around.edition, on, findings)
    if kind.file == tables.ORGANISATIONS:
        told = _keys(kind.file, rows)
        others = [row for row in here.get(kind.file, ()) if row["key"] not in told]
        kept = {row["key"]: row["parent"] for row in here.get(kind.file, ())}
        parents = [Row(row.number, {**row.values, "parent": row["parent"] or kept.get(row["key"], "")}) for row in rows]
        check_tree(TABLE_OF[kind.file], "parent", [*others, *parents], findings)


def _keys(file: str, rows: Iterable[Row]) -> set[str]:
    key = TABLE_OF[file].key
    return {row[key[0]] for row in rows} if len(key) == 1 else set()


def final_rows(standing: Sequence[Standing], plan: KindPlan | None) -> Iterator[Final]:
    """The rows of a kind once everything is applied."""
    rows = plan.rows if plan else ()
    changed = {row.entity: row for row in rows if row.act is Act.CHANGE}
    ended = {row.entity: row for row in rows if row.act is Act.END}
    for one in standing:
        change, end = changed.get(one.entity), ended.get(one.entity)
        if change is not None and PLANNED[change.kind].dated:
            yield Final(one.key, one.values, one.first, change.on - DAY, change.number)
            yield _planned(change, one.key)
            continue
        values = one.values if change is None else _values(change)
        yield Final(one.key, values, one.first, one.last if end is None else end.on, end.number if end else 0)
    for row in rows:
        if row.act is Act.ADD:
            yield _planned(row, row.key)


def _values(row: PlannedRow) -> Mapping[str, Any]:
    return row.row.values if row.row else {}


def _planned(row: PlannedRow, key: str) -> Final:
    values = _values(row)
    return Final(key, values, values.get(FIRST) or row.on, values.get(LAST), row.number)


def check_owners(standing: ByKind, plans: Mapping[str, KindPlan], findings: Findings) -> None:
    """终止前核对: what belongs to a body or a post that ends does not go on without it."""
    for below, column, above in BELONGS:
        ending = {row.key: row for row in plans[above].rows if row.act is Act.END} if above in plans else {}
        if not ending or below not in standing:
            continue
        for one in final_rows(standing[below], plans.get(below)):
            named = one.values[column]
            for owner in named if isinstance(named, tuple) else (named,):
                end = ending.get(owner)
                if end is not None and (one.last is None or one.last > end.on):
                    told: dict[str, Any] = {"last": end.on, "held": one.key, "target": PLANNED[below].file}
                    row = end.number or None
                    findings.add("owner.ends", PLANNED[above].file, row=row, column=LAST, value=owner, **told)


def check_administrator(
    standing: ByKind, plans: Mapping[str, KindPlan], able: frozenset[str], *, on: date, findings: Findings
) -> None:
    """末位管理员: on no day after a change is there nobody who can sign in as an administrator."""
    if not {"organisations", "posts", "people"} <= set(standing):
        return
    now = _Staff(standing, {}, able)
    if not now.has_administrator(on):
        return
    after = _Staff(standing, plans, able)
    moving = [row for name in ("organisations", "posts", "people") if name in plans for row in plans[name].rows]
    days = {row.on + DAY if row.act is Act.END else row.on for row in moving if row.act is not Act.ADD}
    for day in sorted(days):
        if day >= on and not after.has_administrator(day):
            findings.add("administrator.last", tables.PEOPLE, value=day - DAY)
            return


class _Staff:
    def __init__(self, standing: ByKind, plans: Mapping[str, KindPlan], able: frozenset[str]) -> None:
        bodies = {one.key: one for one in final_rows(standing["organisations"], plans.get("organisations"))}
        self._posts = {
            one.key: (one, bodies[one.values["organisation"]])
            for one in final_rows(standing["posts"], plans.get("posts"))
            if one.values["role"] == Role.ADMINISTRATOR and one.values["organisation"] in bodies
        }
        self._people = [one for one in final_rows(standing["people"], plans.get("people")) if one.key in able]

    def has_administrator(self, on: date) -> bool:
        return any(
            all(is_valid(one.first, one.last, on) for one in (person, *self._posts[post]))
            for person in self._people
            for post in person.values["posts"]
            if post in self._posts
        )
