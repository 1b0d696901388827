"""责任清单检查: classes that the edition knows, rows that stand twice, and classes that nobody answers for."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping
from datetime import date
from itertools import pairwise
from typing import Any

from gezhi.catalog.rules.class_key import ClassKind
from gezhi.catalog.rules.preset_tables import EditionContent
from gezhi.duties.rules.assign_unit import DutyTable
from gezhi.duties.rules.duty_row import EVERY_CLASS, WHOLE_NODE, DutyRowData
from gezhi.duties.rules.holes import find_holes
from gezhi.duties.rules.reason import Names
from gezhi.founding.rules import tables
from gezhi.founding.rules.cells import Row, spans_of
from gezhi.founding.rules.findings import Findings
from gezhi.founding.rules.grids import Lying
from gezhi.founding.rules.registers import TABLE_OF, Rows

STREET_DIGITS = 9
KINDS = tuple(ClassKind)
NOBODY = Names(classes={}, areas={}, units={})


def selectors_of(editions: Mapping[str, EditionContent]) -> set[tuple[str, str, str]]:
    """What a duty row may name: minor and major classes by edition and kind."""
    found = {(one.edition, one.kind, one.code) for content in editions.values() for one in content.classes}
    return found | {(one.edition, one.kind, one.code) for content in editions.values() for one in content.majors}


def check_classes(
    rows: Rows, known: Collection[tuple[str, str, str]], first: str, effective: date, findings: Findings
) -> None:
    """类别: of the edition of the row, or of the city's first one; each has one unit in an area from a day on. A row
    without a day begins on `effective`.
    """
    editions, before = sorted({edition for edition, _, _ in known}), dict[tuple[object, ...], int]()
    for row in rows.get(tables.DUTIES, ()):
        edition = row["edition"] or first
        if row["kind"] not in KINDS:
            continue  # told of its cell already: no class is looked for under it
        if edition not in editions:
            names = "、".join(editions)
            findings.add(
                "cell.unknown-word", tables.DUTIES, row=row.number, column="edition", value=edition, known=names
            )
            continue
        for selector in row["classes"]:
            if selector != EVERY_CLASS and (edition, row["kind"], selector) not in known:
                value = f"{row['kind']} {selector}"
                findings.add(
                    "class.unknown", tables.DUTIES, row=row.number, column="classes", value=value, edition=edition
                )
            for area in row["area"] or (WHOLE_NODE,):
                key = (edition, row["kind"], selector, area, _begins(row, effective))
                number = before.get(key)
                before.setdefault(key, row.number)
                if number is not None:
                    twice = f"{row['kind']} {selector} {area}".strip()
                    findings.add(
                        "key.twice", tables.DUTIES, row=row.number, column="classes", value=twice, first=number
                    )


def check_superseded(rows: Rows, first: str, effective: date, findings: Findings) -> None:
    """后行取代前行: two rows for one class and area of which the earlier would never decide again, though it goes on.
    A row that ends before the other does, for the time of its own, is meant so.
    """
    slots: dict[tuple[str, ...], list[Row]] = defaultdict(list)
    for row in rows.get(tables.DUTIES, ()):
        for selector in row["classes"]:
            for area in row["area"] or (WHOLE_NODE,):
                slots[row["edition"] or first, row["kind"], selector, area].append(row)
    for (_, kind, selector, area), held in slots.items():
        held.sort(key=lambda row: _begins(row, effective))
        for earlier, later in pairwise(held):
            since = _begins(later, effective)
            goes_on = earlier["to"] is None or earlier["to"] >= since
            outlasted = later["to"] is None or (earlier["to"] is not None and earlier["to"] <= later["to"])
            if _begins(earlier, effective) < since and goes_on and outlasted:
                told: dict[str, Any] = {"since": since, "by": later.number}
                value = f"{kind} {selector} {area}".strip()
                findings.add("duty.superseded", tables.DUTIES, row=earlier.number, column="to", value=value, **told)


def _begins(row: Row, effective: date) -> date:
    begins: date = row["from"] or row.begun or effective
    return begins


def check_limits(rows: Rows, editions: Mapping[str, EditionContent], findings: Findings) -> None:
    """分级时限: the standard rows are those of the city's editions."""
    known = {one.key for content in editions.values() for one in content.rows}
    for row in rows.get(tables.LEVEL_LIMITS, ()):
        if row["row"] and row["row"] not in known:
            target = "、".join(editions)
            findings.add(
                "reference.missing", tables.LEVEL_LIMITS, row=row.number, column="row", value=row["row"], target=target
            )


def check_covered(
    rows: Rows, content: EditionContent, lying: Lying, *, first: str, on: date, findings: Findings
) -> None:
    """责任空白: classes that nobody answers for in some street, one finding for each class."""
    units = {row["key"]: number for number, row in enumerate(rows.get(tables.ORGANISATIONS, ()), 1)}
    table = DutyTable(_duties(rows, units, first, on), NOBODY)
    streets = {code: _above(code, lying) for code in lying.own if len(code) == STREET_DIGITS}
    classes = {one.key: one for one in content.classes if one.is_offered()}
    holes: dict[str, list[str]] = defaultdict(list)
    for hole in find_holes(table, classes, streets, on=on):
        holes[hole.class_key].append(hole.street_code)
    for key, open_streets in holes.items():
        told: dict[str, Any] = {"name": classes[key].name, "count": len(open_streets), "example": open_streets[0]}
        findings.add("class.without-unit", tables.DUTIES, column="classes", value=key, **told)


def _duties(rows: Rows, units: Mapping[str, int], edition: str, effective: date) -> Iterator[DutyRowData]:
    for row, first, last in spans_of(TABLE_OF[tables.DUTIES], rows.get(tables.DUTIES, ()), effective):
        for selector in row["classes"] if row["unit"] in units else ():
            for area in row["area"] or (WHOLE_NODE,):
                yield DutyRowData(
                    edition=row["edition"] or edition,
                    kind=row["kind"],
                    selector=selector,
                    area_code=area,
                    unit_id=units[row["unit"]],
                    valid_from=first,
                    valid_to=last,
                )


def _above(code: str, lying: Lying) -> tuple[str, ...]:
    above: list[str] = []
    while code := lying.within.get(code, ""):
        above.append(code)
    return tuple(above)
