"""Stages 3 and 4 between dispatcher and unit: whom the duty table names, unowned cases, recall, send-back, review."""

from __future__ import annotations

from typing import Any

import msgspec
import pytest

from gezhi.cases.rules import commands
from gezhi.cases.rules.allowed import NotYourOrder
from gezhi.cases.rules.applications import ApplicationKind, ApplicationOutcome
from gezhi.cases.rules.applications.asking import ApplicationPending
from gezhi.cases.rules.applications.deciding import DecideApplication, NothingToDecide
from gezhi.cases.rules.applications.matrix import MATRIX
from gezhi.cases.rules.applications.send_back import AskSendBack
from gezhi.cases.rules.clocks.clock import Clock, ClockKind
from gezhi.cases.rules.stages import Status
from gezhi.cases.rules.steps.dispatching import MannerUnknown, ReasonAfterSendBack, ReasonForOtherUnit, UnitUnfit
from gezhi.cases.rules.steps.handling import AlreadyHandedOver, LeadingUnitReceives
from gezhi.kernel.words import WordsMissing, WordsTooLong
from gezhi.policy.rules.local_policy import LocalPolicy
from tests.calendars.invented import at
from tests.cases.world import (
    DISPATCHER,
    HOUR,
    LEADER,
    MINUTE,
    PARKS,
    PARKS_MAN,
    POWER,
    POWER_MAN,
    ROADS,
    ROADS_MAN,
    SUGGESTION,
    Walk,
)

ASK = AskSendBack(reason="井盖属供电公司", reason_code="other")
GRANT = DecideApplication(granted=True, reason="属实")
REFUSE = DecideApplication(granted=False, reason="属本单位")
RECALL = commands.Recall(reason="派错单位")


def clock(walk: Walk, kind: ClockKind = ClockKind.HANDLING) -> Clock:
    found = walk.now.clock(kind)
    assert found is not None
    return found


def test_the_handling_clock_starts_at_the_dispatch_and_the_receipt_clock_inside_it() -> None:
    walk = Walk.to(Status.DISPATCHED)
    assert (clock(walk).since, clock(walk).due) == (walk.moment, at("2026-03-02 15:03"))
    assert clock(walk, ClockKind.RECEIPT).due == walk.moment + HOUR
    assert clock(walk, ClockKind.DISPATCH).ended == walk.moment
    due = clock(walk).due
    walk.receive(after=2 * HOUR)
    assert clock(walk).due == due
    receipt = clock(walk, ClockKind.RECEIPT)
    assert (receipt.ended, receipt.late) == (walk.moment, True)


def test_the_reason_of_the_duty_table_is_kept() -> None:
    walk = Walk.to(Status.REGISTERED).do(commands.Dispatch(unit_id=ROADS), DISPATCHER)
    assert (walk.last.basis, walk.last.source) == (SUGGESTION.reason, "rule")


def test_another_unit_than_the_duty_table_names_needs_a_reason() -> None:
    walk = Walk.to(Status.REGISTERED)
    with pytest.raises(ReasonForOtherUnit):
        walk.do(commands.Dispatch(unit_id=PARKS), DISPATCHER)
    walk.do(commands.Dispatch(unit_id=PARKS, reason="绿地内"), DISPATCHER)
    assert (walk.last.basis, walk.last.source, walk.last.reason) == ("派遣员指定", "person", "绿地内")


def test_the_unit_that_sent_the_case_back_gets_it_again_only_with_a_reason() -> None:
    walk = Walk.to(Status.DISPATCHED).do(ASK, ROADS_MAN).do(GRANT, DISPATCHER)
    with pytest.raises(ReasonAfterSendBack) as caught:
        walk.do(commands.Dispatch(unit_id=ROADS), DISPATCHER)
    assert caught.value.field == "reason"
    walk.do(commands.Dispatch(unit_id=ROADS, reason="现场核实属道路"), DISPATCHER)
    assert (walk.last.basis, walk.last.reason) == ("派遣员指定", "现场核实属道路")


def test_no_row_of_the_duty_table_never_means_a_default_unit() -> None:
    walk = Walk.to(Status.REGISTERED)
    with pytest.raises(ReasonForOtherUnit):
        walk.do(commands.Dispatch(unit_id=ROADS), DISPATCHER, suggestion=None)


@pytest.mark.parametrize(("unit", "helpers"), [(999, ()), (ROADS, (999,)), (ROADS, (ROADS,)), (ROADS, (POWER, POWER))])
def test_units_exist_handle_cases_and_come_once(unit: int, helpers: tuple[int, ...]) -> None:
    with pytest.raises(UnitUnfit) as caught:
        Walk.to(Status.REGISTERED).do(commands.Dispatch(unit_id=unit, helpers=helpers), DISPATCHER)
    assert caught.value.field == "unit_id"


def test_a_case_without_owner_waits_on_its_own_clock_until_it_is_settled() -> None:
    walk = Walk.to(Status.UNOWNED)
    assert clock(walk, ClockKind.UNOWNED).due == at("2026-03-04 09:03")
    with pytest.raises(UnitUnfit) as caught:
        walk.do(commands.SettleOwner(unit_id=999, basis="纪要", reason="属地", manner="meeting"), LEADER)
    assert caught.value.field == "unit_id"
    for basis, reason in (("", "属地"), ("纪要", " ")):
        with pytest.raises(WordsMissing):
            walk.do(commands.SettleOwner(unit_id=PARKS, basis=basis, reason=reason, manner="meeting"), LEADER)
    for manner, cost in (("meeting", 100), ("substitute", None), ("lottery", None)):
        odd = commands.SettleOwner(unit_id=PARKS, basis="纪要", reason="属地", manner=manner, cost=cost)
        with pytest.raises(MannerUnknown):
            walk.do(odd, LEADER)
    walk.do(commands.SettleOwner(unit_id=PARKS, basis="联席会议纪要", reason="属地负责", manner="meeting"), LEADER)
    assert (walk.now.status, walk.now.settled_unit) == (Status.REGISTERED, PARKS)
    assert clock(walk, ClockKind.UNOWNED).ended == walk.moment
    walk.do(commands.Dispatch(unit_id=PARKS), DISPATCHER)
    assert (walk.last.basis, walk.now.settled_unit) == ("按确权结果派遣", 0)


@pytest.mark.parametrize(("manner", "cost"), [("meeting", None), ("government", None), ("substitute", 1_200)])
def test_an_owner_is_settled_by_meeting_by_the_government_or_by_substitute_work_which_alone_costs(
    manner: str, cost: int | None
) -> None:
    settle = commands.SettleOwner(unit_id=PARKS, basis="纪要", reason="属地", manner=manner, cost=cost)
    step = Walk.to(Status.UNOWNED).do(settle, LEADER).last
    assert (step.manner, step.cost) == (manner, cost)


def test_recalled_and_dispatched_again_to_the_same_unit_the_rest_runs_on() -> None:
    walk = Walk.to(Status.DISPATCHED)
    walk.do(RECALL, DISPATCHER, after=HOUR)
    assert (clock(walk).since, clock(walk).used) == (None, HOUR)
    assert walk.now.assignments[0].end == "recalled"
    walk.dispatch(after=30 * MINUTE)
    assert clock(walk).due == at("2026-03-02 15:33")
    assert walk.now.marks["dispatched_again"] == 1


def test_dispatched_again_to_another_unit_the_clock_begins_anew() -> None:
    walk = Walk.to(Status.DISPATCHED).do(RECALL, DISPATCHER, after=HOUR).dispatch(PARKS, after=27 * MINUTE)
    assert walk.moment == at("2026-03-02 10:30")
    assert (clock(walk).used, clock(walk).due) == (0, at("2026-03-02 16:30"))


def test_a_recall_lets_a_waiting_send_back_lapse() -> None:
    walk = Walk.to(Status.HANDLING).do(ASK, ROADS_MAN).do(RECALL, DISPATCHER)
    (application,) = walk.now.applications
    assert (application.outcome, application.ended) == (ApplicationOutcome.LAPSED, walk.moment)
    assert walk.now.marks.get("send_back_granted") is None


def test_a_granted_send_back_takes_the_case_back_to_the_dispatcher() -> None:
    walk = Walk.to(Status.HANDLING).do(ASK, ROADS_MAN)
    assert clock(walk).since is None
    walk.do(GRANT, DISPATCHER, after=HOUR)
    assert (walk.now.status, walk.now.leading) == (Status.REGISTERED, None)
    assert walk.now.assignments[0].end == "sent_back"
    assert (walk.now.marks["send_back_asked"], walk.now.marks["send_back_granted"]) == (1, 1)
    assert clock(walk).used == 2 * MINUTE
    walk.dispatch(after=MINUTE)
    assert clock(walk).due == at("2026-03-02 16:04")


def test_a_granted_send_back_before_receipt_ends_the_receipt_clock() -> None:
    walk = Walk.to(Status.DISPATCHED).do(ASK, ROADS_MAN).do(GRANT, DISPATCHER)
    assert clock(walk, ClockKind.RECEIPT).ended == walk.now.applications[0].asked
    assert clock(walk, ClockKind.DISPATCH).since == walk.moment


@pytest.mark.parametrize(
    ("gives_back", "due"), [(False, "2026-03-02 15:03"), (True, "2026-03-02 16:03")], ids=["no time back", "time back"]
)
def test_a_refused_send_back_gives_no_time_back_unless_the_city_says_so(gives_back: bool, due: str) -> None:
    row = msgspec.structs.replace(MATRIX[ApplicationKind.SEND_BACK], refusal_gives_time_back=gives_back)
    walk = Walk.to(Status.HANDLING, matrix={ApplicationKind.SEND_BACK: row})
    walk.do(ASK, ROADS_MAN).do(REFUSE, DISPATCHER, after=HOUR)
    assert (walk.now.status, clock(walk).due) == (Status.HANDLING, at(due))


def test_waiting_for_a_refusal_beyond_the_deadline_leaves_the_deadline_where_it_was() -> None:
    walk = Walk.to(Status.HANDLING).do(ASK, ROADS_MAN).do(REFUSE, DISPATCHER, after=30 * HOUR)
    assert clock(walk).due == at("2026-03-02 15:03")
    walk.hand_over()
    assert clock(walk).late


def test_who_refuses_may_mark_shirking_but_not_on_what_was_granted() -> None:
    refused = DecideApplication(granted=False, reason="推诿", shirking=True)
    assert Walk.to(Status.HANDLING).do(ASK, ROADS_MAN).do(refused, DISPATCHER).now.marks["shirking"] == 1
    granted = DecideApplication(granted=True, reason="属实", shirking=True)
    walk = Walk.to(Status.HANDLING).do(ASK, ROADS_MAN).do(granted, DISPATCHER)
    (application,) = walk.now.applications
    assert (application.shirking, walk.now.marks.get("shirking")) == (False, None)


@pytest.mark.parametrize(
    ("status", "word"), [(Status.DISPATCHED, "receive"), (Status.HANDLING, "hand_over"), (Status.HANDLING, "ask")]
)
def test_nothing_else_happens_at_the_unit_while_a_send_back_waits(status: Status, word: str) -> None:
    walk = Walk.to(status).do(ASK, ROADS_MAN)
    with pytest.raises(ApplicationPending):
        walk.do(ASK, ROADS_MAN) if word == "ask" else getattr(walk, word)()


def test_only_a_waiting_send_back_is_decided_on() -> None:
    with pytest.raises(NothingToDecide):
        Walk.to(Status.HANDLING).do(GRANT, DISPATCHER)
    with pytest.raises(NothingToDecide):
        Walk.to(Status.HANDLING).do(ASK, ROADS_MAN).do(REFUSE, DISPATCHER).do(REFUSE, DISPATCHER)


def test_a_unit_whose_part_has_ended_may_do_nothing_more() -> None:
    walk = Walk.to(Status.HANDLING).do(ASK, ROADS_MAN).do(GRANT, DISPATCHER).dispatch(PARKS)
    with pytest.raises(NotYourOrder):
        walk.receive(ROADS_MAN)
    assert walk.receive(PARKS_MAN).now.status is Status.HANDLING


def test_helping_units_hand_over_their_own_parts_and_the_case_moves_on_with_the_last() -> None:
    walk = Walk.to(Status.REGISTERED).dispatch(ROADS, POWER)
    assert [(part.unit, part.leading) for part in walk.now.open_assignments] == [(ROADS, True), (POWER, False)]
    with pytest.raises(LeadingUnitReceives):
        walk.receive(POWER_MAN)
    walk.receive().hand_over(POWER_MAN)
    assert (walk.now.status, clock(walk).since is not None) == (Status.HANDLING, True)
    with pytest.raises(AlreadyHandedOver):
        walk.hand_over(POWER_MAN)
    walk.hand_over(ROADS_MAN)
    assert (walk.now.status, clock(walk).since) == (Status.HANDLED, None)
    assert walk.now.handlers == (POWER_MAN.user_id, ROADS_MAN.user_id)


def test_asking_for_more_is_no_rework_and_only_the_leading_unit_hands_over_again() -> None:
    walk = Walk.to(Status.REGISTERED).dispatch(ROADS, POWER).receive().hand_over(POWER_MAN).hand_over(ROADS_MAN)
    used = clock(walk).used
    walk.do(commands.AskMore(reason="照片看不清"), DISPATCHER, after=2 * HOUR)
    assert (walk.now.status, walk.now.round, walk.now.marks.get("rework")) == (Status.HANDLING, 1, None)
    assert (clock(walk).used, clock(walk).since) == (used, walk.moment)
    assert clock(walk, ClockKind.REVIEW).ended == walk.moment
    walk.hand_over(ROADS_MAN)
    assert walk.now.status is Status.HANDLED
    assert len(walk.now.after) == 3


def test_a_confirmed_result_is_inspected_where_the_city_always_inspects() -> None:
    walk = Walk.to(Status.HANDLED).do(commands.Confirm(inspection_required=False), DISPATCHER)
    assert (walk.now.status, walk.last.source) == (Status.TO_INSPECT, "rule")


def test_a_person_may_spare_the_inspection_with_a_reason_where_the_city_allows_it() -> None:
    policy = LocalPolicy(inspection_always=False)
    walk = Walk.to(Status.HANDLED, policy=policy)
    with pytest.raises(WordsMissing):
        walk.do(commands.Confirm(inspection_required=False), DISPATCHER)
    walk.do(commands.Confirm(inspection_required=False, reason="监控可见已修复"), DISPATCHER)
    assert (walk.now.status, walk.last.source, walk.now.marks["not_inspected"]) == (Status.TO_CLOSE, "person", 1)
    assert walk.close().now.status is Status.CLOSED
    asked = Walk.to(Status.HANDLED, policy=policy).confirm()
    assert (asked.now.status, asked.last.source) == (Status.TO_INSPECT, "person")


@pytest.mark.parametrize(
    ("status", "command"),
    [
        (Status.REGISTERED, commands.MarkUnowned(reason="")),
        (Status.DISPATCHED, commands.Recall(reason=" ")),
        (Status.HANDLED, commands.AskMore(reason="")),
    ],
    ids=lambda one: getattr(one, "word", one),
)
def test_what_sets_a_case_back_needs_a_reason(status: Status, command: Any) -> None:
    with pytest.raises(WordsMissing):
        Walk.to(status).do(command, DISPATCHER)


@pytest.mark.parametrize(
    ("status", "command"),
    [
        (Status.REGISTERED, commands.Dispatch(unit_id=ROADS, reason="字" * 2001)),
        (Status.HANDLED, commands.Confirm(reason="字" * 2001)),
    ],
    ids=lambda one: getattr(one, "word", one),
)
def test_every_remark_has_its_limit_of_words(status: Status, command: Any) -> None:
    with pytest.raises(WordsTooLong):
        Walk.to(status).do(command, DISPATCHER)
