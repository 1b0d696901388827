from __future__ import annotations

from typing import Any

import msgspec
import pytest

from gezhi.cases.rules import commands
from gezhi.cases.rules.applications.extension import AskExtension
from gezhi.cases.rules.applications.send_back import AskSendBack
from gezhi.cases.rules.clocks.clock import ClockKind
from gezhi.cases.rules.columns import columns_of
from gezhi.cases.rules.commands import RunOut, Succeed
from gezhi.cases.rules.facts import UnitFact
from gezhi.cases.rules.stages import Status
from gezhi.cases.rules.state import Assignment, End
from gezhi.cases.rules.steps.succeeding import NothingToSucceed
from gezhi.kernel.problems import Problem
from tests.cases.world import (
    CREW,
    CREW_MAN,
    DAY,
    DISPATCHER,
    DUTY_OFFICER,
    PARKS,
    PARKS_MAN,
    POWER,
    POWER_MAN,
    ROADS,
    ROADS_MAN,
    SYSTEM,
    Walk,
)

CREWS = {CREW: UnitFact(CREW, "班组")}
MORE_TIME = AskExtension(reason="工程量大", reason_code="other", value=1)


def succeeded(walk: Walk, to: int = PARKS, **changes: Any) -> Walk:
    return walk.do(Succeed(old_unit_id=ROADS, successor_id=to, basis="机构承接"), SYSTEM, **changes)


def open_parts(walk: Walk) -> list[tuple[int, bool]]:
    return [(part.unit, part.leading) for part in walk.now.open_assignments]


@pytest.mark.parametrize(
    "status",
    [Status.DISPATCHED, Status.HANDLING, Status.SUSPENDED, Status.HANDLED, Status.TO_INSPECT, Status.INSPECTING,
     Status.TO_CLOSE],
)  # fmt: skip
def test_the_part_goes_on_with_its_moments_and_no_clock_begins_anew(status: Status) -> None:
    walk = Walk.to(status)
    before = walk.now
    old: Assignment = before.leading  # type: ignore[assignment]
    after = succeeded(walk).now
    new: Assignment = after.leading  # type: ignore[assignment]
    assert (after.status, after.clocks) == (before.status, before.clocks)
    assert (new.unit, new.successor, new.dispatched) == (PARKS, None, walk.moment)
    kept = ("round", "leading", "level", "parent", "due", "received", "handed_over", "after", "by")
    assert [getattr(new, name) for name in kept] == [getattr(old, name) for name in kept]
    ended = next(part for part in after.assignments if part.no == old.no)
    assert (ended.unit, ended.ended, ended.end, ended.successor) == (ROADS, walk.moment, End.SUCCEEDED, PARKS)


def test_the_successor_brings_the_case_to_its_end_and_the_old_unit_has_nothing_to_do_with_it() -> None:
    walk = succeeded(Walk.to(Status.HANDLING))
    with pytest.raises(Problem, match="没有派给贵单位"):
        walk.hand_over(ROADS_MAN)
    walk.hand_over(PARKS_MAN).confirm().send_inspection().inspect().close()
    assert [(part.unit, part.end) for part in walk.now.assignments] == [(ROADS, End.SUCCEEDED), (PARKS, End.PASSED)]


def test_what_ran_out_before_is_charged_to_the_old_unit_and_the_rest_to_the_successor() -> None:
    walk = Walk.to(Status.HANDLING)
    walk.do(RunOut(), SYSTEM, after=5 * DAY)
    succeeded(walk)
    clock = walk.now.clock(ClockKind.HANDLING)
    assert clock is not None
    assert clock.raised
    with pytest.raises(Problem, match="没有新的超时"):
        walk.do(RunOut(), SYSTEM)


def test_what_was_asked_for_waits_on_and_its_count_goes_over() -> None:
    walk = Walk.to(Status.HANDLING).do(MORE_TIME, ROADS_MAN)
    succeeded(walk)
    pending = walk.now.pending
    assert pending is not None
    assert (pending.unit, pending.organisation) == (PARKS, PARKS)
    walk.granted().do(MORE_TIME, PARKS_MAN)
    assert walk.now.pending is not None
    assert walk.now.pending.times == 1


def test_what_a_seat_asked_for_stays_with_the_seat() -> None:
    walk = Walk.to(Status.HANDLING).do(MORE_TIME, ROADS_MAN)
    pending = walk.now.pending
    assert pending is not None
    walk.state = msgspec.structs.replace(walk.now, applications=(msgspec.structs.replace(pending, organisation=200),))
    succeeded(walk)
    assert walk.now.pending is not None
    assert (walk.now.pending.unit, walk.now.pending.organisation) == (PARKS, 200)


def test_crews_go_on_below_the_successor() -> None:
    walk = Walk.to(Status.HANDLING).do(commands.Assign(unit_id=CREW), ROADS_MAN, units=CREWS)
    succeeded(walk)
    leading = walk.now.leading
    assert leading is not None
    assert [(part.unit, part.parent) for part in walk.now.open_assignments] == [(CREW, leading.no), (PARKS, None)]
    walk.receive(CREW_MAN).hand_over(CREW_MAN)
    walk.do(commands.HandOver(text="已复查"), PARKS_MAN)
    assert walk.now.status is Status.HANDLED


def test_a_department_that_is_merged_into_its_own_crew_leaves_the_crew_the_whole_case() -> None:
    walk = Walk.to(Status.HANDLING).do(commands.Assign(unit_id=CREW), ROADS_MAN, units=CREWS)
    succeeded(walk, CREW)
    assert [(part.unit, part.leading, part.parent, part.level) for part in walk.now.open_assignments] == [
        (CREW, True, None, 2)
    ]
    walk.hand_over(CREW_MAN)
    assert walk.now.status is Status.HANDLED


@pytest.mark.parametrize("first", [ROADS_MAN, POWER_MAN, None])
def test_a_successor_that_helps_already_leads_and_hands_over_once(first: Any) -> None:
    walk = Walk.to(Status.REGISTERED).dispatch(ROADS, POWER).receive()
    if first is not None:
        walk.hand_over(first)
    succeeded(walk, POWER)
    assert open_parts(walk) == [(POWER, True)]
    helping, handling = (walk.now.clock(kind) for kind in (ClockKind.HELPING, ClockKind.HANDLING))
    assert helping is None or helping.since is None
    assert handling is not None
    assert handling.since is not None
    walk.hand_over(POWER_MAN)
    assert walk.now.status is Status.HANDLED


def test_a_helper_that_is_succeeded_helps_on() -> None:
    walk = Walk.to(Status.REGISTERED).dispatch(POWER, ROADS).receive(POWER_MAN)
    succeeded(walk)
    assert open_parts(walk) == [(POWER, True), (PARKS, False)]
    walk.hand_over(PARKS_MAN).hand_over(POWER_MAN)
    assert walk.now.status is Status.HANDLED


def test_a_case_that_was_to_come_back_comes_back_to_the_successor_with_the_rest_of_the_limit() -> None:
    walk = Walk.to(Status.INSPECTING)
    walk.inspect(passed=False)
    assert walk.now.rework_unit == ROADS
    used = walk.now.clock(ClockKind.HANDLING)
    succeeded(walk)
    assert walk.now.rework_unit == PARKS
    same = Walk.to(Status.INSPECTING)
    same.inspect(passed=False)
    same.moment = walk.moment
    walk.dispatch(PARKS)
    same.dispatch(ROADS)
    assert used is not None
    assert walk.now.clock(ClockKind.HANDLING) == same.now.clock(ClockKind.HANDLING)


def test_whoever_leads_after_a_join_led_last_also_when_the_case_is_closed() -> None:
    walk = Walk.to(Status.REGISTERED).dispatch(ROADS, PARKS).receive()
    for old, new in ((ROADS, POWER), (POWER, PARKS)):
        walk.do(Succeed(old_unit_id=old, successor_id=new, basis="机构承接"), SYSTEM)
    walk.hand_over(PARKS_MAN)
    assert columns_of(walk.now)["last_unit_id"] == PARKS
    walk.confirm().send_inspection().inspect().close()
    assert columns_of(walk.now)["last_unit_id"] == PARKS


def test_a_case_that_was_recalled_goes_to_the_successor_with_the_rest_of_the_limit() -> None:
    walk = Walk.to(Status.HANDLING).do(commands.Recall(reason="先核对位置"), DISPATCHER)
    used = walk.now.clock(ClockKind.HANDLING)
    succeeded(walk).dispatch(PARKS)
    again = walk.now.clock(ClockKind.HANDLING)
    assert used is not None
    assert again is not None
    assert (again.used, again.limit) == (used.used, used.limit)
    assert used.used > 0


def test_whoever_sent_a_case_back_has_nothing_of_it_to_go_over() -> None:
    walk = Walk.to(Status.HANDLING).do(AskSendBack(reason="不属于本单位", reason_code="other"), ROADS_MAN).granted()
    with pytest.raises(NothingToSucceed):
        succeeded(walk)


def test_the_successor_may_withdraw_what_was_asked_for_in_the_name_of_a_crew() -> None:
    walk = Walk.to(Status.HANDLING).do(commands.Assign(unit_id=CREW), ROADS_MAN, units=CREWS).do(MORE_TIME, ROADS_MAN)
    pending = msgspec.structs.replace(walk.now.applications[0], unit=CREW)
    walk.state = msgspec.structs.replace(walk.now, applications=(pending,))
    succeeded(walk)
    assert walk.now.pending is not None
    assert (walk.now.pending.unit, walk.now.pending.organisation) == (CREW, PARKS)


def test_a_closed_case_that_is_reopened_comes_to_who_stands_in_the_place_of_its_unit() -> None:
    reopen = commands.Reopen(reason="回访未解决", reason_code="other")
    assert Walk.to(Status.CLOSED).do(reopen, DUTY_OFFICER, heir=PARKS).now.rework_unit == PARKS
    assert Walk.to(Status.CLOSED).do(reopen, DUTY_OFFICER).now.rework_unit == ROADS


def test_a_dispatch_cannot_be_undone_after_it() -> None:
    walk = succeeded(Walk.to(Status.DISPATCHED))
    assert walk.now.undo is None


def test_a_unit_that_has_nothing_in_a_case_is_not_succeeded_in_it() -> None:
    with pytest.raises(NothingToSucceed):
        succeeded(Walk.to(Status.REGISTERED))
    with pytest.raises(NothingToSucceed):
        succeeded(succeeded(Walk.to(Status.HANDLING)))
