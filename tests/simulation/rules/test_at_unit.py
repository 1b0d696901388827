from __future__ import annotations

from typing import Any

import msgspec
import pytest

from gezhi.calendars.rules.limits import Unit, limit_of
from gezhi.cases.rules.applications import Application, ApplicationKind
from gezhi.cases.rules.applications.matrix import MATRIX
from gezhi.cases.rules.clocks.clock import ClockKind
from gezhi.cases.rules.clocks.deadline import start_clock
from gezhi.cases.rules.stages import Status
from gezhi.cases.rules.state import Assignment, CaseState, ReportRef, Subject
from gezhi.kernel.permissions import Role
from gezhi.simulation.rules.journey import next_move
from gezhi.simulation.rules.pace import Moment, Move, Traveller
from tests.simulation.rules.test_journey import NOW, TIMING, case, scene

UNIT, CREW = 7, 9
SENT = ReportRef("1", "collector", NOW)
DAYS = Subject("2013-matter-0113", limit=5, unit=Unit.WORK_DAY, calendar="office", closing=("REPAIR",))


def at_work(*crew: Assignment, **changes: Any) -> CaseState:
    """A unit has received an order that takes five work days."""
    part = Assignment(no=1, unit=UNIT, round=1, dispatched=NOW, received=NOW)
    handling = start_clock(TIMING, ClockKind.HANDLING, limit_of(5, "work_day", calendar="office"), at=NOW)
    state = case(Status.HANDLING, assignments=(part, *crew), clocks=(handling,), subject=DAYS, reports=(SENT,))
    return msgspec.structs.replace(state, **changes)


def given_down(**changes: Any) -> Assignment:
    part = Assignment(no=2, unit=CREW, round=1, dispatched=NOW, leading=False, level=3, parent=1)
    return msgspec.structs.replace(part, **changes)


def asked(kind: ApplicationKind, **changes: Any) -> Application:
    application = Application(
        no=1,
        kind=kind,
        unit=UNIT,
        asked=NOW,
        asked_by=5,
        role=Role.HANDLER,
        organisation=UNIT,
        reason="x",
        steps=tuple(MATRIX[kind].steps),
    )
    return msgspec.structs.replace(application, **changes)


def move_of(state: CaseState, index: int = 0, *, said: frozenset[str] = frozenset(), **shares: float) -> Move:
    moment = Moment(state, NOW, crews=True, said=said)
    move = next_move(Traveller(index, public=False), moment, scene(**shares))
    assert move is not None
    return move


def _move(state: CaseState, shares: dict[str, float], index: int = 0) -> Move:
    move = next_move(Traveller(index, public=False), Moment(state, NOW, crews=True), scene(**shares))
    assert move is not None
    return move


def words_of(state: CaseState, **shares: float) -> set[str]:
    return {_move(state, shares, index).word for index in range(60)}


def test_an_order_is_given_down_received_and_handed_up_before_the_unit_hands_over() -> None:
    assert move_of(at_work(), assign=1.0).word == "assign"
    assert move_of(at_work(given_down())) == Move("receive", NOW + 600, "crew")
    handing_up = move_of(at_work(given_down(received=NOW)))
    assert (handing_up.word, handing_up.how) == ("hand_over", "crew")
    over = move_of(at_work(given_down(received=NOW, handed_over=NOW)), assign=1.0)
    assert (over.word, over.how) == ("hand_over", "")


@pytest.mark.parametrize(("share", "word"), [("crew_sends_back", "ask_send_back"), ("revoke", "revoke")])
def test_a_crew_may_send_back_and_a_unit_may_take_back(share: str, word: str) -> None:
    assert _move(at_work(given_down(received=NOW)), {share: 1.0}).word == word


def test_more_time_is_asked_for_by_those_who_fall_behind_and_never_after_the_deadline() -> None:
    assert words_of(at_work(), ask_extension=1.0) == {"ask_extension", "hand_over"}
    for index in range(60):
        move = move_of(at_work(), index, ask_extension=1.0)
        clock = at_work().clock(ClockKind.HANDLING)
        assert clock is not None
        assert move.word == "hand_over" or move.at < clock.due
    again = asked(ApplicationKind.EXTENSION, new_due=NOW, outcome="granted")
    assert "ask_extension" in words_of(at_work(applications=(again,)), ask_extension_again=1.0)
    refused = asked(ApplicationKind.EXTENSION, outcome="refused")
    assert words_of(at_work(applications=(refused,)), ask_extension_again=1.0) == {"hand_over"}


def test_a_pause_and_a_void_are_asked_for_once() -> None:
    assert words_of(at_work(), ask_suspension=1.0) == {"ask_suspension"}
    assert words_of(
        at_work(applications=(asked(ApplicationKind.SUSPENSION, outcome="refused"),)), ask_suspension=1.0
    ) == {"hand_over"}
    assert {move_of(at_work(), index, ask_void=1.0).how for index in range(60)} == {"", "acceptor"}


def test_what_is_asked_is_decided_step_by_step_withdrawn_or_overtaken() -> None:
    waiting = at_work(applications=(asked(ApplicationKind.EXTENSION),))
    assert words_of(waiting, withdraw=1.0) == {"withdraw_application"}
    assert words_of(waiting, overtaken=1.0) == {"hand_over"}
    assert {move_of(waiting, index, grant_extension=1.0).how for index in range(30)} == {"grant"}
    assert {move_of(waiting, index).how for index in range(30)} == {"grant", "refuse"}


def test_a_pause_that_would_be_over_before_it_is_granted_is_refused() -> None:
    late = at_work(applications=(asked(ApplicationKind.SUSPENSION, until=NOW + 1),))
    assert move_of(late, grant_suspension=1.0).how == "refuse"


def test_a_major_case_is_reported_on_three_times_and_struck_off_by_two_before_it_is_closed() -> None:
    assert move_of(at_work(), list_major=1.0).word == "list_major"
    listed, said = at_work(major=1, marks={"major": 1}), frozenset[str]()
    for number in ("1", "2", "3"):
        assert (move_of(listed, said=said).word, move_of(listed, said=said).how) == ("report_major", number)
        said |= {f"report_major{number}"}
    assert move_of(listed, said=said, change_major=1.0).word == "change_major"
    assert move_of(listed, said=said).word == "hand_over"
    to_close = msgspec.structs.replace(listed, status=Status.TO_CLOSE)
    assert move_of(to_close).word == "propose_strike_off"
    assert move_of(to_close, said=frozenset({"propose_strike_off"})).word == "strike_off"


def test_what_is_late_is_supervised_answered_raised_and_lifted_before_the_closing() -> None:
    clock = at_work().clock(ClockKind.HANDLING)
    assert clock is not None
    late = msgspec.structs.replace(clock, due=NOW - 1, raised=True)
    order = {"supervise": 1.0, "late": 1.0}
    moves = [_move(at_work(clocks=(late,)), order, index) for index in range(60)]
    assert "supervise" in {move.word for move in moves}
    under = at_work(clocks=(late,), supervision=1, marks={"supervised": 1})
    assert "answer_supervision" in words_of(under, answer_order=1.0, late=1.0)
    assert "escalate_supervision" in words_of(under, escalate=1.0, late=1.0)
    assert move_of(msgspec.structs.replace(under, status=Status.TO_CLOSE)).word == "lift_supervision"


def test_a_suspended_case_wakes_by_itself_or_goes_on_before() -> None:
    waking = start_clock(TIMING, ClockKind.SUSPENSION, limit_of(48, "urgent_hour", calendar="office"), at=NOW)
    state = case(Status.SUSPENDED, clocks=(waking,))
    assert move_of(state).word == "run_out"
    assert move_of(state).at > waking.due
    assert move_of(state, resume=1.0) == Move("resume", NOW + (waking.due - NOW) // 2)


def test_a_late_case_is_appealed_against_and_the_appeal_is_decided_on() -> None:
    closed = case(Status.CLOSED, closed=NOW, closing_kind="late")
    assert move_of(closed, appeal=1.0).word == "appeal"
    pending = msgspec.structs.replace(closed, applications=(asked(ApplicationKind.APPEAL),))
    assert move_of(pending, appeal=1.0, reopen=1.0).word == "decide_application"


def test_in_the_last_hours_steps_are_left_for_later() -> None:
    state = case(Status.ACCEPTED, ClockKind.REGISTRATION)
    world = scene()
    left = {"register": msgspec.structs.replace(world.habits.left_open["register"], share=1.0)}
    habits = msgspec.structs.replace(world.habits, left_open=left)
    for until, kept in ((NOW + 3_600, True), (NOW + 10 * 86_400, False), (0, False)):
        late = msgspec.structs.replace(world, habits=habits, until=until)
        move = next_move(Traveller(0, public=False), Moment(state, NOW), late)
        assert move is not None
        assert (move.word == "run_out") is kept
