"""What moves with a clock: the receipt is never due after the handling, parts and tasks are due with their clocks."""

from __future__ import annotations

import msgspec
import pytest

from gezhi.calendars.rules.limits import Unit
from gezhi.cases.rules import commands
from gezhi.cases.rules.applications.extension import AskExtension
from gezhi.cases.rules.applications.suspension import AskSuspension
from gezhi.cases.rules.clocks.clock import Clock, ClockKind
from gezhi.cases.rules.clocks.following import bound_receipt
from gezhi.cases.rules.clocks.lateness import is_handled_late
from gezhi.cases.rules.clocks.runs import runs_of
from gezhi.cases.rules.stages import Status
from tests.calendars.invented import at
from tests.cases.world import (
    ACCEPTOR,
    DAY,
    DUTY_OFFICER,
    HOUR,
    MINUTE,
    POWER,
    POWER_MAN,
    ROADS,
    ROADS_MAN,
    SUBJECT,
    SYSTEM,
    Walk,
    collector,
)

URGENT = msgspec.structs.replace(SUBJECT, limit=2, unit=Unit.URGENT_HOUR)


def clock(walk: Walk, kind: ClockKind) -> Clock:
    found = walk.now.clock(kind)
    assert found is not None
    return found


def test_a_receipt_is_never_due_after_the_handling() -> None:
    """Two urgent hours from Monday 17:25, and one office hour that would end on Tuesday morning."""
    walk = Walk(moment=at("2026-03-02 17:22")).report(subject=URGENT).accept(URGENT).register().dispatch()
    assert clock(walk, ClockKind.RECEIPT).due == clock(walk, ClockKind.HANDLING).due == at("2026-03-02 19:25")
    morning = Walk(moment=at("2026-03-02 09:22")).report(subject=URGENT).accept(URGENT).register().dispatch()
    assert clock(morning, ClockKind.RECEIPT).due == at("2026-03-02 10:25") < clock(morning, ClockKind.HANDLING).due


def test_a_shorter_limit_shortens_the_receipt_too() -> None:
    walk = Walk(moment=at("2026-03-02 17:52")).report().accept().register().dispatch()
    assert clock(walk, ClockKind.RECEIPT).due == at("2026-03-03 08:55")
    amend = commands.Amend(class_key=SUBJECT.class_key, row_key=SUBJECT.row_key, reason="加急")
    walk.do(amend, DUTY_OFFICER, subject=URGENT)
    assert clock(walk, ClockKind.RECEIPT).due == clock(walk, ClockKind.HANDLING).due == at("2026-03-02 19:55")


def test_only_running_clocks_are_bound() -> None:
    handling = Clock(ClockKind.HANDLING, "office", Unit.WORK_HOUR, 4, 100, 80, since=1)
    receipt = Clock(ClockKind.RECEIPT, "office", Unit.WORK_HOUR, 4, 200, 160, since=1)
    assert bound_receipt(receipt, handling) == msgspec.structs.replace(receipt, due=100, warn=100)
    for one, other in (
        (receipt, None),
        (receipt, msgspec.structs.replace(handling, since=None)),
        (msgspec.structs.replace(receipt, since=None), handling),
        (msgspec.structs.replace(receipt, due=100), handling),
    ):
        assert bound_receipt(one, other) is one


@pytest.mark.parametrize("status", [Status.VERIFYING, Status.INSPECTING])
def test_a_task_that_is_given_to_another_is_a_new_one_with_a_time_of_its_own(status: Status) -> None:
    walk = Walk.to(status)
    first = walk.now.open_task
    assert first is not None
    assert first.due == walk.moment + 30 * MINUTE
    walk.do(commands.RerouteTask(collector_id=12 if status is Status.INSPECTING else 13, reason="换班"), ACCEPTOR,
            after=29 * MINUTE)  # fmt: skip
    second = walk.now.open_task
    assert second is not None
    assert (second.no, second.issued, second.due) == (first.no + 1, walk.moment, walk.moment + 30 * MINUTE)
    kind = ClockKind.VERIFICATION if status is Status.VERIFYING else ClockKind.INSPECTION
    assert [(run.begun, run.ended, run.due) for run in runs_of(walk.entries) if run.kind is kind] == [
        (first.issued, second.issued, first.due),
        (second.issued, None, second.due),
    ]


def test_each_unit_has_a_due_moment_of_its_own_and_the_case_is_as_late_as_its_leading_unit() -> None:
    walk = Walk.to(Status.REGISTERED).dispatch(ROADS, POWER).receive().receive(POWER_MAN)
    due = clock(walk, ClockKind.HANDLING).due
    assert [part.due for part in walk.now.assignments] == [due, due]
    walk.hand_over().hand_over(POWER_MAN, after=2 * DAY)
    leading, helping = walk.now.assignments
    assert (leading.due, helping.due) == (due, due)
    assert leading.handed_over is not None
    assert helping.handed_over is not None
    assert (leading.handed_over <= due < helping.handed_over, is_handled_late(walk.now)) == (True, False)
    assert walk.now.status is Status.HANDLED


def test_more_time_for_the_handling_is_more_time_for_every_part_that_is_not_done() -> None:
    walk = Walk.to(Status.REGISTERED).dispatch(ROADS, POWER).receive().hand_over(POWER_MAN)
    before = walk.now.assignments[1].due
    walk.do(AskExtension(reason="工程量大", reason_code="other", value=1), ROADS_MAN).granted()
    leading, helping = walk.now.assignments
    assert (leading.due, helping.due) == (clock(walk, ClockKind.HANDLING).due, before)


def test_a_suspension_asked_for_in_time_stops_the_time_from_the_asking_though_granted_after_the_deadline() -> None:
    walk = Walk.to(Status.HANDLING)
    due = clock(walk, ClockKind.HANDLING).due
    ask = AskSuspension(
        reason="汛期后施工", reason_code="other", until=walk.moment + 20 * DAY, pictures=(walk.picture(),)
    )
    walk.do(ask, ROADS_MAN, after=HOUR)
    asked = walk.moment
    walk.do(commands.RunOut(), SYSTEM, after=due + MINUTE - walk.moment)
    assert clock(walk, ClockKind.HANDLING).raised is True
    walk.decide(after=DAY).decide()
    stopped = clock(walk, ClockKind.HANDLING)
    assert (walk.now.status, stopped.paused, stopped.late, stopped.raised) == (Status.SUSPENDED, asked, False, False)
    assert [run.late for run in runs_of(walk.entries) if run.kind is ClockKind.HANDLING] == [False]
    refused = Walk.to(Status.HANDLING).do(ask, ROADS_MAN).decide(granted=False, after=3 * DAY)
    assert clock(refused, ClockKind.HANDLING).due < refused.moment


def test_an_answer_of_the_first_collector_is_not_awaited_any_more() -> None:
    walk = Walk.to(Status.VERIFYING).do(commands.RerouteTask(collector_id=13, reason="换班"), ACCEPTOR)
    assert walk.verified().now.tasks[1].collector == collector(13).user_id
