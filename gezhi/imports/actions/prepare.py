"""What a file says, checked, and compared with the register; nothing is written."""

from __future__ import annotations

from collections.abc import Sequence
from hashlib import sha256

import msgspec

from gezhi.founding.actions import plan_import
from gezhi.founding.rules.cells import Row, read_lines
from gezhi.founding.rules.changes.plan import Plan, PlannedRow, Side
from gezhi.founding.rules.files.layers import NOTHING, Drawn
from gezhi.founding.rules.findings import Report
from gezhi.imports.actions.prepare_grids import prepare_grids
from gezhi.imports.models import ImportRun
from gezhi.imports.queries import get_content
from gezhi.imports.queries.lines import read_lines as read_file
from gezhi.imports.queries.sheets import heads_of
from gezhi.imports.rules.grid_increment import GridIncrement
from gezhi.imports.rules.kinds import SHAPES, TABLE_OF, ImportKind
from gezhi.imports.rules.run import Counts
from gezhi.imports.rules.table_lines import taken_lines
from gezhi.imports.rules.told_findings import ToldFindings


class Prepared(msgspec.Struct, frozen=True):
    """`plan`, or `increment` of grids with the shapes of the file: none where the file cannot be read as what it is."""

    counts: Counts
    report: Report
    plan: Plan | None = None
    increment: GridIncrement | None = None
    drawn: Drawn = NOTHING

    @property
    def changes(self) -> Sequence[PlannedRow]:
        if self.increment is not None:
            return self.increment.rows
        return [row for kind in self.plan.kinds for row in kind.rows] if self.plan else ()

    @property
    def digest(self) -> str:
        """The same as long as the same would be changed."""
        told = [(one.kind, one.key, one.act, one.on, one.cells, one.entity) for one in self.changes]
        return sha256(msgspec.json.encode(told)).hexdigest()


def prepare(run: ImportRun) -> Prepared:
    """检查: every row by itself, beside what stands, and what would be left once all is entered."""
    kind, heads = ImportKind(run.kind), heads_of(run)
    if kind in SHAPES:
        return _prepare_grids(run)
    findings = ToldFindings(kind, heads)
    lines = taken_lines(kind, read_file(get_content(run)), run.head_row, heads)
    rows = read_lines(TABLE_OF[kind], lines, findings)
    plan = (
        None
        if rows is None
        else plan_import(kind.value, rows, findings, on=run.effective, take=Side(run.take) if run.take else None)
    )
    report = findings.report()
    return Prepared(_count(rows or (), report, plan), report, plan)


def _prepare_grids(run: ImportRun) -> Prepared:
    findings, drawn, increment = prepare_grids(run)
    report = findings.report()
    counts = Counts(
        rows=len(drawn.shapes) + len(drawn.others),
        errors=report.errors,
        warnings=report.warnings,
        new=len(increment.begun) if increment else 0,
        ended=len(increment.ended) if increment else 0,
        unchanged=increment.unchanged if increment else 0,
    )
    return Prepared(counts, report, increment=increment, drawn=drawn)


def _count(rows: Sequence[Row], report: Report, plan: Plan | None) -> Counts:
    totals = [one.totals for one in plan.kinds] if plan else []
    return Counts(
        rows=len(rows),
        errors=report.errors,
        warnings=report.warnings,
        new=sum(one.adds for one in totals),
        changed=sum(one.changes for one in totals),
        ended=sum(one.ends for one in totals),
        unchanged=sum(one.equal for one in totals),
    )
