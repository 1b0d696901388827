from __future__ import annotations

import pytest

from gezhi.cases.rules.applications.kinds import KINDS
from gezhi.cases.rules.applications.send_back import AskSendBack
from gezhi.cases.rules.available import available, expected, label_of, why_not
from gezhi.cases.rules.stages import COMMANDS, FINAL, Status
from gezhi.cases.rules.state import CaseState
from tests.cases.world import (
    ACCEPTOR,
    DISPATCHER,
    DUTY_OFFICER,
    POLICY,
    POWER,
    POWER_MAN,
    ROADS,
    ROADS_MAN,
    Walk,
    collector,
)


def test_the_likeliest_comes_first() -> None:
    call = Walk().call_in()
    assert available(call.now, ACCEPTOR, POLICY)[0] == "require_verification"
    assert "accept" not in available(call.now, ACCEPTOR, POLICY)
    assert available(call.verifying().verified(real=False).now, ACCEPTOR, POLICY)[0] == "refuse"
    assert available(Walk.to(Status.REPORTED).now, ACCEPTOR, POLICY)[0] == "accept"
    at_unit = {rule.word for rule in KINDS.values() if Status.DISPATCHED in rule.preset.statuses} - {"ask_void"}
    assert available(Walk.to(Status.DISPATCHED).now, ROADS_MAN, POLICY) == (
        "receive", *(word for word in COMMANDS if word in at_unit), "ask_void", "note",
    )  # fmt: skip
    assert available(Walk.to(Status.VERIFYING).now, collector(12), POLICY)[0] == "complete_verification"


def test_why_not_names_the_hindrance() -> None:
    call = Walk().call_in()
    assert (
        getattr(why_not("accept", call.now, ACCEPTOR, POLICY), "code", None) == "cases.acceptance.verification-needed"
    )
    assert getattr(why_not("accept", call.now, DISPATCHER, POLICY), "code", None) == "cases.stages.role-may-not"
    handling = Walk.to(Status.REGISTERED).dispatch(ROADS, POWER).receive().hand_over(POWER_MAN)
    assert (
        getattr(why_not("hand_over", handling.now, POWER_MAN, POLICY), "code", None)
        == "cases.handling.already-handed-over"
    )
    assert why_not("hand_over", handling.now, ROADS_MAN, POLICY) is None
    waiting = handling.do(AskSendBack(reason="非本单位"), ROADS_MAN)
    assert getattr(why_not("hand_over", waiting.now, ROADS_MAN, POLICY), "code", None) == "cases.asking.pending"
    assert available(waiting.now, DISPATCHER, POLICY)[0] == "decide_application"


@pytest.mark.parametrize("status", sorted(FINAL))
def test_a_final_case_offers_and_expects_nothing(status: Status) -> None:
    state: CaseState = Walk.to(status).now
    assert available(state, DUTY_OFFICER, POLICY) == expected(state) == ()


def test_the_button_says_where_a_case_is_given_back_to() -> None:
    assert label_of("give_back", Status.ACCEPTED) == ("退回受理", "Give back to acceptance")
    assert label_of("give_back", Status.REGISTERED) == ("退回立案", "Give back to registration")
