"""Which unit a case should go to, and why."""

from __future__ import annotations

from gezhi.cases.rules import commands
from gezhi.cases.rules.stages import Status
from gezhi.cases.rules.suggestion import suggestion_of
from tests.cases.world import LEADER, PARKS, ROADS, SUGGESTION, Walk


def test_the_duty_table_speaks_where_nothing_stands_above_it() -> None:
    assert suggestion_of(Walk.to(Status.REGISTERED).now, SUGGESTION) == SUGGESTION
    assert suggestion_of(Walk.to(Status.REGISTERED).now, None) is None


def test_rework_goes_to_the_same_unit_and_a_settled_owner_before_the_table() -> None:
    failed = Walk.to(Status.INSPECTING).inspect(passed=False).now
    found = suggestion_of(failed, None)
    assert found is not None
    assert (found.unit_id, found.reason) == (ROADS, "核查未通过，原单位返工")
    settle = commands.SettleOwner(unit_id=PARKS, basis="会议纪要", reason="市政府明确", manner="meeting")
    settled = suggestion_of(Walk.to(Status.UNOWNED).do(settle, LEADER).now, SUGGESTION)
    assert settled is not None
    assert (settled.unit_id, settled.reason) == (PARKS, "按确权结果派遣")
