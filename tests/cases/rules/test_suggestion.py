"""Which unit a case should go to, and why."""

from __future__ import annotations

from gezhi.cases.rules import commands
from gezhi.cases.rules.applications.send_back import AskSendBack
from gezhi.cases.rules.stages import Status
from gezhi.cases.rules.suggestion import suggestion_of
from tests.cases.world import DISPATCHER, LEADER, PARKS, ROADS, ROADS_MAN, SUGGESTION, Walk


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


def test_a_unit_that_has_sent_the_case_back_is_not_suggested_again_until_its_owner_is_settled() -> None:
    walk = Walk.to(Status.DISPATCHED).do(AskSendBack(reason="井盖属供电公司", reason_code="other"), ROADS_MAN).granted()
    assert suggestion_of(walk.now, SUGGESTION) is None
    recalled = walk.do(commands.Dispatch(unit_id=ROADS, reason="误点"), DISPATCHER)
    recalled.do(commands.Recall(reason="派错单位"), DISPATCHER)
    assert suggestion_of(recalled.now, SUGGESTION) is None
    settled = recalled.do(commands.MarkUnowned(reason="双方均称不属"), DISPATCHER).do(
        commands.SettleOwner(unit_id=ROADS, basis="会议纪要", reason="联席会议明确", manner="meeting"), LEADER
    )
    found = suggestion_of(settled.now, SUGGESTION)
    assert found is not None
    assert found.unit_id == ROADS
