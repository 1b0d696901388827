"""Stage 2 and later corrections: registration with a limit, rejection, giving back, amendments and what they do to
the clocks.
"""

from __future__ import annotations

from typing import Any

import msgspec
import pytest

from gezhi.calendars.rules.limits import LimitNotPositive, Unit, UnknownUnit
from gezhi.cases.rules import commands
from gezhi.cases.rules.applications import ApplicationKind
from gezhi.cases.rules.applications.deciding import DecideApplication
from gezhi.cases.rules.applications.matrix import MATRIX
from gezhi.cases.rules.applications.send_back import AskSendBack
from gezhi.cases.rules.clocks.clock import ClockKind
from gezhi.cases.rules.stages import Status
from gezhi.cases.rules.state import Subject
from gezhi.cases.rules.steps.acceptance import ClassUnknown, RowMissing
from gezhi.cases.rules.steps.registration import LimitMissing, NothingToAmend
from gezhi.kernel.words import WordsMissing, WordsTooLong
from tests.calendars.invented import at
from tests.cases.world import (
    ACCEPTOR,
    DAY,
    DISPATCHER,
    DUTY_OFFICER,
    GAP,
    GAP_CLASS,
    HOUR,
    MINUTE,
    MONDAY_MORNING,
    OTHER_CLASS,
    OTHER_SUBJECT,
    PARKS,
    PLACE,
    ROADS_MAN,
    SUBJECT,
    Walk,
)

FILLED = commands.Register(limit=2, unit="work_day", closing=("REPAIR",), reason="参照污水井盖")


def test_registration_starts_the_dispatch_clock() -> None:
    walk = Walk.to(Status.REGISTERED)
    ended, begun = walk.now.clock(ClockKind.REGISTRATION), walk.now.clock(ClockKind.DISPATCH)
    assert ended is not None
    assert begun is not None
    assert (ended.ended, begun.due) == (walk.moment, walk.moment + 15 * MINUTE)
    assert walk.now.registered == walk.moment


def test_the_duty_officer_fills_the_gap_of_a_class_without_row() -> None:
    walk = Walk().report(subject=GAP).accept(GAP)
    with pytest.raises(LimitMissing):
        walk.register()
    walk.do(FILLED, DUTY_OFFICER)
    assert walk.now.subject == Subject(
        class_key=GAP_CLASS, limit=2, unit=Unit.WORK_DAY, calendar="office", closing=("REPAIR",), gap=True
    )
    assert walk.now.clock(ClockKind.WHOLE) is not None
    walk.dispatch()
    handling = walk.now.clock(ClockKind.HANDLING)
    assert handling is not None
    assert handling.due == at("2026-03-04 09:03")


@pytest.mark.parametrize("lacking", ["limit", "unit", "closing"])
def test_a_gap_is_filled_with_limit_unit_and_closing_conditions(lacking: str) -> None:
    part = msgspec.structs.replace(FILLED, **{lacking: () if lacking == "closing" else None})
    with pytest.raises(LimitMissing) as refused:
        Walk().report(subject=GAP).accept(GAP).do(part, DUTY_OFFICER)
    assert refused.value.field == "limit"


def test_a_gap_is_filled_with_a_reason_a_known_unit_and_a_positive_limit() -> None:
    walk = Walk().report(subject=GAP).accept(GAP)
    with pytest.raises(WordsMissing):
        walk.do(msgspec.structs.replace(FILLED, reason=" "), DUTY_OFFICER)
    with pytest.raises(UnknownUnit):
        walk.do(msgspec.structs.replace(FILLED, unit="fortnight"), DUTY_OFFICER)
    with pytest.raises(LimitNotPositive):
        walk.do(msgspec.structs.replace(FILLED, limit=0), DUTY_OFFICER)


def test_a_limit_is_not_taken_for_a_class_that_has_its_row() -> None:
    walk = Walk.to(Status.ACCEPTED).do(FILLED, DUTY_OFFICER)
    assert walk.now.subject == SUBJECT


@pytest.mark.parametrize(
    "command",
    [
        commands.Register(reason="字" * 2001),
        commands.Reject(reason="字" * 2001, reason_code="other"),
        commands.GiveBack(reason="字" * 2001, reason_code="other"),
    ],
    ids=lambda command: command.word,
)
def test_every_reason_has_its_limit_of_words(command: commands.Command) -> None:
    with pytest.raises(WordsTooLong):
        Walk.to(Status.ACCEPTED).do(command, DUTY_OFFICER)


def test_a_rejection_answers_who_can_be_reached_and_ends_every_clock() -> None:
    walk = Walk().call_in().verifying().verified().accept()
    with pytest.raises(WordsMissing):
        walk.do(commands.Reject(reason="权属不明", reason_code="other"), DUTY_OFFICER)
    walk.do(commands.Reject(reason="权属不明", reason_code="other", answer="已转住建部门"), DUTY_OFFICER)
    assert walk.now.status is Status.REJECTED
    assert [answer.text for answer in walk.last.answers] == ["已转住建部门"]
    assert all(clock.since is None for clock in walk.now.clocks)


def test_given_back_it_goes_one_desk_back_and_that_desk_has_its_clock_again() -> None:
    walk = Walk.to(Status.REGISTERED).do(commands.GiveBack(reason="不属派遣范围", reason_code="other"), DISPATCHER)
    registration = walk.now.clock(ClockKind.REGISTRATION)
    assert (walk.now.status, registration and registration.since) == (Status.ACCEPTED, walk.moment)
    walk.do(commands.GiveBack(reason="类别有误", reason_code="other"), DUTY_OFFICER)
    acceptance = walk.now.clock(ClockKind.ACCEPTANCE)
    assert (walk.now.status, acceptance and acceptance.since) == (Status.REPORTED, walk.moment)
    assert walk.now.marks["given_back"] == 2
    assert walk.accept().register().dispatch().now.status is Status.DISPATCHED


def amended(walk: Walk, subject: Subject = OTHER_SUBJECT, **changes: Any) -> Walk:
    actor = ACCEPTOR if walk.now.registered is None else DUTY_OFFICER
    command = commands.Amend(reason="类别更正", class_key=subject.class_key, row_key=subject.row_key)
    return walk.do(command, actor, **{"subject": subject, "place": walk.now.place, **changes})


def test_an_amendment_keeps_what_stood_before() -> None:
    walk = amended(Walk.to(Status.DISPATCHED))
    assert (walk.last.old_subject, walk.last.subject, walk.now.subject) == (SUBJECT, OTHER_SUBJECT, OTHER_SUBJECT)
    assert (walk.last.old_place, walk.last.place) == (None, None)
    moved = msgspec.structs.replace(PLACE, address="石桥街 3 号")
    walk.do(
        commands.Amend(reason="位置更正", address="石桥街 3 号"), DUTY_OFFICER, subject=walk.now.subject, place=moved
    )
    assert (walk.last.old_place, walk.now.place) == (PLACE, moved)


def test_an_amendment_changes_something_and_says_why() -> None:
    walk = Walk.to(Status.DISPATCHED)
    with pytest.raises(NothingToAmend):
        amended(walk, SUBJECT)
    with pytest.raises(WordsMissing):
        walk.do(commands.Amend(reason="", class_key=OTHER_CLASS), DUTY_OFFICER, subject=OTHER_SUBJECT)
    with pytest.raises(ClassUnknown):
        walk.do(commands.Amend(reason="类别更正", class_key="2013-part-9999"), DUTY_OFFICER, subject=None)
    with pytest.raises(WordsTooLong):
        walk.do(
            commands.Amend(reason="位置更正", address="路" * 2001),
            DUTY_OFFICER,
            subject=SUBJECT,
            place=msgspec.structs.replace(PLACE, address="路" * 2001),
        )


@pytest.mark.parametrize("status", [Status.ACCEPTED, Status.REGISTERED, Status.DISPATCHED, Status.HANDLED])
def test_after_acceptance_no_amendment_takes_the_standard_row_away(status: Status) -> None:
    with pytest.raises(RowMissing) as refused:
        amended(Walk.to(status), Subject(class_key=OTHER_CLASS))
    assert refused.value.field == "row_key"


@pytest.mark.parametrize("status", [Status.REPORTED, Status.VERIFYING])
def test_before_acceptance_a_case_may_yet_stand_on_a_class_alone(status: Status) -> None:
    assert amended(Walk.to(status), Subject(class_key=OTHER_CLASS)).now.subject.row_key is None


def test_a_class_without_rows_is_amended_in_until_the_duty_officer_registers() -> None:
    walk = amended(Walk.to(Status.ACCEPTED), GAP)
    assert walk.now.subject == GAP
    with pytest.raises(LimitMissing):
        walk.register()
    with pytest.raises(RowMissing):
        amended(Walk.to(Status.REGISTERED), GAP)


def handling_due(walk: Walk) -> int:
    clock = walk.now.clock(ClockKind.HANDLING)
    assert clock is not None
    return clock.due


def test_a_new_limit_counts_from_the_dispatch_however_late_it_is_amended() -> None:
    early = Walk.to(Status.REGISTERED).dispatch(after=27 * MINUTE)
    dispatched = early.moment
    assert handling_due(early) == at("2026-03-02 15:29")
    assert dispatched == at("2026-03-02 09:29")
    early.moment += 2 * HOUR
    assert handling_due(amended(early)) == at("2026-03-05 09:29")


def test_what_was_used_before_a_pause_stays_used_under_a_new_limit() -> None:
    """One hour before the wish to send back, ten minutes after its refusal: 70 minutes of the new three days are
    gone.
    """
    row = msgspec.structs.replace(MATRIX[ApplicationKind.SEND_BACK], refusal_gives_time_back=True)
    walk = Walk(matrix={ApplicationKind.SEND_BACK: row}).report().accept().register().dispatch().receive()
    start = walk.moment - MINUTE
    walk.do(AskSendBack(reason="非本单位", reason_code="other"), ROADS_MAN, after=59 * MINUTE)
    walk.do(DecideApplication(granted=False, reason="属本单位"), DISPATCHER, after=30 * MINUTE)
    amended(walk, after=10 * MINUTE)
    clock = walk.now.clock(ClockKind.HANDLING)
    assert clock is not None
    assert clock.due == start + 3 * 24 * HOUR + 30 * MINUTE


def test_an_amendment_after_the_hand_over_judges_the_used_time_by_the_new_limit() -> None:
    short = Subject(OTHER_CLASS, f"{OTHER_CLASS}-1", limit=30, unit=Unit.MINUTE, calendar="office", closing=("REPAIR",))
    walk = Walk.to(Status.REGISTERED).handled(after=40 * MINUTE)
    clock = amended(walk, short).now.clock(ClockKind.HANDLING)
    assert clock is not None
    assert (clock.late, clock.since, clock.used) == (True, None, 41 * MINUTE)
    late = Walk.to(Status.REGISTERED).handled(after=30 * HOUR)
    before = late.now.clock(ClockKind.HANDLING)
    after = amended(late).now.clock(ClockKind.HANDLING)
    assert before is not None
    assert after is not None
    assert (before.late, after.late) == (True, False)


def test_the_whole_case_is_due_after_all_stage_limits_and_the_handling_limit() -> None:
    """09:00 + 45 min, then 4 office hours (over noon), then 75 min of review, sending, inspection and closing."""
    walk = Walk.to(Status.ACCEPTED)
    clock = walk.now.clock(ClockKind.WHOLE)
    assert clock is not None
    assert (clock.since, clock.due) == (MONDAY_MORNING, at("2026-03-02 17:00"))


def test_late_desks_do_not_move_when_the_whole_case_is_due() -> None:
    walk = Walk.to(Status.ACCEPTED)
    before = walk.now.clock(ClockKind.WHOLE)
    walk.moment += 3 * HOUR
    walk.register().dispatch()
    assert walk.now.clock(ClockKind.WHOLE) == before


def whole_due(walk: Walk) -> int:
    clock = walk.now.clock(ClockKind.WHOLE)
    assert clock is not None
    return clock.due


def test_to_another_unit_the_whole_case_has_the_time_that_this_unit_has() -> None:
    """On Tuesday at 09:00: four office hours, then 75 minutes, less what the dispatcher ran over; the same unit again
    changes nothing.
    """
    walk = Walk.to(Status.DISPATCHED).do(commands.Recall(reason="派错"), DISPATCHER)
    first = whole_due(walk)
    assert whole_due(walk.dispatch()) == first
    walk.do(commands.Recall(reason="派错"), DISPATCHER)
    walk.dispatch(PARKS, after=at("2026-03-03 09:00") - walk.moment)
    assert whole_due(walk) == max(first, at("2026-03-03 16:15") - walk.now.overrun)


def test_an_amended_limit_moves_the_whole_case_to_and_fro() -> None:
    walk = Walk.to(Status.DISPATCHED)
    first = whole_due(walk)
    assert whole_due(amended(walk)) > first + DAY
    assert abs(whole_due(amended(walk, SUBJECT)) - first) < HOUR
