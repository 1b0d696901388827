"""计划说明: a plan as lines for a reader, each kind with exact totals and at most some of its rows."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from gezhi.founding.rules.changes.plan import Act, KindPlan, Plan, PlannedRow
from gezhi.founding.rules.changes.planned_kinds import PLANNED

MOST_LINES: Final = 20
NAMES: Final = {
    "organisations": ("机构", "organisations"),
    "posts": ("岗位", "posts"),
    "people": ("人员", "people"),
    "officers": ("机构责任人", "officers"),
    "duties": ("责任清单", "duty rows"),
    "area_levels": ("区域等级", "area levels"),
    "holidays": ("节假日", "holidays"),
    "standard_rows": ("立案结案规范", "standard rows"),
}
ACTS: Final = {
    Act.ADD: ("+ {key} 自 {on}", "+ {key} from {on}"),
    Act.CHANGE: ("~ {key} 自 {on}", "~ {key} from {on}"),
    Act.END: ("- {key} 至 {on}", "- {key} until {on}"),
}
TOTALS: Final = (
    "{name}：新增 {adds}，变更 {changes}，终止 {ends}，相同 {equal}，保留 {kept}，待定 {asked}，系统另有 {only_here}",
    "{name}: {adds} new, {changes} changed, {ends} ended, {equal} equal, {kept} kept, {asked} asked, {only_here} more",
)
MORE: Final = ("  … 另有 {count} 行", "  … {count} more rows")


def plan_lines(plan: Plan, *, english: bool) -> Iterator[str]:
    for kind in plan.kinds:
        totals = {name: getattr(kind.totals, name) for name in kind.totals.__struct_fields__}
        yield TOTALS[english].format(name=NAMES[kind.name][english], **totals)
        yield from _rows(kind, english=english)


def _rows(kind: KindPlan, *, english: bool) -> Iterator[str]:
    for row in kind.rows[:MOST_LINES]:
        yield "  " + _line(row, english=english)
    if len(kind.rows) > MOST_LINES:
        yield MORE[english].format(count=len(kind.rows) - MOST_LINES)


def _line(row: PlannedRow, *, english: bool) -> str:
    begin = ACTS[row.act][english].format(key=row.key, on=row.on)
    if row.act is Act.END:
        return begin + _place(row)
    cells = "; ".join(
        f"{cell.column} {cell.old} → {cell.new}" if cell.old else f"{cell.column} {cell.new}" for cell in row.cells
    )
    return f"{begin}: {' '.join(cells.split())}{_place(row)}"


def _place(row: PlannedRow) -> str:
    return f" ({PLANNED[row.kind].file}:{row.number})" if row.number else ""
