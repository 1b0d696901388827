"""The fold of the log is the state, and what must always hold of a case holds on every random walk through the
life-cycle.
"""

from __future__ import annotations

from collections import Counter
from typing import Any

import msgspec
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from gezhi.cases.rules import commands
from gezhi.cases.rules.allowed import check_allowed
from gezhi.cases.rules.available import NOT_OFFERED, available, why_not
from gezhi.cases.rules.clocks.clock import ClockKind
from gezhi.cases.rules.clocks.stage_spans import stage_spans
from gezhi.cases.rules.columns import columns_of
from gezhi.cases.rules.entries import Step
from gezhi.cases.rules.entry_kinds import EntryKind
from gezhi.cases.rules.evolve import COPIED, evolve, fold
from gezhi.cases.rules.stages import COMMANDS, FINAL, OPEN, Stage, Status, find_transition
from gezhi.cases.rules.state import CaseState
from gezhi.kernel.permissions import Role
from gezhi.kernel.problems import Problem
from gezhi.policy.rules.clock_kinds import CLOCK_NAMES
from tests.cases.wandering import moves, wander
from tests.cases.world import (
    ACCEPTOR,
    CLASS,
    DISPATCHER,
    DUTY_OFFICER,
    PEOPLE,
    POWER,
    POWER_MAN,
    ROADS_MAN,
    SUBJECT,
    Walk,
)

walks = st.lists(st.integers(0, 100_000), min_size=1, max_size=30)
AT_A_UNIT = {
    Status.DISPATCHED,
    Status.HANDLING,
    Status.SUSPENDED,
    Status.HANDLED,
    Status.TO_INSPECT,
    Status.INSPECTING,
    Status.TO_CLOSE,
}
IN_THE_FIELD = {Status.VERIFYING: "verify", Status.INSPECTING: "inspect"}


def check_what_always_holds(walk: Walk) -> None:
    state, last = walk.now, walk.entries[-1]
    assert fold(walk.entries) == state
    assert state.seq == len(walk.entries) == last.seq
    assert (sum(part.leading for part in state.open_assignments)) == (state.status in AT_A_UNIT)
    assert (state.open_task.kind if state.open_task else None) == IN_THE_FIELD.get(state.status)
    check_owner(state)
    assert len(state.tasks) == len({task.no for task in state.tasks})
    evidence = state.before + state.after
    assert len(evidence) == len(set(evidence))
    for clock in state.clocks:
        assert clock.used >= 0
        assert clock.limit > 0
        assert sum(moment is not None for moment in (clock.since, clock.paused, clock.ended)) == 1
        waits = clock.kind is ClockKind.APPROVAL and state.pending is not None
        assert state.status in OPEN or clock.since is None or waits
    if state.status in OPEN:
        assert any(clock.since is not None and clock.kind != ClockKind.WHOLE for clock in state.clocks)
    if state.status not in (Status.REPORTED, Status.VERIFYING, Status.REFUSED, Status.MERGED):
        assert state.subject.limit is not None or state.subject.gap
    columns_of(state)


def check_owner(state: CaseState) -> None:
    """Exactly one owner: the leading unit while the case is with units, else the desks. A crew works below its unit."""
    open_numbers = {part.no for part in state.open_assignments}
    assert all(part.parent is None or part.parent in open_numbers for part in state.open_assignments)
    assert all(not part.leading for part in state.assignments if part.parent is not None)
    assert sum(one.outcome is None for one in state.applications) <= 1
    assert (state.pending is None) or state.pending.deciding in {*Role, "unit"}


def check_step(before: CaseState, walk: Walk) -> None:
    state, last = walk.now, walk.entries[-1]
    transition = find_transition(last.command, before.status)
    assert transition is not None
    stays = (before.status,) if not transition.after or last.command == "decide_application" else ()
    assert state.status in (*transition.after, *stays)
    assert before.status not in FINAL
    assert before.status is not Status.CLOSED or state.status is Status.CLOSED or last.command == "reopen"
    assert state.round >= before.round
    assert state.before[: len(before.before)] == before.before
    assert state.after[: len(before.after)] == before.after
    if last.step.undoes is not None:  # as if it had not been sent
        assert state.assignments == before.assignments[: len(state.assignments)]
        return
    assert not Counter(before.marks) - Counter(state.marks)
    assert {part.no for part in before.assignments} <= {part.no for part in state.assignments}


@settings(max_examples=60)
@given(walks)
def test_the_fold_of_the_log_is_the_state_and_what_must_hold_always_holds(choices: list[int]) -> None:
    states: list[CaseState] = []

    def look(walk: Walk) -> None:
        check_what_always_holds(walk)
        if states:
            check_step(states[-1], walk)
        states.append(walk.now)

    walk = wander(choices, look)
    assert fold(walk.entries) == states[-1]


@settings(max_examples=40)
@given(walks)
def test_what_is_offered_is_what_is_allowed_and_why_not_agrees(choices: list[int]) -> None:
    walk = wander(choices, lambda _: None)
    state = walk.now
    people = [*PEOPLE.values(), *{actor for _, actor, _ in moves(walk)}]
    for actor in people:
        offered = available(state, actor, walk.policy, matrix=walk.matrix)
        for word in COMMANDS:
            if word in NOT_OFFERED:
                assert word not in offered
                continue
            assert (why_not(word, state, actor, walk.policy, matrix=walk.matrix) is None) is (word in offered)
            if word in offered:
                check_allowed(word, state, actor)


@settings(max_examples=40)
@given(walks)
def test_what_is_done_was_offered(choices: list[int]) -> None:
    walk = wander(choices, lambda _: None)
    for command, actor, changes in moves(walk):
        offered = available(walk.now, actor, walk.policy, matrix=walk.matrix)
        if command.word in NOT_OFFERED or command.word in offered:
            continue
        with pytest.raises(Problem):
            walk.do(command, actor, **changes)


@settings(max_examples=40)
@given(walks)
def test_the_strip_of_seven_stages_covers_the_whole_time(choices: list[int]) -> None:
    walk = wander(choices, lambda _: None)
    now = walk.moment + 600
    spans = stage_spans(walk.entries, now=now)
    assert [span.stage for span in spans] == list(Stage)
    ended = walk.now.status in FINAL or walk.now.status is Status.CLOSED
    assert sum(span.seconds for span in spans) == (walk.moment if ended else now) - walk.now.reported
    assert sum(span.state == "now" for span in spans) == (not ended)


@settings(max_examples=30)
@given(walks)
def test_every_clock_has_a_name(choices: list[int]) -> None:
    walk = wander(choices, lambda _: None)
    assert {clock.kind for clock in walk.now.clocks} <= set(CLOCK_NAMES) == {kind.value for kind in ClockKind}


@pytest.mark.parametrize("status", sorted(FINAL))
def test_a_final_case_stays_final_whatever_is_tried(status: Status) -> None:
    walk = Walk.to(status)
    before = walk.now
    for command, actor, changes in moves(walk):
        with pytest.raises(Problem):
            walk.do(command, actor, **changes)
    assert walk.now == before


def test_what_step_and_case_share_is_copied_and_what_is_counted_or_merged_is_not() -> None:
    assert {"place", "subject", "exempt"} <= set(COPIED)
    assert not {"status", "clocks", "assignments", "reports", "marks", "applications"} & set(COPIED)


def test_the_first_entry_must_be_a_beginning() -> None:
    accepted = Walk.to(Status.ACCEPTED).entries[-1]
    with pytest.raises(ValueError, match="cannot begin"):
        evolve(None, accepted)


def test_the_acceptor_who_first_takes_up_a_report_is_remembered() -> None:
    walk = Walk().call_in()
    assert walk.now.claimed_by is None
    other = msgspec.structs.replace(ACCEPTOR, user_id=22)
    walk.do(commands.RequireVerification(collector_id=12), ACCEPTOR).verified()
    walk.do(commands.Accept(class_key=CLASS, row_key=SUBJECT.row_key), other, subject=SUBJECT)
    assert walk.now.claimed_by == ACCEPTOR.user_id


def test_pictures_before_and_after_are_kept_in_the_order_in_which_they_came() -> None:
    walk = Walk().report().verifying().verified()
    assert walk.now.before == (f"{1:064x}", f"{2:064x}")
    walk.accept().register().handled().confirm().send_inspection().inspect(passed=False).handled()
    assert walk.now.before == (f"{1:064x}", f"{2:064x}")
    assert walk.now.after == (f"{3:064x}", f"{4:064x}", f"{5:064x}")  # of the unit, the inspection and the unit again


def test_who_handled_a_case_is_remembered_once() -> None:
    walk = Walk.to(Status.HANDLED)
    assert list(walk.now.handlers) == [ROADS_MAN.user_id]
    walk.confirm().send_inspection().inspect(passed=False).handled()
    assert list(walk.now.handlers) == [ROADS_MAN.user_id]
    walk.confirm().send_inspection().inspect(passed=False).dispatch(POWER).receive(POWER_MAN).hand_over(POWER_MAN)
    assert list(walk.now.handlers) == [ROADS_MAN.user_id, POWER_MAN.user_id]


def test_every_sender_who_can_be_told_is_answered_when_the_case_is_and_not_before() -> None:
    walk = Walk.to(Status.TO_CLOSE).do(commands.AddReport(report_id="r2", channel="hotline", reachable=True), ACCEPTOR)
    assert [report.answered for report in walk.now.reports] == [None, None]
    answered = walk.close().moment
    walk.do(commands.Note(text="归档"), DUTY_OFFICER)
    assert [report.answered for report in walk.now.reports] == [None, answered]  # the first is a collector's


def test_a_remark_makes_nobodys_view_of_the_case_stale_but_a_deed_does() -> None:
    walk = Walk.to(Status.HANDLING)
    received = walk.now.seq
    walk.do(commands.Note(text="路口拥堵"), DISPATCHER)
    assert (walk.now.acted, walk.now.seq) == (received, received + 1)
    assert walk.hand_over().now.acted == walk.now.seq == received + 2


def test_a_step_says_only_what_it_changes() -> None:
    step: Any = msgspec.to_builtins(Step(kind=EntryKind.NOTED, status=Status.HANDLING, text="备注"))
    assert step == {"kind": "noted", "status": "handling", "text": "备注"}


@pytest.mark.parametrize("again", [False, True], ids=["first dispatch", "dispatched again"])
def test_an_undone_dispatch_leaves_every_mark_and_the_unit_of_the_rework_as_they_were(again: bool) -> None:
    walk = Walk.to(Status.INSPECTING).inspect(passed=False) if again else Walk.to(Status.REGISTERED)
    before = walk.now
    walk.dispatch().do(commands.Recall(reason="派遣后立即撤销"), DISPATCHER, after=5)
    assert (walk.now.marks, walk.now.rework_unit) == (before.marks, before.rework_unit)


def test_everybody_who_reminds_is_remembered() -> None:
    walk = Walk.to(Status.HANDLING)
    for who in (DISPATCHER, DUTY_OFFICER):
        walk.do(commands.Remind(text="请抓紧"), who)
    assert walk.now.reminded == {
        str(DISPATCHER.user_id): walk.moment - 60,
        str(DUTY_OFFICER.user_id): walk.moment,
    }
