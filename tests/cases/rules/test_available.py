from __future__ import annotations

from collections.abc import Mapping

import msgspec
import pytest
from msgspec.structs import replace

from gezhi.cases.rules import commands
from gezhi.cases.rules.applications import ApplicationKind
from gezhi.cases.rules.applications.appeal import Appeal
from gezhi.cases.rules.applications.approval_row import ApprovalRow
from gezhi.cases.rules.applications.extension import AskExtension
from gezhi.cases.rules.applications.kinds import KINDS
from gezhi.cases.rules.applications.matrix import MATRIX
from gezhi.cases.rules.applications.send_back import AskSendBack
from gezhi.cases.rules.applications.void import AskVoid
from gezhi.cases.rules.available import NOT_OFFERED, available, common_commands, expected, is_primary, label_of, why_not
from gezhi.cases.rules.facts import UnitFact
from gezhi.cases.rules.stages import COMMANDS, FINAL, Status
from gezhi.cases.rules.state import CaseState
from gezhi.kernel.permissions import Actor
from tests.cases.approvals import OTHER_MATRIX
from tests.cases.world import (
    ACCEPTOR,
    CREW,
    CREW_MAN,
    DAY,
    DISPATCHER,
    DUTY_OFFICER,
    HOUR,
    PLAIN,
    POLICY,
    POWER,
    POWER_MAN,
    ROADS,
    ROADS_MAN,
    SUPERVISOR,
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
    assert available(joint().now, ROADS_MAN, POLICY)[:2] == ("receive", "hand_over")


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
    waiting = handling.do(AskSendBack(reason="非本单位", reason_code="other"), ROADS_MAN)
    assert getattr(why_not("hand_over", waiting.now, ROADS_MAN, POLICY), "code", None) == "cases.asking.pending"
    assert available(waiting.now, DISPATCHER, POLICY)[0] == "decide_application"


@pytest.mark.parametrize("status", sorted(FINAL))
def test_a_final_case_offers_and_expects_nothing(status: Status) -> None:
    state: CaseState = Walk.to(status).now
    assert available(state, DUTY_OFFICER, POLICY) == expected(state) == ()


def test_the_button_says_where_a_case_is_given_back_to() -> None:
    assert label_of("give_back", Status.ACCEPTED) == ("退回受理", "Give back to acceptance")
    assert label_of("give_back", Status.REGISTERED) == ("退回立案", "Give back to registration")


def with_crew() -> Walk:
    given = commands.Assign(unit_id=CREW)
    return Walk.to(Status.HANDLING).do(given, ROADS_MAN, units={CREW: UnitFact(CREW, "班组")})


def listed(status: Status) -> Walk:
    walk = Walk.to(status)
    return walk.do(commands.ListMajor(level=1, text="先围挡", due=walk.moment + DAY, unit_id=ROADS), SUPERVISOR)


def joint() -> Walk:
    """The power company has received and leads, the roads office helps."""
    return Walk.to(Status.REGISTERED).dispatch(POWER, ROADS).receive(POWER_MAN)


def asked(ask: commands.Command, actor: Actor = ROADS_MAN, status: Status = Status.HANDLING) -> Walk:
    return Walk.to(status).do(ask, actor)


SEND_BACK, EXTEND, VOID = (
    AskSendBack(reason="非本单位", reason_code="other"),
    AskExtension(reason="料未到", reason_code="other", value=1),
    AskVoid(reason="重复", reason_code="other"),
)
TAKEN_BACK = commands.Revoke(reason="自行办理")
HINDRANCES = [
    ("accept", Walk().call_in(), ACCEPTOR, "cases.acceptance.verification-needed"),
    ("accept", Walk().call_in().verifying().verified(real=False), ACCEPTOR, "cases.acceptance.found-untrue"),
    ("accept", Walk().call_in().verifying().verified(), ACCEPTOR, None),
    ("accept", Walk.to(Status.REPORTED), ACCEPTOR, None),
    ("receive", Walk.to(Status.HANDLING), ROADS_MAN, "cases.handling.received-already"),
    ("receive", Walk.to(Status.REGISTERED).dispatch(POWER, ROADS), ROADS_MAN, "cases.handling.leading-unit-receives"),
    ("receive", Walk.to(Status.REGISTERED).dispatch(POWER, ROADS), POWER_MAN, None),
    ("receive", joint(), ROADS_MAN, None),
    ("receive", asked(SEND_BACK, status=Status.DISPATCHED), ROADS_MAN, "cases.asking.pending"),
    ("receive", asked(EXTEND, status=Status.DISPATCHED), ROADS_MAN, None),
    ("hand_over", joint().hand_over(ROADS_MAN), ROADS_MAN, "cases.handling.already-handed-over"),
    ("hand_over", with_crew(), ROADS_MAN, "cases.handling.crew-still-at-work"),
    ("hand_over", with_crew(), CREW_MAN, None),
    ("hand_over", with_crew().hand_over(CREW_MAN), ROADS_MAN, None),
    ("hand_over", asked(SEND_BACK), ROADS_MAN, "cases.asking.pending"),
    ("hand_over", asked(EXTEND), ROADS_MAN, None),
    ("assign", Walk.to(Status.HANDLING), ROADS_MAN, None),
    ("assign", with_crew(), CREW_MAN, "cases.sub-orders.too-deep"),
    ("assign", joint().hand_over(ROADS_MAN), ROADS_MAN, "cases.handling.already-handed-over"),
    ("assign", with_crew(), ROADS_MAN, "cases.sub-orders.no-crew-left"),
    ("assign", joint(), POWER_MAN, "cases.sub-orders.no-crew-left"),
    ("assign", asked(SEND_BACK), ROADS_MAN, "cases.asking.pending"),
    ("revoke", Walk.to(Status.HANDLING), ROADS_MAN, "cases.sub-orders.nothing-to-revoke"),
    ("revoke", with_crew(), ROADS_MAN, None),
    ("revoke", with_crew().do(TAKEN_BACK, ROADS_MAN), ROADS_MAN, "cases.sub-orders.nothing-to-revoke"),
    ("ask_send_back", with_crew(), ROADS_MAN, "cases.asking.crew-still-has-it"),
    ("ask_send_back", with_crew(), CREW_MAN, None),
    ("ask_send_back", asked(EXTEND), ROADS_MAN, "cases.asking.pending"),
    ("ask_extension", asked(SEND_BACK), ROADS_MAN, "cases.asking.pending"),
    ("ask_extension", with_crew(), ROADS_MAN, None),
    ("ask_suspension", asked(EXTEND), ROADS_MAN, "cases.asking.pending"),
    ("ask_void", asked(EXTEND), DISPATCHER, "cases.asking.pending"),
    ("ask_void", Walk.to(Status.HANDLING), DISPATCHER, None),
    ("appeal", Walk.to(Status.CLOSED), ROADS_MAN, None),
    (
        "appeal",
        asked(Appeal(reason="停电", reason_code="other", pictures=("a" * 64,)), status=Status.CLOSED),
        ROADS_MAN,
        "cases.asking.pending",
    ),
    ("decide_application", Walk.to(Status.HANDLING), DISPATCHER, "cases.approving.nothing-to-decide"),
    ("decide_application", asked(EXTEND), DUTY_OFFICER, "cases.approving.not-your-decision"),
    ("decide_application", asked(EXTEND), DISPATCHER, None),
    ("withdraw_application", asked(EXTEND), DISPATCHER, "cases.approving.not-your-application"),
    ("withdraw_application", asked(EXTEND), ROADS_MAN, None),
    ("close", Walk.to(Status.TO_CLOSE), DUTY_OFFICER, None),
    ("close", asked(VOID, DISPATCHER, Status.TO_CLOSE), DUTY_OFFICER, "cases.asking.pending"),
    ("close", listed(Status.TO_CLOSE), DUTY_OFFICER, "cases.major-cases.not-struck-off"),
    ("list_major", Walk.to(Status.HANDLING), SUPERVISOR, None),
    ("list_major", listed(Status.HANDLING), SUPERVISOR, "cases.major-cases.listed-already"),
    ("merge", Walk.to(Status.HANDLING), DUTY_OFFICER, None),
    ("merge", listed(Status.HANDLING), DUTY_OFFICER, "cases.major-cases.not-struck-off"),
    ("report_major", Walk.to(Status.HANDLING), DISPATCHER, "cases.major-cases.not-listed"),
    ("report_major", listed(Status.HANDLING), DISPATCHER, None),
]


@pytest.mark.parametrize(("word", "walk", "actor", "code"), HINDRANCES)
def test_a_command_is_to_be_had_or_its_hindrance_is_said(word: str, walk: Walk, actor: Actor, code: str | None) -> None:
    hindrance = why_not(word, walk.now, actor, POLICY)
    assert (hindrance.code if hindrance else None) == code
    assert (word in available(walk.now, actor, POLICY)) is (code is None)


def extended(times: int) -> Walk:
    walk = Walk.to(Status.HANDLING)
    for _ in range(times):
        walk.do(EXTEND, ROADS_MAN).granted()
    return walk


BOUND_IN_ALL = {
    **MATRIX,
    ApplicationKind.EXTENSION: replace(MATRIX[ApplicationKind.EXTENSION], longest_in_all=25, most_granted=0),
}
ROWS = [
    ("ask_extension", extended(1), ROADS_MAN, PLAIN, None),
    ("ask_extension", extended(2), ROADS_MAN, PLAIN, "cases.asking.too-often"),
    ("ask_extension", extended(1), ROADS_MAN, BOUND_IN_ALL, "cases.asking.longest-already"),
    ("ask_extension", asked(EXTEND), ROADS_MAN, PLAIN, "cases.asking.pending"),
    ("ask_extension", Walk.to(Status.HANDLING), ROADS_MAN, OTHER_MATRIX, None),
    ("ask_void", Walk.to(Status.HANDLING), DISPATCHER, PLAIN, None),
    ("ask_void", Walk.to(Status.HANDLING), DISPATCHER, OTHER_MATRIX, "cases.asking.asker-may-not"),
]


@pytest.mark.parametrize(("word", "walk", "actor", "matrix", "code"), ROWS)
def test_what_the_row_of_the_matrix_forbids_is_not_offered(
    word: str, walk: Walk, actor: Actor, matrix: Mapping[ApplicationKind, ApprovalRow], code: str | None
) -> None:
    hindrance = why_not(word, walk.now, actor, POLICY, matrix=matrix)
    assert (hindrance.code if hindrance else None) == code
    assert (word in available(walk.now, actor, POLICY, matrix=matrix)) is (code is None)


def test_more_time_is_offered_until_the_deadline() -> None:
    walk = Walk.to(Status.HANDLING)
    for after, offered in ((0, True), (DAY, False)):
        words = available(walk.now, ROADS_MAN, POLICY, matrix=PLAIN, moment=walk.moment + after)
        assert ("ask_extension" in words) is offered


def test_who_has_just_reminded_is_offered_it_again_after_an_hour_and_others_at_once() -> None:
    walk = Walk.to(Status.HANDLING).do(commands.Remind(text="请加快"), SUPERVISOR)
    for actor, after, offered in ((SUPERVISOR, HOUR - 1, False), (SUPERVISOR, HOUR, True), (DISPATCHER, 0, True)):
        assert ("remind" in available(walk.now, actor, POLICY, moment=walk.moment + after)) is offered


def test_what_is_done_in_a_register_is_possible_but_not_offered() -> None:
    supervised = commands.Supervise(order="d1", level=1, text="限期", due=Walk.to(Status.TO_CLOSE).moment + DAY)
    state = listed(Status.TO_CLOSE).do(supervised, SUPERVISOR).now
    for word in ("supervise", "lift_supervision", "change_major", "strike_off"):
        assert why_not(word, state, SUPERVISOR, POLICY) is None
    assert available(state, SUPERVISOR, POLICY) == ("report_major", "note", "remind", "find_missed")


def test_several_cases_have_in_common_what_each_of_them_offers() -> None:
    received, crewed, final = Walk.to(Status.HANDLING).now, with_crew().now, Walk.to(Status.REFUSED).now
    assert common_commands([received, crewed], ROADS_MAN, POLICY) == tuple(
        word
        for word in available(received, ROADS_MAN, POLICY)
        if word in available(crewed, ROADS_MAN, POLICY) and word not in {"ask_extension", "ask_suspension"}
    )
    assert common_commands([received], ROADS_MAN, POLICY) == available(received, ROADS_MAN, POLICY)
    free = {kind: msgspec.structs.replace(row, needs_proof=False) for kind, row in MATRIX.items()}
    several = common_commands([received, crewed], ROADS_MAN, POLICY, matrix=free)
    assert several[:2] == ("ask_extension", "ask_suspension")  # a picture would prove one case alone
    assert common_commands([received, final], ROADS_MAN, POLICY) == common_commands([], ROADS_MAN, POLICY) == ()


def test_the_primary_action_is_the_first_that_is_offered_where_it_carries_the_case_on() -> None:
    states = [Walk.to(Status.REGISTERED).now]
    assert is_primary("dispatch", states, ("dispatch", "mark_unowned"))
    assert not is_primary("dispatch", states, ("note", "dispatch"))
    assert not is_primary("recall", states, ("recall",))


def test_what_begins_a_case_is_done_by_the_clock_or_in_a_register_is_not_offered_on_its_page() -> None:
    begun = "report self_handle add_report correct_contact tell_by_call"
    in_registers = "supervise answer_supervision lift_supervision change_major strike_off"
    assert set(f"{begun} run_out recompute succeed {in_registers}".split()) == NOT_OFFERED


def test_a_report_that_the_rule_wants_verified_is_first_sent_to_verify_and_then_accepted() -> None:
    fresh = msgspec.structs.replace(Walk.to(Status.REPORTED).now, verify_by_rule=True, verified=None)
    assert available(fresh, ACCEPTOR, POLICY)[0] == "require_verification"
    assert available(msgspec.structs.replace(fresh, verified=True), ACCEPTOR, POLICY)[0] == "accept"
