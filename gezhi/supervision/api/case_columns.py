"""What every ledger of supervision says of the case behind a row."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from gezhi.cases.rules.stages import STATUSES
from gezhi.cases.shapes.faces import CaseOut
from gezhi.plumbing.sheets import Column, Value


def case_columns() -> tuple[Column[Any], ...]:
    """Of the case that is the attribute `case` of a row."""

    def of(read: Callable[[CaseOut], Value]) -> Callable[[Any], Value]:
        def value(row: Any) -> Value:
            return read(row.case) if row.case is not None else ""

        return value

    return (
        Column("案件编号", 22, of(lambda one: one.no)),
        Column("类别", 14, of(lambda one: one.class_.name.zh if one.class_ is not None else "")),
        Column("地点", 26, of(lambda one: one.place)),
        Column("案件状态", 10, of(lambda one: STATUSES[one.status].zh if one.status is not None else "")),
    )
