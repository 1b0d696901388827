"""岗位配备: whether the folder's people can work: an administrator, every seat, handlers at every unit."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from gezhi.founding.rules import tables
from gezhi.founding.rules.cells import spans_of
from gezhi.founding.rules.findings import Findings
from gezhi.founding.rules.registers import TABLE_OF, Rows
from gezhi.kernel.permissions import Role
from gezhi.kernel.role_names import ROLE_NAMES
from gezhi.people.rules.directory import is_valid

SEATS = (Role.COLLECTOR, Role.ACCEPTOR, Role.DUTY_OFFICER, Role.DISPATCHER)
"""Without one of these no case comes to its end."""


def check_people(rows: Rows, effective: date, findings: Findings) -> None:
    """人员: who holds nothing, which seats are empty, whether anybody can sign in first."""
    for row in rows.get(tables.PEOPLE, ()):
        if not row["posts"]:
            findings.add("person.without-post", tables.PEOPLE, row=row.number, column="posts", value=row["username"])
    held = {role for role, _ in _held_posts(rows, effective)}
    if Role.ADMINISTRATOR not in held:
        findings.add("administrator.missing", tables.PEOPLE, column="posts", value=effective)
    for role in SEATS:
        if role not in held:
            zh, en = ROLE_NAMES[role]
            findings.add("role.missing", tables.PEOPLE, column="posts", value=role.value, zh=zh, en=en)


def check_units(rows: Rows, effective: date, findings: Findings) -> None:
    """责任单位: a handler in the body itself or in one above receives what is dispatched to it."""
    parents = {row["key"]: row["parent"] for row in rows.get(tables.ORGANISATIONS, ())}
    handling = {body for role, body in _held_posts(rows, effective) if role == Role.HANDLER}
    units: dict[str, int] = {}
    for row in rows.get(tables.DUTIES, ()):
        if row["unit"] in parents:
            units.setdefault(row["unit"], row.number)
    for unit, number in units.items():
        if not _reaches(unit, parents, handling):
            findings.add("unit.without-account", tables.DUTIES, row=number, column="unit", value=unit)


def _reaches(unit: str, parents: Mapping[str, str], handling: set[str]) -> bool:
    above: list[str] = []
    while unit and unit not in above:
        above.append(unit)
        unit = parents.get(unit, "")
    return not handling.isdisjoint(above)


def _held_posts(rows: Rows, on: date) -> set[tuple[str, str]]:
    """Role and body of every post that somebody holds on a day."""
    posts = {
        row["key"]: (row["role"], row["organisation"])
        for row, first, last in spans_of(TABLE_OF[tables.POSTS], rows.get(tables.POSTS, ()), on)
        if is_valid(first, last, on)
    }
    return {
        posts[key]
        for row, first, last in spans_of(TABLE_OF[tables.PEOPLE], rows.get(tables.PEOPLE, ()), on)
        if is_valid(first, last, on)
        for key in row["posts"]
        if key in posts
    }
