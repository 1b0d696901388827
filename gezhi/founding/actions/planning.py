"""变更计划: what a folder or one file changes in the registers. Nothing is written."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from datetime import date

from gezhi.calendars.queries import list_definitions
from gezhi.founding.queries import get_founded_city
from gezhi.founding.queries.registers import Registers, read_registers, read_surroundings, read_vocabulary
from gezhi.founding.rules import tables
from gezhi.founding.rules.cells import Row
from gezhi.founding.rules.changes.compare_rows import Planner
from gezhi.founding.rules.changes.import_checks import (
    check_administrator,
    check_owners,
    check_rows,
    kinds_looked_at,
)
from gezhi.founding.rules.changes.plan import KindPlan, Plan, Side
from gezhi.founding.rules.changes.planned_kinds import PLANNED, PlannedKind, begun_rows, single_rows
from gezhi.founding.rules.check_folder import Checked
from gezhi.founding.rules.city import parts_of
from gezhi.founding.rules.findings import Findings
from gezhi.founding.rules.standard.standard_rows import read_standard_rows
from gezhi.regions.queries import find_unknown, held_regions


def plan_import(name: str, rows: Sequence[Row], findings: Findings, *, on: date, take: Side | None = None) -> Plan:
    """What the rows of one table change, from a day on. `findings` hold what reading the table found already."""
    kind, registers = PLANNED[name], read_registers(kinds_looked_at([name]), on=on)
    around = read_surroundings(on=on)
    if kind.file == tables.STANDARD_ROWS:
        rows = read_standard_rows(rows, read_vocabulary(on=on), on=on, findings=findings)
    begun = begun_rows(kind, rows, around.edition, registers.first_days(name))
    check_rows(kind, begun, registers.standing, _known(kind, rows, on), around, on=on, findings=findings)
    return plan_kinds({name: rows}, registers, findings, on=on, edition=around.edition, take=take)


def plan_folder(checked: Checked, *, today: date, take: Side | None = None) -> Plan:
    """What a folder changes in the city that was founded from it, from its day `effective` on, never before today."""
    city, founded, findings = checked.city, get_founded_city(), Findings()
    if city is None or founded is None:
        raise LookupError
    parts, before = parts_of(city), founded.parts or {}
    for name in sorted(before):
        if parts.get(name) != before[name]:
            findings.add("file.not-applied", name)
    rows = {name: checked.rows[kind.file] for name, kind in PLANNED.items() if kind.file in checked.rows}
    on = max(city.effective, today)
    registers = read_registers(kinds_looked_at(list(rows)), on=on)
    edition = city.editions[0].code
    return plan_kinds(rows, registers, findings, on=on, edition=edition, take=take, complete=checked.complete)


def plan_kinds(
    rows: Mapping[str, Sequence[Row]],
    registers: Registers,
    findings: Findings,
    *,
    on: date,
    edition: str,
    take: Side | None = None,
    complete: Collection[str] = (),
) -> Plan:
    """The plan for the rows of several kinds that were checked. Of a `complete` kind what the rows lack ends."""
    plans: dict[str, KindPlan] = {}
    for name, kind in PLANNED.items():
        if name in rows:
            planner = Planner(
                kind, registers.standing[name], registers.applied[name], on=on, findings=findings, take=take
            )
            plans[name] = planner.plan(list(single_rows(kind, rows[name], edition)), complete=name in complete)
    check_owners(registers.standing, plans, findings)
    able = read_surroundings(on=on).able
    check_administrator(registers.standing, plans, able, on=on, findings=findings)
    return Plan(on=on, kinds=tuple(plans.values()), report=findings.report(), basis=registers.basis)


def _known(kind: PlannedKind, rows: Sequence[Row], on: date) -> dict[str, set[str]]:
    """What cells may name that is no row of these registers."""
    known: dict[str, set[str]] = {}
    for column in kind.table.columns:
        if column.refers == tables.DIVISIONS:
            known[column.refers] = set(held_regions())
        if column.refers == tables.CALENDARS:
            known[column.refers] = {one.name for one in list_definitions()}
        if column.refers == tables.PLACES:
            values = [row[column.name] for row in rows]
            named = {one for value in values for one in (value if isinstance(value, tuple) else (value,)) if one}
            known[column.refers] = named - find_unknown(named, on=on)
    return known
