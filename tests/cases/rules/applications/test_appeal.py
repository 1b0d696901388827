"""Appeal: after closing; a grant takes the case out of the figures where the city has it so."""

from __future__ import annotations

import pytest
from msgspec.structs import replace

from gezhi.cases.rules.applications import ApplicationOutcome
from gezhi.cases.rules.applications.appeal import Appeal
from gezhi.cases.rules.applications.matrix import MATRIX
from gezhi.cases.rules.clocks.clock import ClockKind
from gezhi.cases.rules.stages import Status
from tests.cases.approvals import OTHER_MATRIX
from tests.cases.whole_step import whole
from tests.cases.world import MINUTE, ROADS_MAN, Walk


@pytest.mark.parametrize(("matrix", "exempt"), [(MATRIX, True), (OTHER_MATRIX, False)], ids=["preset", "other city"])
def test_granted_it_is_exempt_where_the_row_exempts_and_nothing_else_changes(matrix: object, *, exempt: bool) -> None:
    walk = Walk.to(Status.CLOSED, matrix=matrix)  # type: ignore[arg-type]
    walk.do(Appeal(reason="停电所致", reason_code="other", pictures=(walk.picture(),)), ROADS_MAN)
    while len(walk.now.applications[0].opinions) + 1 < len(walk.now.applications[0].steps):
        walk.decide()
    before, approval = walk.now.applications[0], walk.now.clock(ClockKind.APPROVAL)
    assert approval is not None
    walk.decide()
    assert whole(walk.last) == {
        "kind": "appeal_granted",
        "status": Status.CLOSED,
        "application": replace(
            before,
            opinions=walk.now.applications[0].opinions,
            outcome=ApplicationOutcome.GRANTED,
            ended=walk.moment,
            exempt=exempt,
        ),
        "clocks": (replace(approval, used=MINUTE, since=None, ended=walk.moment),),
        "exempt": exempt,
        "reason": "情况属实",
        "marks": ("appeal_granted",),
    }
