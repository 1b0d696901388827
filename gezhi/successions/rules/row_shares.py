"""拆分责任: rows of the duty table that go to another successor than most are rows of the unit that is split."""

from __future__ import annotations

from collections.abc import Collection

from gezhi.kernel.problems import Problem
from gezhi.people.rules.succession import UnitSuccession


class RowsOfOthers(Problem):
    code = "successions.row-shares.rows-of-others"
    status = 422
    title = "责任清单第 {rows} 号不是原单位届时有效的责任，或列了两次；请重新选择。"
    title_en = "Rows {rows} of the duty table are none of the unit's on that day, or stand twice; choose again."


def check_rows(arranged: UnitSuccession, own: Collection[int]) -> None:
    """`own`: the rows of the unit that are in force on the day or begin later."""
    named = [share.row for share in arranged.rows]
    wrong = sorted({row for row in named if row not in own or named.count(row) > 1})
    if wrong:
        raise RowsOfOthers(rows="、".join(map(str, wrong)), field="rows")
