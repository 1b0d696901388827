from __future__ import annotations

from typing import Any

import msgspec
import numpy as np
import pytest

from gezhi.calendars.rules.compile_calendar import compile_calendar
from gezhi.calendars.rules.limits import limit_of
from gezhi.cases.rules.clocks.clock import ClockKind
from gezhi.cases.rules.clocks.deadline import Timing, start_clock
from gezhi.cases.rules.stages import OPEN, Status
from gezhi.cases.rules.state import Assignment, CaseState, Place, Subject, Task, TaskKind
from gezhi.simulation import queries
from gezhi.simulation.rules.demand import Habits
from gezhi.simulation.rules.journey import MOVES, next_move
from gezhi.simulation.rules.luck import make_luck
from gezhi.simulation.rules.pace import Moment, Move, Scene, Traveller
from tests.simulation.presets import city_of

NOW = 1_794_000_000
CITY = city_of("zhengzhou")
TIMING = Timing(
    {calendar.name: compile_calendar(calendar, first_year=2026, last_year=2027) for calendar in CITY.calendars}
)
HABITS = queries.read_habits()
LUCK = make_luck(queries.read_measured_shapes("boston").used_share, rng=np.random.default_rng(1))
NOBODY = Traveller(0, public=False)


def habits(**shares: float) -> Habits:
    """Nothing out of the ordinary happens, save what is named."""
    return msgspec.structs.replace(HABITS, shares=dict.fromkeys(HABITS.shares, 0.0) | shares)


def scene(**shares: float) -> Scene:
    return Scene(LUCK, habits(**shares), TIMING)


def clock(kind: ClockKind, *, minutes: int = 15) -> Any:
    return start_clock(TIMING, kind, limit_of(minutes, "minute", calendar="seats"), at=NOW)


def case(status: Status, *kinds: ClockKind, **changes: Any) -> CaseState:
    state = CaseState(
        no="1",
        node="410100",
        status=status,
        seq=3,
        place=Place(lon=0, lat=0, area="410105001001001", county="410105"),
        subject=Subject("2013-matter-0110"),
        clocks=tuple(clock(kind) for kind in kinds),
        reported=NOW,
    )
    return msgspec.structs.replace(state, **changes)


def move_of(state: CaseState, traveller: Traveller = NOBODY, *, owned: bool = True, **shares: float) -> Move:
    move = next_move(traveller, Moment(state, NOW, owned=owned), scene(**shares))
    assert move is not None
    return move


def test_in_every_open_status_somebody_goes_on() -> None:
    assert set(MOVES) == OPEN | {Status.CLOSED}


@pytest.mark.parametrize(
    ("status", "kind", "word"),
    [
        (Status.REPORTED, ClockKind.ACCEPTANCE, "accept"),
        (Status.ACCEPTED, ClockKind.REGISTRATION, "register"),
        (Status.REGISTERED, ClockKind.DISPATCH, "dispatch"),
        (Status.UNOWNED, ClockKind.UNOWNED, "settle_owner"),
        (Status.HANDLED, ClockKind.REVIEW, "confirm"),
        (Status.TO_INSPECT, ClockKind.SEND_INSPECTION, "send_inspection"),
        (Status.INSPECTING, ClockKind.INSPECTION, "complete_inspection"),
        (Status.TO_CLOSE, ClockKind.CLOSING, "close"),
    ],
)
def test_the_straight_way_goes_step_by_step_inside_the_limit(status: Status, kind: ClockKind, word: str) -> None:
    task = Task(no=1, kind=TaskKind.INSPECT, collector=5, issued=NOW, round=1)
    state = case(status, kind, tasks=(task,))
    for index in range(50):
        move = move_of(state, Traveller(index, public=False))
        assert move.word == word
        assert NOW < move.at <= state.clocks[0].due


def test_somebody_late_is_put_on_record_before_they_act() -> None:
    state = case(Status.ACCEPTED, ClockKind.REGISTRATION)
    move = move_of(state, late_desk=1.0)
    assert move == Move("run_out", state.clocks[0].due + 30)
    raised = msgspec.structs.replace(state.clocks[0], raised=True)
    assert move_of(msgspec.structs.replace(state, clocks=(raised,)), late_desk=1.0).word == "register"


@pytest.mark.parametrize(
    ("changes", "how"),
    [
        ({"verified": False}, "untrue"),
        ({"place": Place(lon=0, lat=0, area="410100", county="410100", outside=True)}, "outside"),
    ],
)
def test_what_is_untrue_or_outside_is_refused(changes: dict[str, Any], how: str) -> None:
    assert move_of(case(Status.REPORTED, ClockKind.ACCEPTANCE, **changes)).how == how


def test_a_public_report_without_a_picture_is_looked_at_first() -> None:
    kinds = ClockKind.ACCEPTANCE, ClockKind.SEND_VERIFICATION
    assert move_of(case(Status.REPORTED, *kinds, verify_by_rule=True)).word == "require_verification"
    assert move_of(case(Status.REPORTED, *kinds, verify_by_rule=True, verified=True)).word == "accept"


def test_a_repeat_is_merged_while_the_other_case_is_open() -> None:
    state, repeat = case(Status.REPORTED, ClockKind.ACCEPTANCE), Traveller(9, public=True, twin=3)
    for is_open, word in ((True, "merge"), (False, "accept")):
        move = next_move(repeat, Moment(state, NOW, twin_open=is_open), scene())
        assert move is not None
        assert move.word == word


def test_without_a_unit_the_case_is_marked_and_a_settled_or_rework_unit_comes_first() -> None:
    state = case(Status.REGISTERED, ClockKind.DISPATCH)
    assert move_of(state, owned=False).word == "mark_unowned"
    assert move_of(msgspec.structs.replace(state, settled_unit=7), owned=False).how == "settled"
    assert move_of(msgspec.structs.replace(state, rework_unit=7), owned=False).how == "rework"


def test_a_path_that_was_taken_is_not_taken_again() -> None:
    state = case(Status.ACCEPTED, ClockKind.REGISTRATION)
    assert move_of(state, give_back_to_acceptor=1.0).word == "give_back"
    again = msgspec.structs.replace(state, marks={"given_back": 1})
    assert move_of(again, give_back_to_acceptor=1.0).word == "register"


def test_inspections_fail_twice_at_most() -> None:
    task = Task(no=1, kind=TaskKind.INSPECT, collector=5, issued=NOW, round=1)
    hows = [
        move_of(case(Status.INSPECTING, ClockKind.INSPECTION, tasks=(task,), round=number), fail_inspection=1.0).how
        for number in (1, 2, 3)
    ]
    assert hows == ["failed", "failed", "passed"]


def test_receipt_comes_before_the_work_is_due() -> None:
    part = Assignment(no=1, unit=7, round=1, dispatched=NOW)
    handling = start_clock(TIMING, ClockKind.HANDLING, limit_of(2, "urgent_hour", calendar="office"), at=NOW)
    receipt = start_clock(TIMING, ClockKind.RECEIPT, limit_of(1, "work_hour", calendar="office"), at=NOW)
    for index in range(50):
        state = case(Status.DISPATCHED, assignments=(part,), clocks=(receipt, handling))
        assert move_of(state, Traveller(index, public=False)).at < NOW + 3_600


def test_a_closed_case_rests_unless_it_is_reopened_once() -> None:
    state = case(Status.CLOSED, closed=NOW)
    assert next_move(NOBODY, Moment(state, NOW), scene()) is None
    move = move_of(state, reopen=1.0)
    assert move.word == "reopen"
    assert 1 <= (move.at - NOW) / 86_400 <= 6
    assert (
        next_move(NOBODY, Moment(msgspec.structs.replace(state, marks={"reopened": 1}), NOW), scene(reopen=1.0)) is None
    )
