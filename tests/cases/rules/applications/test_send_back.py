"""Send-back: what a grant and a refusal make of the case, from a unit and from a crew below it, as whole steps."""

from __future__ import annotations

from typing import Any

import pytest
from msgspec.structs import replace

from gezhi.cases.rules import commands
from gezhi.cases.rules.applications import ApplicationOutcome, Opinion
from gezhi.cases.rules.applications.asking import FormMissing
from gezhi.cases.rules.applications.send_back import AskSendBack, CrewStillHasIt
from gezhi.cases.rules.clocks.clock import Clock, ClockKind
from gezhi.cases.rules.facts import UnitFact
from gezhi.cases.rules.stages import Status
from tests.cases.approvals import OTHER_MATRIX
from tests.cases.whole_step import whole
from tests.cases.world import CREW, CREW_MAN, DISPATCHER, HOUR, MINUTE, ROADS_MAN, Walk

ASK = AskSendBack(reason="非本单位", reason_code="other")
SAID = {True: "情况属实", False: "理由不足"}


def clock(walk: Walk, kind: ClockKind = ClockKind.HANDLING) -> Clock:
    found = walk.now.clock(kind)
    assert found is not None
    return found


def with_crew() -> Walk:
    given = commands.Assign(unit_id=CREW)
    return Walk.to(Status.HANDLING).do(given, ROADS_MAN, units={CREW: UnitFact(CREW, "班组")})


def said_by_the_dispatcher(walk: Walk, *, granted: bool) -> Opinion:
    man = DISPATCHER
    return Opinion("dispatcher", man.user_id, man.post_id, man.organisation_id, walk.moment, granted, SAID[granted])


def test_a_wish_to_send_back_stops_the_clock_of_the_unit() -> None:
    walk = Walk.to(Status.HANDLING)
    before = clock(walk)
    walk.do(ASK, ROADS_MAN)
    (asked,) = walk.now.applications
    assert whole(walk.last) == {
        "kind": "send_back_asked",
        "status": Status.HANDLING,
        "application": asked,
        "clocks": (
            replace(before, since=None, paused=walk.moment, used=2 * MINUTE),
            clock(walk, ClockKind.APPROVAL),
            clock(walk, ClockKind.WHOLE),
        ),
        "reason": "非本单位",
        "reason_code": "other",
        "marks": ("send_back_asked",),
    }
    assert (asked.steps, asked.outcome, asked.old_due) == (("dispatcher",), None, before.due)


def test_granted_it_is_with_the_dispatcher_again_and_the_part_of_the_unit_has_ended() -> None:
    walk = Walk.to(Status.HANDLING).do(ASK, ROADS_MAN)
    before, part, approval = walk.now.applications[0], walk.now.assignments[0], clock(walk, ClockKind.APPROVAL)
    walk.decide()
    granted = said_by_the_dispatcher(walk, granted=True)
    assert whole(walk.last) == {
        "kind": "send_back_granted",
        "status": Status.REGISTERED,
        "application": replace(before, opinions=(granted,), outcome=ApplicationOutcome.GRANTED, ended=walk.moment),
        "assignments": (replace(part, ended=walk.moment, end="sent_back"),),
        "clocks": (
            replace(approval, used=MINUTE, since=None, ended=walk.moment),
            clock(walk, ClockKind.DISPATCH),
            clock(walk, ClockKind.WHOLE),
        ),
        "reason": "情况属实",
        "marks": ("send_back_granted",),
    }
    assert clock(walk, ClockKind.DISPATCH).since == walk.moment


@pytest.mark.parametrize(("shirking", "marks"), [(False, ()), (True, ("shirking",))])
def test_refused_the_clock_runs_on_as_if_it_had_not_stopped(*, shirking: bool, marks: tuple[str, ...]) -> None:
    walk = Walk.to(Status.HANDLING)
    running = clock(walk)
    walk.do(ASK, ROADS_MAN)
    before, approval = walk.now.applications[0], clock(walk, ClockKind.APPROVAL)
    walk.decide(granted=False, shirking=shirking)
    refused = said_by_the_dispatcher(walk, granted=False)
    assert whole(walk.last) == {
        "kind": "send_back_refused",
        "status": Status.HANDLING,
        "application": replace(
            before, opinions=(refused,), outcome=ApplicationOutcome.REFUSED, ended=walk.moment, shirking=shirking
        ),
        "clocks": (
            replace(approval, used=MINUTE, since=None, ended=walk.moment),
            replace(running, used=3 * MINUTE, since=walk.moment),
            clock(walk, ClockKind.WHOLE),
        ),
        "reason": "理由不足",
        "marks": ("send_back_refused", *marks),
    }


def test_in_another_city_a_refusal_gives_the_time_back() -> None:
    walk = Walk.to(Status.HANDLING, matrix=OTHER_MATRIX).do(ASK, ROADS_MAN).decide().decide(granted=False, after=HOUR)
    assert (clock(walk).used, clock(walk).since) == (2 * MINUTE, walk.moment)


def test_a_crew_asks_its_unit_alone_and_the_case_goes_on() -> None:
    walk = with_crew()
    running = clock(walk)
    walk.do(ASK, CREW_MAN)
    assert (walk.now.applications[0].steps, walk.now.applications[0].unit) == (("unit",), CREW)
    assert walk.last.clocks == (clock(walk, ClockKind.APPROVAL),)
    assert clock(walk) == running


def test_a_crews_granted_send_back_ends_its_application_and_its_part_and_nothing_else() -> None:
    walk = with_crew().do(ASK, CREW_MAN)
    before, part, approval = walk.now.applications[0], walk.now.assignments[1], clock(walk, ClockKind.APPROVAL)
    walk.decide()
    man = ROADS_MAN
    granted = Opinion("unit", man.user_id, man.post_id, man.organisation_id, walk.moment, True, "情况属实")
    assert whole(walk.last) == {
        "kind": "send_back_granted",
        "status": Status.HANDLING,
        "application": replace(before, opinions=(granted,), outcome=ApplicationOutcome.GRANTED, ended=walk.moment),
        "assignments": (replace(part, ended=walk.moment, end="sent_back"),),
        "clocks": (replace(approval, used=MINUTE, since=None, ended=walk.moment),),
        "reason": "情况属实",
    }
    assert (walk.now.pending, [one.unit for one in walk.now.open_assignments]) == (None, [ROADS_MAN.organisation_id])


def test_a_unit_takes_the_order_back_from_its_crew_before_it_sends_back() -> None:
    with pytest.raises(CrewStillHasIt):
        with_crew().do(ASK, ROADS_MAN)


def test_that_there_is_no_need_to_handle_takes_a_signed_form_and_the_duty_officer() -> None:
    walk = Walk.to(Status.HANDLING)
    given: dict[str, Any] = {
        "reason": "现场已恢复",
        "reason_code": "no-need",
        "form_no": "退审1号",
        "pictures": (walk.picture(),),
    }
    for missing in ("form_no", "pictures"):
        with pytest.raises(FormMissing) as found:
            walk.do(AskSendBack(**{**given, missing: type(given[missing])()}), ROADS_MAN)
        assert found.value.field == missing
    walk.do(AskSendBack(**given), ROADS_MAN)
    (asked,) = walk.now.applications
    assert (asked.steps, asked.form_no, asked.reason_code) == (("dispatcher", "duty-officer"), "退审1号", "no-need")
