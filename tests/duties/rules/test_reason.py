from __future__ import annotations

from datetime import date

import msgspec
import pytest

from gezhi.duties.rules.duty_row import DutyRowData
from gezhi.duties.rules.reason import NOBODY, Names, compose_reason
from tests.duties.rules.test_assign_unit import NAMES, row


@pytest.mark.parametrize(
    ("told", "zh", "en"),
    [
        (
            row("0101", "370902003", 1, row_id=7),
            "责任清单第 7 行：上水井盖、石桥街道→市政处，2026-01-01 起",
            "Duty table row 7: Water cover, 石桥街道 → Roads office, from 2026-01-01",
        ),
        (
            row("01", "", 2, row_id=8, end=date(2026, 12, 31)),
            "责任清单第 8 行：公用设施类、全域→园林处，2026-01-01 至 2026-12-31",
            "Duty table row 8: 公用设施类, everywhere → 园林处, 2026-01-01 to 2026-12-31",
        ),
        (
            row("*", "", 2, row_id=9),
            "责任清单第 9 行：全部部件、全域→园林处，2026-01-01 起",
            "Duty table row 9: all parts, everywhere → 园林处, from 2026-01-01",
        ),
        (
            row("0999", "370999", 99, row_id=10),
            "责任清单第 10 行：0999、370999→99，2026-01-01 起",
            "Duty table row 10: 0999, 370999 → 99, from 2026-01-01",
        ),
    ],
    ids=["a class in a street", "a major class everywhere", "all parts", "names that nobody knows"],
)
def test_a_reason_is_told_by_names_and_where_there_is_none_by_the_code(told: DutyRowData, zh: str, en: str) -> None:
    assert compose_reason(told, NAMES) == (zh, en)


def test_matters_are_not_parts() -> None:
    matters = msgspec.structs.replace(row("*", "", 2, row_id=9), kind="matter")
    assert compose_reason(matters, Names({}, {}, {})) == (
        "责任清单第 9 行：全部事件、全域→2，2026-01-01 起",
        "Duty table row 9: all matters, everywhere → 2, from 2026-01-01",
    )


def test_where_nobody_answers_that_is_said_in_both_languages() -> None:
    assert NOBODY == (
        "责任清单中没有该类别在此区域的责任单位，应转待确权。",
        "The duty table names no unit for this class in this area; mark the case as unowned.",
    )
