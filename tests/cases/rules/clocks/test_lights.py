from __future__ import annotations

import pytest
from msgspec.structs import replace

from gezhi.calendars.rules.limits import Unit
from gezhi.cases.rules.applications.extension import AskExtension
from gezhi.cases.rules.applications.send_back import AskSendBack
from gezhi.cases.rules.clocks.clock import Clock, ClockKind
from gezhi.cases.rules.clocks.lights import Light, leading_clock, light_of
from gezhi.cases.rules.commands import RunOut
from gezhi.cases.rules.stages import Status
from tests.cases.world import (
    ROADS_MAN,
    SYSTEM,
    Walk,
)

CLOCK = Clock(ClockKind.HANDLING, "office", Unit.WORK_HOUR, 4, due=200, warn=100, since=1)


@pytest.mark.parametrize(
    ("moment", "light"), [(99, "green"), (100, "yellow"), (199, "yellow"), (200, "yellow"), (201, "red")]
)
def test_green_to_the_warning_yellow_to_the_deadline_red_beyond(moment: int, light: str) -> None:
    assert light_of(CLOCK, moment) is Light(light)


def test_no_clock_no_light() -> None:
    assert light_of(None, 1) is Light.NONE
    assert leading_clock(Walk.to(Status.CLOSED).now) is None


def test_what_stands_still_is_red_if_it_stopped_late_and_a_suspension_never_is() -> None:
    assert light_of(replace(CLOCK, since=None, paused=150), 300) is Light.NONE
    assert light_of(replace(CLOCK, since=None, paused=250, late=True), 300) is Light.RED
    assert light_of(replace(CLOCK, kind=ClockKind.SUSPENSION), 300) is Light.YELLOW


def test_once_both_have_run_out_the_list_names_the_handling_and_not_the_receipt() -> None:
    walk = Walk.to(Status.DISPATCHED)
    receipt, handling = walk.now.clock(ClockKind.RECEIPT), walk.now.clock(ClockKind.HANDLING)
    assert receipt is not None
    assert handling is not None
    shown = []
    for moment in (receipt.due + 1, handling.due + 1):
        walk.do(RunOut(), SYSTEM, after=moment - walk.moment)
        clock = leading_clock(walk.now)
        shown.append(clock and clock.kind)
    assert shown == [ClockKind.RECEIPT, ClockKind.HANDLING]


def test_the_list_shows_the_clock_that_is_due_first_and_never_the_whole_case() -> None:
    shown = leading_clock(Walk.to(Status.DISPATCHED).now)
    assert shown is not None
    assert shown.kind == ClockKind.RECEIPT
    shown = leading_clock(Walk.to(Status.HANDLING).now)
    assert shown is not None
    assert shown.kind == ClockKind.HANDLING


def test_the_time_for_an_approval_does_not_hide_that_for_the_handling_but_shows_while_that_stands_still() -> None:
    asked = Walk.to(Status.HANDLING).do(AskExtension(reason="料未到", reason_code="other", value=1), ROADS_MAN).now
    handling, approval = asked.clock(ClockKind.HANDLING), asked.clock(ClockKind.APPROVAL)
    assert handling is not None
    assert approval is not None
    slow = replace(asked, clocks=(approval, replace(handling, due=approval.due + 1)))
    assert [leading_clock(state) for state in (asked, slow)] == [handling, slow.clocks[1]]
    back = Walk.to(Status.HANDLING).do(AskSendBack(reason="非本单位", reason_code="other"), ROADS_MAN).now
    assert leading_clock(back) == back.clock(ClockKind.APPROVAL)
    assert leading_clock(replace(back, clocks=tuple(replace(clock, since=None) for clock in back.clocks))) is None
