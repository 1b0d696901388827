from __future__ import annotations

from datetime import date

import msgspec

from gezhi.founding.rules.changes.plan import Act, Cell, KindPlan, KindTotals, Plan, PlannedRow
from gezhi.founding.rules.changes.plan_words import plan_lines
from gezhi.founding.rules.findings import Findings

DAY = date(2027, 1, 1)
ROW = PlannedRow(
    kind="duties", key="k", act=Act.CHANGE, on=DAY, cells=(Cell("unit", "a", "b"), Cell("basis", "", "x\ny")), number=4
)


def plan_of(*rows: PlannedRow, basis: str = "1", kept: int = 0) -> Plan:
    kind = KindPlan(name="duties", totals=KindTotals(changes=len(rows), kept=kept), rows=rows, told=())
    return Plan(on=DAY, kinds=(kind,), report=Findings().report(), basis=basis)


def test_a_plan_is_named_by_its_changes_and_by_the_registers_that_it_was_made_on() -> None:
    assert plan_of(ROW).digest == plan_of(ROW).digest
    other = msgspec.structs.replace(ROW, cells=(Cell("unit", "a", "c"),))
    assert len({plan_of(ROW).digest, plan_of(other).digest, plan_of().digest, plan_of(ROW, basis="2").digest}) == 4
    assert (plan_of(ROW).rows, plan_of(kept=2).kept) == ((ROW,), 2)


def test_a_plan_is_told_with_exact_totals_and_at_most_twenty_rows_of_a_kind() -> None:
    lines = list(plan_lines(plan_of(*[ROW] * 21), english=False))
    assert lines[0] == "责任清单：新增 0，变更 21，终止 0，相同 0，保留 0，待定 0，系统另有 0"
    assert lines[1] == "  ~ k 自 2027-01-01: unit a → b; basis x y (duties.csv:4)"
    assert (len(lines), lines[-1]) == (22, "  … 另有 1 行")
    end = PlannedRow(kind="duties", key="k", act=Act.END, on=DAY, cells=())
    assert list(plan_lines(plan_of(end), english=True))[1] == "  - k until 2027-01-01"
