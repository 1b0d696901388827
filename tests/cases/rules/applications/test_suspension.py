"""Suspension: no clock runs but the one that wakes the case; awake, the others run on. Steps compared whole."""

from __future__ import annotations

import pytest
from msgspec.structs import replace

from gezhi.calendars.rules.limits import Unit
from gezhi.cases.rules import commands
from gezhi.cases.rules.applications import ApplicationOutcome
from gezhi.cases.rules.applications.asking import TooMuch
from gezhi.cases.rules.applications.kind import FormPart
from gezhi.cases.rules.applications.suspension import SUSPENSION, AskSuspension, NoEnd, Resume
from gezhi.cases.rules.clocks.clock import Clock, ClockKind
from gezhi.cases.rules.stages import Status
from tests.cases.whole_step import whole
from tests.cases.world import DAY, MINUTE, ROADS_MAN, SYSTEM, Walk


def clock(walk: Walk, kind: ClockKind = ClockKind.HANDLING) -> Clock:
    found = walk.now.clock(kind)
    assert found is not None
    return found


def asked(days: int = 5) -> Walk:
    walk = Walk.to(Status.HANDLING)
    ask = AskSuspension(
        reason="须待汛期后", reason_code="other", until=walk.moment + days * DAY, pictures=(walk.picture(),)
    )
    return walk.do(ask, ROADS_MAN).decide()


def test_granted_every_clock_of_the_work_stands_still_and_one_runs_to_the_end_of_the_pause() -> None:
    walk = asked()
    before, approval = walk.now.applications[0], clock(walk, ClockKind.APPROVAL)
    handling, all_of_it = clock(walk), clock(walk, ClockKind.WHOLE)
    walk.decide()
    until = before.until or 0
    assert whole(walk.last) == {
        "kind": "suspension_granted",
        "status": Status.SUSPENDED,
        "application": replace(
            before,
            opinions=walk.now.applications[0].opinions,
            outcome=ApplicationOutcome.GRANTED,
            ended=walk.moment,
        ),
        "clocks": (
            replace(approval, used=MINUTE, since=None, ended=walk.moment),
            replace(handling, used=2 * MINUTE, since=None, paused=before.asked),
            Clock(
                kind=ClockKind.SUSPENSION,
                calendar="office",
                unit=Unit.URGENT_HOUR,
                limit=until - walk.moment,
                due=until,
                warn=until,
                since=walk.moment,
            ),
            replace(all_of_it, used=7 * MINUTE, since=None, paused=walk.moment),
        ),
        "due": until,
        "reason": "情况属实",
        "marks": ("suspension_granted",),
    }


def test_it_wakes_by_itself_and_has_what_was_left() -> None:
    walk = asked().decide()
    handling, waking, part = clock(walk), clock(walk, ClockKind.SUSPENSION), walk.now.assignments[0]
    walk.do(commands.RunOut(), SYSTEM, after=6 * DAY)
    assert whole(walk.last) == {
        "kind": "woken",
        "status": Status.HANDLING,
        "clocks": (
            replace(waking, used=waking.limit, since=None, ended=waking.due),
            clock(walk),
            clock(walk, ClockKind.WHOLE),
        ),
        "assignments": (replace(part, due=clock(walk).due),),
        "marks": ("woken",),
    }
    assert (clock(walk).used, clock(walk).since, clock(walk).paused) == (handling.used, walk.moment, None)


def test_resumed_early_it_says_why() -> None:
    walk = asked().decide()
    waking, part = clock(walk, ClockKind.SUSPENSION), walk.now.assignments[0]
    walk.do(Resume(reason="材料已到"), ROADS_MAN)
    assert whole(walk.last) == {
        "kind": "resumed",
        "status": Status.HANDLING,
        "clocks": (
            replace(waking, used=MINUTE, since=None, ended=walk.moment),
            clock(walk),
            clock(walk, ClockKind.WHOLE),
        ),
        "assignments": (replace(part, due=clock(walk).due),),
        "reason": "材料已到",
        "marks": ("resumed",),
    }
    assert clock(walk).since == clock(walk, ClockKind.WHOLE).since == walk.moment


@pytest.mark.parametrize("late", [0, 1])
def test_at_the_end_of_the_pause_there_is_nothing_left_to_grant(late: int) -> None:
    walk = asked(days=1)
    until = walk.now.applications[0].until or 0
    with pytest.raises(NoEnd):
        walk.decide(after=until - walk.moment + late)


def test_the_form_asks_for_an_end_within_the_bound_and_a_wrong_one_is_said_at_its_field() -> None:
    walk = Walk.to(Status.HANDLING)
    assert SUSPENSION.parts == (FormPart("until", "moment"),)
    assert SUSPENSION.form_facts(SUSPENSION.preset, walk.now) == {"most_days": 365}
    for until, refusal in ((walk.moment, NoEnd), (walk.moment + 366 * DAY, TooMuch)):
        with pytest.raises(refusal) as found:
            walk.do(
                AskSuspension(reason="待料", reason_code="other", until=until, pictures=(walk.picture(),)), ROADS_MAN
            )
        assert found.value.field == "until"
