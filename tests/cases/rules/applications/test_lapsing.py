"""What becomes of the clocks that waited for a decision, when the application ends without effect."""

from __future__ import annotations

import pytest

from gezhi.cases.rules.applications import ApplicationKind
from gezhi.cases.rules.applications.lapsing import end_of_waiting
from gezhi.cases.rules.applications.matrix import MATRIX
from gezhi.cases.rules.applications.send_back import AskSendBack
from gezhi.cases.rules.clocks.clock import ClockKind
from gezhi.cases.rules.stages import Status
from tests.cases.world import ROADS_MAN, Walk

K = ClockKind
ASK = AskSendBack(reason="非本单位", reason_code="other")


def resumed(walk: Walk, kind: ApplicationKind = ApplicationKind.SEND_BACK) -> set[ClockKind]:
    """What runs on beside the approval, which ends."""
    clocks = end_of_waiting(walk.now, kind, walk.facts(ROADS_MAN))
    assert [clock.kind for clock in clocks if clock.ended is not None] == [K.APPROVAL]
    return {clock.kind for clock in clocks if clock.since is not None}


@pytest.mark.parametrize(
    ("status", "clocks"), [(Status.DISPATCHED, {K.RECEIPT, K.HANDLING}), (Status.HANDLING, {K.HANDLING})]
)
def test_the_clocks_of_the_unit_that_stood_still_run_on(status: Status, clocks: set[ClockKind]) -> None:
    assert resumed(Walk.to(status, matrix=MATRIX).do(ASK, ROADS_MAN)) == clocks


def test_where_the_row_stops_no_clock_none_runs_on() -> None:
    assert resumed(Walk.to(Status.HANDLING, matrix=MATRIX).do(ASK, ROADS_MAN), ApplicationKind.VOID) == set()
