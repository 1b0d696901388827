"""登记表检查: what is wrong between the rows of a city folder: rings, foreign codes, rows that outlive their owner."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import Any

import msgspec

from gezhi.founding.rules import tables
from gezhi.founding.rules.cells import Row, spans_of
from gezhi.founding.rules.findings import Findings
from gezhi.founding.rules.grids import Lying
from gezhi.founding.rules.settings import CITY
from gezhi.founding.rules.tables import IMPORTED, Table
from gezhi.people.rules.directory import is_valid
from gezhi.people.rules.region_prefix import region_prefix
from gezhi.regions.rules.divisions import LEVEL_OF_KIND
from gezhi.regions.rules.levels import Level, RegionKind

DIGITS = {Level.STREET: 9, Level.COMMUNITY: 12}
TABLE_OF = {table.file: table for table in IMPORTED}
OWNERS = (
    (tables.ORGANISATIONS, "parent", tables.ORGANISATIONS, "key"),
    (tables.POSTS, "organisation", tables.ORGANISATIONS, "key"),
    (tables.PEOPLE, "posts", tables.POSTS, "key"),
    (tables.DUTIES, "unit", tables.ORGANISATIONS, "key"),
)
"""Rows of the first table do not last longer than the row of the other that they name."""

Rows = Mapping[str, Sequence[Row]]


class Span(msgspec.Struct, frozen=True):
    first: date
    last: date | None


def check_references(rows: Rows, known: Mapping[str, set[str]], findings: Findings) -> None:
    """引用: what a cell names is there. `known`: the keys of each table that could be read."""
    for table in IMPORTED:
        for column in table.columns:
            if column.refers not in known:
                continue
            target = "divisions.csv" if column.refers == tables.PLACES else column.refers
            for row in rows.get(table.file, ()):
                value = row[column.name]
                for one in value if isinstance(value, tuple) else (value,):
                    if one and one not in known[column.refers]:
                        where: dict[str, Any] = {"row": row.number, "column": column.name}
                        findings.add("reference.missing", table.file, **where, value=one, target=target)


def check_spans(rows: Rows, effective: date, findings: Findings, *, standing: Rows | None = None) -> None:
    """起止日期: no row ends before it begins, none outlives the body or the post that it belongs to, be it in a file or
    `standing`.
    """
    for table in IMPORTED:
        for row, first, last in spans_of(table, rows.get(table.file, ()), effective):
            if last is not None and last < first:
                column = table.span[1]
                findings.add("dates.reversed", table.file, row=row.number, column=column, value=last, first=first)
    for file, column, owners, key in OWNERS:
        held = {row[key]: Span(first, last) for row, first, last in _spans(owners, standing or {}, effective)}
        held |= {row[key]: Span(first, last) for row, first, last in _spans(owners, rows, effective)}
        for row, first, last in _spans(file, rows, effective):
            names = row[column] if isinstance(row[column], tuple) else (row[column],)
            for name in names:
                owner = held.get(name)
                if owner is not None and _outlives(Span(first, last), owner, stands=row.begun is not None):
                    until = owner.last or "…"
                    days = {"owner_from": owner.first, "owner_to": until}
                    findings.add("dates.outlive-owner", file, row=row.number, column=column, value=name, **days)


def _spans(file: str, rows: Rows, effective: date) -> Iterable[tuple[Row, date, date | None]]:
    return spans_of(TABLE_OF[file], rows.get(file, ()), effective)


def _outlives(span: Span, owner: Span, *, stands: bool) -> bool:
    """Of a row that stands only the end is looked at: it may come to an owner that is younger."""
    begins_outside = not stands and not is_valid(owner.first, owner.last, span.first)
    return begins_outside or (owner.last is not None and (span.last is None or span.last > owner.last))


def check_tree(table: Table, parent: str, rows: Sequence[Row], findings: Findings) -> bool:
    """上级关系: no chain of parents comes back to where it began. Whether there is none."""
    key = table.key[0]
    above = {row[key]: row[parent] for row in rows}
    numbers = {row[key]: row.number for row in rows}
    seen: set[str] = set()
    good = True
    for begin in above:
        chain: list[str] = []
        at = begin
        while at in above and at not in seen:
            seen.add(at)
            chain.append(at)
            at = above[at]
        if at in chain:
            ring = chain[chain.index(at) :]
            shown = " → ".join([*ring, at])
            findings.add("tree.ring", table.file, row=numbers[at] or None, column=parent, value=at, ring=shown)
            good = False
    return good


def lying_of(city: str, rows: Sequence[Row]) -> Lying:
    """Which divisions lie in the city, the smallest first. The rows hold no ring."""
    return lying_in(city, {row["code"]: row["within"] for row in rows})


def lying_in(city: str, within: Mapping[str, str]) -> Lying:
    """The same of divisions by code with what contains each."""
    depth: dict[str, int] = {}
    for code in within:
        steps, at = 0, code
        while at != city and at in within:
            steps, at = steps + 1, within[at]
        if at == city and city in within:
            depth[code] = steps
    return Lying(within, tuple(sorted(depth, key=lambda code: (-depth[code], code))))


def check_divisions(city: str, rows: Sequence[Row], lying: Lying, findings: Findings) -> None:
    """区划代码: the city is one of them, and each of the others contains it or lies in it, by name and by number."""
    file = tables.DIVISIONS
    if city not in lying.within:
        findings.add("reference.missing", CITY, column="code", value=city, target=file)
        return
    around, at = set[str](), city
    while at in lying.within:
        at = lying.within[at]
        around.add(at)
    inside, prefix = set(lying.own), region_prefix(city)
    for row in rows:
        code, container = row["code"], row["within"]
        where: dict[str, Any] = {"row": row.number, "column": "code", "value": code}
        digits = _digits(row["kind"], code)
        if digits and (len(code) != digits or not code.isascii() or not code.isdigit()):
            form: dict[str, Any] = {
                "form_zh": f"{digits} 位数字的区划代码",
                "form_en": f"the {digits} digits of a division",
            }
            findings.add("cell.bad-code", file, **where, **form)
        elif code not in inside and code not in around:
            findings.add("code.foreign", file, **where, within=city)
        elif code in inside and not code.startswith(container if len(code) > len(container) else prefix):
            findings.add("code.foreign", file, **where, within=container if len(code) > len(container) else city)


def _digits(kind: str, code: str) -> int:
    """How many digits a code of this kind has; 0: the kind is unknown, or occurs at several levels."""
    if kind not in set(RegionKind):
        return 0
    if kind == RegionKind.OTHER:
        return 0 if len(code) in (9, 12) else 9
    return DIGITS.get(LEVEL_OF_KIND[RegionKind(kind)], 6)
