"""The age of a case beside what its stages allowed: it grows with the way, and never says late where no stage was."""

from __future__ import annotations

import pytest
from msgspec.structs import replace

from gezhi.cases.rules import commands
from gezhi.cases.rules.applications.extension import AskExtension
from gezhi.cases.rules.applications.send_back import AskSendBack
from gezhi.cases.rules.clocks.clock import Clock, ClockKind
from gezhi.cases.rules.clocks.runs import runs_of
from gezhi.cases.rules.clocks.whole_case import ON_THE_WAY, handling_limit
from gezhi.cases.rules.stages import Status
from tests.calendars.invented import at
from tests.cases.golden.cases import WAYS, Golden
from tests.cases.more_ways import MORE_WAYS
from tests.cases.world import (
    DAY,
    DISPATCHER,
    DUTY_OFFICER,
    HOUR,
    LEADER,
    MINUTE,
    OTHER_SUBJECT,
    PARKS,
    PARKS_MAN,
    ROADS_MAN,
    SUBJECT,
    SYSTEM,
    Walk,
)

K = ClockKind


def clock(walk: Walk, kind: ClockKind = K.WHOLE) -> Clock:
    found = walk.now.clock(kind)
    assert found is not None
    return found


def whole_due(walk: Walk) -> int:
    return clock(walk).due


def test_at_first_it_is_due_when_all_limits_one_after_another_have_passed() -> None:
    """Friday 16:00: 45 minutes at the desks, four office hours until Monday 10:45, then 75 minutes."""
    walk = Walk(moment=at("2026-03-06 16:00")).report().accept()
    assert (clock(walk).since, whole_due(walk)) == (at("2026-03-06 16:00"), at("2026-03-09 12:00"))
    assert clock(walk).limit == at("2026-03-09 12:00") - at("2026-03-06 16:00")


def test_what_is_done_sooner_moves_it_not() -> None:
    walk = Walk().report().accept()
    before = whole_due(walk)
    walk.register().handled().confirm().send_inspection().inspect().close()
    assert (whole_due(walk), clock(walk).late) == (before, False)


def test_an_owner_who_is_looked_for_takes_his_time_by_the_office_calendar() -> None:
    walk = Walk().report().accept().register()
    before = whole_due(walk)
    walk.do(commands.MarkUnowned(reason="没有责任单位"), DISPATCHER)
    assert whole_due(walk) > before + DAY
    settle = commands.SettleOwner(unit_id=PARKS, basis="会议纪要", reason="园林处", manner="meeting")
    walk.do(settle, LEADER, after=DAY).dispatch(PARKS).receive(PARKS_MAN)
    walk.hand_over(PARKS_MAN, after=HOUR).confirm().send_inspection().inspect().close()
    assert clock(walk).late is False


def test_work_done_again_is_allowed_for() -> None:
    """In time at every stage, over three rounds and a weekend."""
    walk = Walk(moment=at("2026-03-06 14:00")).report().accept().register()
    for _ in range(2):
        walk.handled(after=2 * MINUTE).confirm().send_inspection().inspect(passed=False)
    walk.dispatch().receive().hand_over(
        after=at("2026-03-09 08:10") - walk.moment - 2 * MINUTE
    ).confirm().send_inspection().inspect().close()
    assert [run.kind for run in runs_of(walk.entries) if run.late] == []
    assert clock(walk).late is False


def test_a_suspension_and_a_send_back_stand_outside_it() -> None:
    walk = Walk.to(Status.HANDLING)
    left = whole_due(walk) - walk.moment
    walk.suspend(days=10)
    assert clock(walk).since is None
    walk.do(commands.RunOut(), SYSTEM, after=10 * DAY)
    assert whole_due(walk) >= walk.moment + left - 10 * MINUTE
    walk.do(AskSendBack(reason="不是本单位的职责", reason_code="other"), ROADS_MAN)
    assert clock(walk).since is None
    walk.decide(granted=False)
    assert clock(walk).since == walk.moment


def test_an_extension_lengthens_it() -> None:
    walk = Walk.to(Status.HANDLING)
    before, handling = whole_due(walk), clock(walk, K.HANDLING).due
    walk.do(AskExtension(reason="工程量大", reason_code="other", value=4), ROADS_MAN).granted()
    assert whole_due(walk) - before > clock(walk, K.HANDLING).due - handling - HOUR


def test_what_a_stage_ran_over_is_not_given_back() -> None:
    """Two days late at the unit, then everything in time: late as a whole by what savings do not cover."""
    walk = Walk.to(Status.REGISTERED)
    before = whole_due(walk)
    walk.dispatch().receive().hand_over(after=3 * DAY).confirm().send_inspection().inspect().close("late")
    assert (whole_due(walk), clock(walk).late) == (before, True)
    assert walk.now.overrun > DAY


@pytest.mark.parametrize("way", [*WAYS, *MORE_WAYS], ids=lambda way: way.__name__)
def test_it_is_late_only_if_a_stage_was(way: object) -> None:
    walk = Golden(1)
    way(walk)  # type: ignore[operator]
    whole = [run for run in runs_of(walk.entries) if run.kind is K.WHOLE and run.late]
    stages = [run for run in runs_of(walk.entries) if run.kind in ON_THE_WAY and run.late]
    assert not whole or stages or any(one.since is not None for one in walk.now.clocks if one.kind in ON_THE_WAY)


def test_a_case_that_goes_on_when_it_is_late_already_keeps_its_limit() -> None:
    walk = Walk().report().accept().register().dispatch(after=3 * DAY).receive()
    walk.do(AskSendBack(reason="非本单位", reason_code="other"), ROADS_MAN, after=HOUR)
    before = clock(walk)
    assert before.paused is not None
    assert before.used > before.limit
    walk.do(commands.Recall(reason="派错单位"), DISPATCHER, after=3 * DAY)
    after = clock(walk)
    assert after.since == walk.moment
    assert (after.limit, after.due) == (before.limit, before.due)


def test_another_limit_moves_it_both_ways() -> None:
    walk = Walk.to(Status.HANDLING)
    before = whole_due(walk)
    longer = commands.Amend(class_key=OTHER_SUBJECT.class_key, row_key=OTHER_SUBJECT.row_key, reason="类别有误")
    walk.do(longer, DUTY_OFFICER, subject=OTHER_SUBJECT)
    assert whole_due(walk) > before + DAY
    back = commands.Amend(class_key=SUBJECT.class_key, row_key=SUBJECT.row_key, reason="还是原类别")
    walk.do(back, DUTY_OFFICER, subject=SUBJECT)
    assert abs(whole_due(walk) - before) < HOUR


@pytest.mark.parametrize("missing", ["limit", "unit", "calendar"])
def test_a_limit_is_known_only_whole(missing: str) -> None:
    assert handling_limit(SUBJECT) is not None
    assert handling_limit(replace(SUBJECT, **{missing: None})) is None


def test_a_whole_case_that_reaches_beyond_the_published_holidays_is_due_provisionally() -> None:
    provisional = {}
    for day in ("2026-12-01 09:00", "2026-12-31 16:00"):
        provisional[day] = clock(Walk(moment=at(day)).report().accept()).provisional
    assert list(provisional.values()) == [False, True]
