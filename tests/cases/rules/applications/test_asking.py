"""Asking: who may ask for what, when, how often, with what proof; what it does to the clocks."""

from __future__ import annotations

from typing import Any

import msgspec
import pytest

from gezhi.cases.rules import commands
from gezhi.cases.rules.applications import Application, ApplicationKind
from gezhi.cases.rules.applications.appeal import Appeal
from gezhi.cases.rules.applications.asking import (
    ApplicationPending,
    AskedAfterDeadline,
    AskedTooOften,
    AskerMayNot,
    NotAtThisStage,
    ProofMissing,
    TooMuch,
)
from gezhi.cases.rules.applications.extension import AskExtension
from gezhi.cases.rules.applications.kinds import KINDS
from gezhi.cases.rules.applications.matrix import MATRIX
from gezhi.cases.rules.applications.send_back import AskSendBack, CrewStillHasIt
from gezhi.cases.rules.applications.suspension import AskSuspension, NoEnd
from gezhi.cases.rules.applications.void import AskVoid
from gezhi.cases.rules.clocks.clock import Clock, ClockKind
from gezhi.cases.rules.commands import Command
from gezhi.cases.rules.facts import UnitFact as Unit
from gezhi.cases.rules.facts import UnitShare
from gezhi.cases.rules.stages import Status
from gezhi.kernel.permissions import Role
from gezhi.kernel.words import WordsMissing
from tests.calendars.invented import at
from tests.cases.approvals import OTHER_MATRIX
from tests.cases.whole_step import whole
from tests.cases.world import (
    ACCEPTOR,
    CREW,
    CREW_MAN,
    DAY,
    DISPATCHER,
    DUTY_OFFICER,
    MINUTE,
    MONDAY_MORNING,
    ROADS,
    ROADS_MAN,
    Walk,
)

EXTEND = AskExtension(reason="地下管线未交底", reason_code="other", value=2)


def clock(walk: Walk, kind: ClockKind = ClockKind.HANDLING) -> Clock:
    found = walk.now.clock(kind)
    assert found is not None
    return found


def suspend(walk: Walk, days: int = 5, **changes: Any) -> AskSuspension:
    given = {"until": walk.moment + days * DAY, "pictures": (walk.picture(),), **changes}
    return AskSuspension(**{"reason": "待汛期后施工", "reason_code": "season", **given})


def test_an_application_carries_what_the_ledger_needs() -> None:
    walk = Walk.to(Status.HANDLING)
    due = clock(walk).due
    walk.do(EXTEND, ROADS_MAN)
    (asked,) = walk.now.applications
    assert (asked.no, asked.kind, asked.unit, asked.asked, asked.asked_by) == (
        1,
        ApplicationKind.EXTENSION,
        ROADS,
        walk.moment,
        51,
    )
    assert (asked.steps, asked.deciding, asked.times, asked.late) == (
        ("dispatcher", "duty-officer"),
        "dispatcher",
        0,
        False,
    )
    assert (asked.value, asked.old_due, asked.new_due, asked.reason) == (2, due, None, "地下管线未交底")
    assert walk.now.marks["extension_asked"] == 1
    assert clock(walk).since is not None, "a pending extension does not stop the clock"
    assert clock(walk, ClockKind.APPROVAL).due == at("2026-03-02 15:05")


def test_where_the_city_says_so_a_pending_extension_stops_the_clock() -> None:
    walk = Walk.to(Status.HANDLING, matrix=OTHER_MATRIX)
    walk.do(AskExtension(reason="料未到", reason_code="other", value=1, pictures=(walk.picture(),)), ROADS_MAN)
    assert clock(walk).since is None
    assert walk.now.applications[0].steps == ("supervisor",)


def test_a_second_application_waits_for_the_first() -> None:
    walk = Walk.to(Status.HANDLING).do(EXTEND, ROADS_MAN)
    for command, actor in ((EXTEND, ROADS_MAN), (AskVoid(reason="重复", reason_code="other"), DISPATCHER)):
        with pytest.raises(ApplicationPending) as found:
            walk.do(command, actor)
        assert "延期" in found.value.text("zh")


def test_an_extension_is_asked_for_before_the_deadline_only() -> None:
    walk = Walk.to(Status.HANDLING)
    with pytest.raises(AskedAfterDeadline):
        walk.do(EXTEND, ROADS_MAN, after=DAY)


def test_a_third_extension_is_refused_and_refusals_do_not_count() -> None:
    walk = Walk.to(Status.HANDLING).do(EXTEND, ROADS_MAN).decide(granted=False)
    for times in (0, 1):
        walk.do(EXTEND, ROADS_MAN)
        assert walk.now.applications[-1].times == times
        walk.granted()
    with pytest.raises(AskedTooOften) as found:
        walk.do(EXTEND, ROADS_MAN)
    assert (found.value.details["times"], found.value.details["most"]) == (2, 2)


def test_the_second_extension_takes_the_steps_for_the_second() -> None:
    walk = Walk.to(Status.HANDLING).do(EXTEND, ROADS_MAN).granted().do(EXTEND, ROADS_MAN)
    assert walk.now.applications[-1].steps == ("dispatcher", "duty-officer", "leader")


@pytest.mark.parametrize(("value", "fits"), [(0, False), (1, True), (4, True), (5, False)])
def test_an_extension_adds_one_original_limit_at_most(value: int, fits: bool) -> None:
    walk, command = Walk.to(Status.HANDLING), AskExtension(reason="工程量大", reason_code="other", value=value)
    if fits:
        assert walk.do(command, ROADS_MAN).now.applications[0].value == value
    else:
        with pytest.raises(TooMuch, match=r"cases\.asking\.too-much"):
            walk.do(command, ROADS_MAN)


def test_another_city_grants_half_of_the_limit_and_asks_for_proof() -> None:
    walk = Walk.to(Status.HANDLING, matrix=OTHER_MATRIX)
    with pytest.raises(TooMuch):
        walk.do(AskExtension(reason="料未到", reason_code="other", value=3), ROADS_MAN)
    with pytest.raises(ProofMissing):
        walk.do(AskExtension(reason="料未到", reason_code="other", value=2), ROADS_MAN)


def test_a_suspension_needs_an_end_that_lies_ahead_and_not_too_far() -> None:
    walk = Walk.to(Status.HANDLING)
    for days in (0, -3):
        with pytest.raises(NoEnd):
            walk.do(suspend(walk, days), ROADS_MAN)
    with pytest.raises(TooMuch) as found:
        walk.do(suspend(walk, 366), ROADS_MAN)
    assert "365天" in found.value.text("zh")
    with pytest.raises(ProofMissing):
        walk.do(suspend(walk, pictures=()), ROADS_MAN)


def test_a_reason_is_always_needed() -> None:
    walk = Walk.to(Status.HANDLING)
    with pytest.raises(WordsMissing):
        walk.do(AskExtension(reason=" ", reason_code="other", value=1), ROADS_MAN)


def test_what_the_row_does_not_give_a_post_or_a_stage_it_may_not_ask() -> None:
    closed = Walk.to(Status.TO_CLOSE, matrix=OTHER_MATRIX)
    with pytest.raises(AskerMayNot) as found:
        closed.do(AskVoid(reason="重复", reason_code="other"), ACCEPTOR)
    assert "值班长" in found.value.text("zh")
    kind = ApplicationKind.VOID
    early = {**OTHER_MATRIX, kind: msgspec.structs.replace(OTHER_MATRIX[kind], statuses=(Status.REGISTERED,))}
    with pytest.raises(NotAtThisStage):
        Walk.to(Status.TO_CLOSE, matrix=early).do(AskVoid(reason="重复", reason_code="other"), DUTY_OFFICER)


def test_an_appeal_comes_once_with_proof_from_the_unit_that_handled_it_last() -> None:
    walk = Walk.to(Status.CLOSED)
    with pytest.raises(ProofMissing):
        walk.do(Appeal(reason="停电所致", reason_code="other"), ROADS_MAN)
    walk.do(Appeal(reason="停电所致", reason_code="other", pictures=(walk.picture(),)), ROADS_MAN)
    assert (walk.now.status, walk.now.applications[0].unit) == (Status.CLOSED, ROADS)
    walk.decide(granted=False)
    with pytest.raises(AskedTooOften):
        walk.do(Appeal(reason="再次申诉", reason_code="other", pictures=(walk.picture(),)), ROADS_MAN)


def test_a_suspension_is_asked_for_before_the_deadline_only() -> None:
    walk = Walk.to(Status.HANDLING)
    with pytest.raises(AskedAfterDeadline):
        walk.do(suspend(walk, 9), ROADS_MAN, after=DAY)


def test_an_appeal_against_lateness_is_not_itself_asked_too_late() -> None:
    walk = Walk.to(Status.HANDLING)
    walk.hand_over(after=2 * DAY).confirm().send_inspection().inspect().close(kind="late")
    walk.do(Appeal(reason="停电所致", reason_code="other", pictures=(walk.picture(),)), ROADS_MAN)
    assert not walk.now.applications[0].late


@pytest.mark.parametrize("kind", KINDS, ids=str)
def test_the_ceiling_of_every_kind_brings_one_more_to_decide(kind: ApplicationKind) -> None:
    row = MATRIX[kind]
    for times in (0, 1):
        usual = row.steps_for(times=times, is_crew=False, is_above=False)
        assert len(row.steps_for(times=times, is_crew=False, is_above=True)) > len(usual)


def test_asked_after_the_deadline_it_is_refused_or_where_a_city_allows_it_marked_late() -> None:
    with pytest.raises(AskedAfterDeadline):
        Walk.to(Status.HANDLING).do(AskSendBack(reason="非本单位", reason_code="other"), ROADS_MAN, after=2 * DAY)
    row = msgspec.structs.replace(MATRIX[ApplicationKind.SEND_BACK], before_deadline=False)
    walk = Walk.to(Status.HANDLING, matrix={**MATRIX, row.kind: row})
    assert (
        walk.do(AskSendBack(reason="非本单位", reason_code="other"), ROADS_MAN, after=2 * DAY).now.applications[0].late
    )


@pytest.mark.parametrize(
    ("granted", "given", "above", "steps"),
    [
        (4, 100, False, ("dispatcher", "duty-officer")),
        (5, 100, True, ("dispatcher", "duty-officer", "supervisor", "leader")),
        (0, 19, False, ("dispatcher", "duty-officer")),
        (1, 19, True, ("dispatcher", "duty-officer", "supervisor", "leader")),
    ],
    ids=["at the ceiling", "above the ceiling", "the first of few cases", "the second of few cases"],
)
def test_above_its_ceiling_a_unit_needs_the_next_level(
    granted: int, given: int, steps: tuple[str, ...], *, above: bool
) -> None:
    walk = Walk.to(Status.HANDLING).do(EXTEND, ROADS_MAN, share=UnitShare(granted, given))
    application = walk.now.applications[0]
    assert (application.steps, application.share) == (steps, (granted + 1) * 1000 // given)
    assert (application.ceiling, application.above) == (50, above)


def test_a_crew_asks_its_unit_first_and_a_unit_takes_the_order_back_before_it_sends_back() -> None:
    walk = Walk.to(Status.HANDLING).do(commands.Assign(unit_id=CREW), ROADS_MAN, units={CREW: Unit(CREW, "班组")})
    with pytest.raises(CrewStillHasIt):
        walk.do(AskSendBack(reason="非本单位", reason_code="other"), ROADS_MAN)
    walk.do(AskExtension(reason="料未到", reason_code="other", value=1), CREW_MAN)
    assert walk.now.applications[0].steps == ("unit", "dispatcher", "duty-officer")
    walk.decide().decide()
    assert [opinion.step for opinion in walk.now.applications[0].opinions] == ["unit", "dispatcher"]


def test_the_limit_of_the_approval_is_that_of_the_row() -> None:
    walk = Walk(moment=MONDAY_MORNING).report().accept().register().dispatch().receive()
    walk.do(suspend(walk), ROADS_MAN, after=MINUTE)
    assert clock(walk, ClockKind.APPROVAL).due == at("2026-03-03 09:05")
    assert walk.now.pending is not None
    assert walk.now.pending.deciding == Role.DISPATCHER


ASKS: tuple[Command, ...] = (AskSendBack(reason="非本单位", reason_code="other"), EXTEND)


@pytest.mark.parametrize("command", ASKS, ids=lambda command: command.word)
def test_handing_over_lets_an_extension_lapse_but_waits_for_a_send_back(command: Command) -> None:
    walk = Walk.to(Status.HANDLING).do(command, ROADS_MAN)
    if command.word == "ask_send_back":
        with pytest.raises(ApplicationPending):
            walk.hand_over()
        return
    walk.hand_over(after=MINUTE)
    assert (walk.now.applications[0].outcome, walk.now.pending) == ("lapsed", None)
    assert clock(walk, ClockKind.APPROVAL).ended == walk.moment


def test_a_recall_leaves_what_a_desk_has_asked_for() -> None:
    walk = Walk.to(Status.HANDLING).do(AskVoid(reason="重复", reason_code="other"), DISPATCHER)
    walk.do(commands.Recall(reason="派错"), DISPATCHER)
    assert walk.now.pending is not None
    assert clock(walk, ClockKind.APPROVAL).since is not None


def test_what_is_asked_for_stands_in_the_application_and_in_the_step() -> None:
    walk = Walk.to(Status.HANDLING)
    proof, before = walk.picture(), clock(walk)
    walk.do(
        AskExtension(reason="料未到", reason_code="other", value=2, pictures=(proof,)),
        ROADS_MAN,
        share=UnitShare(9, 100),
    )
    assert whole(walk.last) == {
        "kind": "extension_asked",
        "status": Status.HANDLING,
        "application": Application(
            no=1,
            kind=ApplicationKind.EXTENSION,
            unit=ROADS,
            asked=walk.moment,
            asked_by=ROADS_MAN.user_id,
            role=Role.HANDLER,
            organisation=ROADS,
            reason="料未到",
            reason_code="other",
            steps=("dispatcher", "duty-officer", "supervisor", "leader"),
            value=2,
            minutes=120,
            old_due=before.due,
            share=100,
            ceiling=50,
            above=True,
            pictures=(proof,),
        ),
        "clocks": (clock(walk, ClockKind.APPROVAL),),
        "reason": "料未到",
        "reason_code": "other",
        "proof": (proof,),
        "marks": ("extension_asked",),
    }
