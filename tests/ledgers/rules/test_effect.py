"""What the outcome of an application does to the unit's figures."""

from __future__ import annotations

from typing import Any

import pytest

from gezhi.cases.rules.applications import Application, ApplicationKind, ApplicationOutcome
from gezhi.kernel.permissions import Role
from gezhi.ledgers.rules.effect import PENDING_NAMES, effect_of


def asked(kind: ApplicationKind, **changes: Any) -> Application:
    return Application(
        no=1,
        kind=kind,
        unit=7,
        asked=0,
        asked_by=1,
        role=Role.HANDLER,
        organisation=7,
        reason="雨天",
        steps=("dispatcher",),
        **changes,
    )


@pytest.mark.parametrize(
    ("application", "effect"),
    [
        (asked(ApplicationKind.EXTENSION), ("待审批结果", "Waits for the decision")),
        (
            asked(ApplicationKind.EXTENSION, outcome=ApplicationOutcome.GRANTED),
            ("按新时限计是否超时", "Late or not by the new deadline"),
        ),
        (asked(ApplicationKind.EXTENSION, outcome=ApplicationOutcome.REFUSED), ("无", "None")),
        (asked(ApplicationKind.EXTENSION, outcome=ApplicationOutcome.EXPIRED), ("无", "None")),
        (
            asked(ApplicationKind.SEND_BACK, outcome=ApplicationOutcome.GRANTED),
            ("不计入该单位处置数", "Not counted as handled by the unit"),
        ),
        (
            asked(ApplicationKind.SEND_BACK, outcome=ApplicationOutcome.REFUSED, shirking=True),
            ("回退不成立，计推诿", "Counted as shirking"),
        ),
        (
            asked(ApplicationKind.SUSPENSION, outcome=ApplicationOutcome.GRANTED),
            (
                "缓办期间不计时、不计入应处置，恢复后照常计数",
                "No clock runs and it is not among what is to be handled while suspended; counted as ever afterwards",
            ),
        ),
        (
            asked(ApplicationKind.VOID, outcome=ApplicationOutcome.GRANTED),
            (
                "不计入有效案件，按作废原因单独统计",
                "Not among the valid cases; counted apart by the reason of the void",
            ),
        ),
        (
            asked(ApplicationKind.APPEAL, outcome=ApplicationOutcome.GRANTED),
            ("超时事实保留，统计不变", "Stays late in the statistics"),
        ),
        (
            asked(ApplicationKind.APPEAL, outcome=ApplicationOutcome.GRANTED, exempt=True),
            ("不计超时，其余照常计数", "Left out of lateness, counted everywhere else"),
        ),
    ],
)
def test_a_row_says_what_the_outcome_does_to_the_figures(application: Application, effect: tuple[str, str]) -> None:
    assert effect_of(application) == effect


def test_what_waits_is_called_so_in_both_languages() -> None:
    assert PENDING_NAMES == ("审批中", "Pending")
