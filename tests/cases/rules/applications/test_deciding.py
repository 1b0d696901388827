"""Deciding: step by step, with a reason each; what a grant does; what waiting costs; how a suspended case wakes."""

from __future__ import annotations

from typing import Any

import msgspec
import pytest
from msgspec.structs import replace

from gezhi.calendars.rules.limits import Limit, Unit
from gezhi.cases.rules import commands
from gezhi.cases.rules.allowed import NotYourOrder
from gezhi.cases.rules.applications import ApplicationKind, ApplicationOutcome, Opinion
from gezhi.cases.rules.applications.appeal import Appeal
from gezhi.cases.rules.applications.asking import ApplicationPending
from gezhi.cases.rules.applications.deciding import (
    DecideApplication,
    NothingToDecide,
    NotYourApplication,
    NotYourDecision,
    OwnAct,
    OwnApplication,
    OwnUnit,
    WithdrawApplication,
)
from gezhi.cases.rules.applications.extension import AskExtension
from gezhi.cases.rules.applications.matrix import MATRIX
from gezhi.cases.rules.applications.send_back import AskSendBack
from gezhi.cases.rules.applications.suspension import AskSuspension, NoEnd, Resume
from gezhi.cases.rules.applications.void import AskVoid
from gezhi.cases.rules.clocks.clock import Clock, ClockKind
from gezhi.cases.rules.clocks.deadline import next_due
from gezhi.cases.rules.columns import columns_of
from gezhi.cases.rules.facts import UnitFact, UnitShare
from gezhi.cases.rules.stages import Status
from gezhi.cases.rules.steps.major_cases import NotStruckOff
from gezhi.kernel.permissions import Scope
from gezhi.kernel.words import WordsMissing
from tests.calendars.invented import at
from tests.cases.approvals import OTHER_MATRIX
from tests.cases.whole_step import whole
from tests.cases.world import (
    ACCEPTOR,
    CALENDARS,
    CREW,
    CREW_MAN,
    DAY,
    DISPATCHER,
    DUTY_OFFICER,
    HOUR,
    LEADER,
    MINUTE,
    OTHER_SUBJECT,
    PARKS,
    PARKS_MAN,
    POWER,
    POWER_MAN,
    ROADS,
    ROADS_MAN,
    SUPERVISOR,
    SYSTEM,
    UNITS,
    Walk,
)

EXTEND = AskExtension(reason="地下管线未交底", reason_code="other", value=2)
YES = DecideApplication(granted=True, reason="属实")
NO = DecideApplication(granted=False, reason="理由不足")


def clock(walk: Walk, kind: ClockKind = ClockKind.HANDLING) -> Clock:
    found = walk.now.clock(kind)
    assert found is not None
    return found


def suspended(days: int = 5, **changes: Any) -> Walk:
    return Walk.to(Status.HANDLING, **changes).suspend(days=days)


def test_every_step_decides_with_a_reason_and_the_last_one_makes_it_happen() -> None:
    walk = Walk.to(Status.HANDLING).do(EXTEND, ROADS_MAN)
    whole = clock(walk, ClockKind.WHOLE)
    with pytest.raises(WordsMissing):
        walk.do(DecideApplication(granted=True, reason=" "), DISPATCHER)
    walk.do(YES, DISPATCHER)
    assert (walk.last.kind, clock(walk).due) == ("application_passed_on", at("2026-03-02 15:03"))
    assert walk.now.pending is not None
    assert walk.now.pending.deciding == "duty-officer"
    assert clock(walk, ClockKind.APPROVAL).since == walk.moment
    walk.do(YES, DUTY_OFFICER)
    (done,) = walk.now.applications
    assert (walk.last.kind, done.outcome, done.ended) == ("extension_granted", ApplicationOutcome.GRANTED, walk.moment)
    assert (done.old_due, done.new_due) == (at("2026-03-02 15:03"), at("2026-03-02 17:03"))
    assert (clock(walk).due, clock(walk).limit) == (at("2026-03-02 17:03"), 6 * HOUR)
    assert clock(walk, ClockKind.WHOLE).due == clock(walk).due + 75 * MINUTE > whole.due
    assert clock(walk, ClockKind.APPROVAL).ended == walk.moment
    assert [(one.step, one.user, one.granted, one.text) for one in done.opinions] == [
        ("dispatcher", DISPATCHER.user_id, True, "属实"),
        ("duty-officer", DUTY_OFFICER.user_id, True, "属实"),
    ]


def test_passed_on_it_waits_for_the_next_step_from_now_on() -> None:
    walk = Walk.to(Status.HANDLING).do(EXTEND, ROADS_MAN)
    before, approval = walk.now.applications[0], clock(walk, ClockKind.APPROVAL)
    walk.do(YES, DISPATCHER)
    said = Opinion("dispatcher", DISPATCHER.user_id, DISPATCHER.post_id, 200, walk.moment, True, "属实")
    later = {"due": approval.due + MINUTE, "warn": approval.warn + MINUTE, "since": walk.moment}
    assert whole(walk.last) == {
        "kind": "application_passed_on",
        "status": Status.HANDLING,
        "application": replace(before, opinions=(said,)),
        "clocks": (replace(approval, **later),),
        "reason": "属实",
    }


def test_withdrawn_it_ends_without_effect_and_says_why() -> None:
    walk = Walk.to(Status.HANDLING).do(EXTEND, ROADS_MAN)
    before, approval = walk.now.applications[0], clock(walk, ClockKind.APPROVAL)
    walk.do(WithdrawApplication(reason="材料已到"), ROADS_MAN)
    assert whole(walk.last) == {
        "kind": "application_withdrawn",
        "status": Status.HANDLING,
        "application": replace(before, outcome=ApplicationOutcome.WITHDRAWN, ended=walk.moment),
        "clocks": (replace(approval, used=MINUTE, since=None, ended=walk.moment),),
        "reason": "材料已到",
        "marks": ("application_withdrawn",),
    }


def test_undecided_where_it_expires_it_ends_and_the_clock_runs_on() -> None:
    walk = Walk.to(Status.HANDLING, matrix=OTHER_MATRIX)
    walk.do(AskExtension(reason="料未到", reason_code="other", value=1, pictures=(walk.picture(),)), ROADS_MAN)
    before, approval = walk.now.applications[0], clock(walk, ClockKind.APPROVAL)
    walk.do(commands.RunOut(), SYSTEM, after=DAY)
    assert whole(walk.last) == {
        "kind": "application_expired",
        "status": Status.HANDLING,
        "application": replace(before, outcome=ApplicationOutcome.EXPIRED, ended=walk.moment),
        "clocks": (
            replace(approval, used=8 * HOUR, since=None, ended=walk.moment, late=True),
            clock(walk),
            clock(walk, ClockKind.WHOLE),
        ),
        "marks": ("application_expired",),
    }


def test_only_a_send_back_can_be_refused_as_shirking() -> None:
    walk = Walk.to(Status.HANDLING).do(EXTEND, ROADS_MAN).decide(granted=False, shirking=True)
    assert (walk.now.applications[0].shirking, walk.last.marks) == (False, ("extension_refused",))


def test_a_refusal_at_any_step_ends_it_and_the_deadline_stays() -> None:
    walk = Walk.to(Status.HANDLING).do(EXTEND, ROADS_MAN).decide().decide(granted=False)
    assert (walk.last.kind, walk.now.applications[0].outcome) == ("extension_refused", ApplicationOutcome.REFUSED)
    assert clock(walk).due == at("2026-03-02 15:03")
    assert walk.now.marks["extension_refused"] == 1


def test_a_case_in_time_by_its_extension_is_in_time() -> None:
    walk = Walk.to(Status.HANDLING).do(EXTEND, ROADS_MAN).granted()
    walk.hand_over(after=6 * HOUR)
    assert (clock(walk).late, walk.moment > at("2026-03-02 15:03")) == (False, True)


@pytest.mark.parametrize("actor", [DUTY_OFFICER, LEADER, ACCEPTOR, SUPERVISOR], ids=lambda actor: str(actor.role))
def test_only_the_role_whose_turn_it_is_decides(actor: Any) -> None:
    walk = Walk.to(Status.HANDLING).do(EXTEND, ROADS_MAN)
    with pytest.raises(NotYourDecision) as found:
        walk.do(YES, actor)
    assert "派遣员" in found.value.text("zh")


def test_nobody_decides_on_their_own_application() -> None:
    walk = Walk.to(Status.REGISTERED).do(AskVoid(reason="重复立案", reason_code="other"), DUTY_OFFICER)
    with pytest.raises(OwnApplication):
        walk.do(YES, DUTY_OFFICER)
    colleague = msgspec.structs.replace(DUTY_OFFICER, user_id=32)
    assert walk.do(YES, colleague).last.kind == "application_passed_on"


def test_nothing_is_decided_twice() -> None:
    walk = Walk.to(Status.HANDLING).do(EXTEND, ROADS_MAN).decide(granted=False)
    for command, actor in ((YES, DISPATCHER), (WithdrawApplication(reason="算了"), ROADS_MAN)):
        with pytest.raises(NothingToDecide):
            walk.do(command, actor)


def test_those_who_asked_may_withdraw_and_nobody_else() -> None:
    walk = Walk.to(Status.HANDLING).do(AskSendBack(reason="非本单位", reason_code="other"), ROADS_MAN)
    withdraw = WithdrawApplication(reason="已核实，属本单位")
    with pytest.raises(NotYourApplication):
        walk.do(withdraw, DISPATCHER)
    walk.do(withdraw, ROADS_MAN, after=HOUR)
    assert (walk.now.applications[0].outcome, walk.now.pending) == (ApplicationOutcome.WITHDRAWN, None)
    assert clock(walk).due == at("2026-03-02 15:03"), "the waiting was the unit's own time"


def test_a_suspended_case_stands_still_and_wakes_by_itself() -> None:
    walk = suspended(days=5)
    until = walk.now.applications[0].until
    columns = columns_of(walk.now)
    assert (walk.now.status, columns["suspended_until"], columns["due_at"]) == (Status.SUSPENDED, until, until)
    assert next_due(walk.now.clocks) == until
    used = clock(walk).used
    whole = clock(walk, ClockKind.WHOLE)
    walk.do(commands.RunOut(), SYSTEM, after=6 * DAY)
    assert (walk.last.kind, walk.now.status) == ("woken", Status.HANDLING)
    assert (clock(walk).used, clock(walk).since, clock(walk).late) == (used, walk.moment, False)
    assert clock(walk, ClockKind.WHOLE).due >= whole.due + walk.moment - (whole.paused or 0)
    assert columns_of(walk.now)["suspended_until"] is None


def test_a_case_suspended_before_its_receipt_wakes_before_its_receipt() -> None:
    walk = Walk.to(Status.REGISTERED).dispatch().suspend(days=2)
    assert clock(walk, ClockKind.RECEIPT).since is None
    walk.do(commands.RunOut(), SYSTEM, after=3 * DAY)
    assert (walk.now.status, clock(walk, ClockKind.RECEIPT).since) == (Status.DISPATCHED, walk.moment)


def test_the_unit_may_go_on_earlier_and_has_what_was_left() -> None:
    walk = suspended(days=30)
    used = clock(walk).used
    walk.do(Resume(reason="材料已到"), ROADS_MAN, after=DAY)
    assert (walk.now.status, walk.last.kind, clock(walk).used) == (Status.HANDLING, "resumed", used)
    assert clock(walk, ClockKind.SUSPENSION).ended == walk.moment


def test_a_suspension_whose_end_has_passed_meanwhile_can_only_be_refused() -> None:
    walk = Walk.to(Status.HANDLING)
    ask = AskSuspension(reason="待料", reason_code="other", until=walk.moment + DAY, pictures=(walk.picture(),))
    walk.do(ask, ROADS_MAN).decide(after=2 * DAY)
    with pytest.raises(NoEnd):
        walk.decide()
    assert walk.decide(granted=False).now.status is Status.HANDLING


def test_a_voided_case_is_final_and_every_clock_has_ended() -> None:
    walk = Walk.to(Status.INSPECTING).do(AskVoid(reason="重复立案", reason_code="other"), DISPATCHER).granted()
    assert (walk.now.status, walk.now.open_assignments, walk.now.open_task) == (Status.VOIDED, (), None)
    assert all(one.ended is not None for one in walk.now.clocks)
    assert not walk.now.applications[0].exempt, "that it is void says itself that it is no valid case"


def test_a_public_case_is_not_voided_without_an_answer() -> None:
    walk = (
        Walk()
        .call_in()
        .verifying()
        .verified()
        .accept()
        .register()
        .do(AskVoid(reason="重复", reason_code="other"), DISPATCHER)
    )
    walk.decide()
    with pytest.raises(WordsMissing) as found:
        walk.decide()
    assert found.value.field == "answer"
    walk.decide(answer="该问题已在另一案件办理")
    assert walk.last.answers[0].text == "该问题已在另一案件办理"


def test_a_granted_appeal_exempts_and_the_lateness_stays_visible() -> None:
    walk = Walk.to(Status.HANDLING).hand_over(after=2 * DAY).confirm().send_inspection().inspect().close("late")
    walk.do(Appeal(reason="停电所致", reason_code="other", pictures=(walk.picture(),)), ROADS_MAN).granted()
    assert (walk.now.status, walk.now.exempt, clock(walk).late) == (Status.CLOSED, True, True)
    other = (
        Walk.to(Status.CLOSED, matrix=OTHER_MATRIX).do(Appeal(reason="停电", reason_code="other"), ROADS_MAN).granted()
    )
    assert (other.now.exempt, other.now.applications[0].outcome) == (False, ApplicationOutcome.GRANTED)


def test_who_dispatched_the_case_does_not_decide_on_the_appeal_against_what_came_of_it() -> None:
    kind = ApplicationKind.APPEAL
    matrix = {**MATRIX, kind: replace(MATRIX[kind], steps=("dispatcher",))}
    walk = Walk.to(Status.CLOSED, matrix=matrix)
    walk.do(Appeal(reason="派遣时已近截止", reason_code="other", pictures=(walk.picture(),)), ROADS_MAN)
    with pytest.raises(OwnAct):
        walk.do(YES, DISPATCHER)
    colleague = replace(DISPATCHER, user_id=49)
    assert walk.do(YES, colleague).now.applications[0].outcome is ApplicationOutcome.GRANTED


def test_by_the_presets_an_appeal_goes_first_to_somebody_who_did_not_dispatch() -> None:
    assert "dispatcher" not in MATRIX[ApplicationKind.APPEAL].steps


def test_what_has_grown_above_the_ceiling_until_it_is_decided_takes_more_to_decide() -> None:
    walk = Walk.to(Status.HANDLING).do(EXTEND, ROADS_MAN, share=UnitShare(0, 100)).decide()
    walk.do(YES, DUTY_OFFICER, share=UnitShare(5, 100))
    (asked,) = walk.now.applications
    assert (walk.last.kind, asked.outcome, asked.above, asked.share) == ("application_passed_on", None, True, 60)
    assert asked.steps == ("dispatcher", "duty-officer", "supervisor", "leader")
    walk.decide().decide()
    assert walk.now.applications[0].outcome is ApplicationOutcome.GRANTED


def test_what_a_crew_asks_of_its_unit_alone_stays_with_it_above_the_ceiling_too() -> None:
    walk = Walk.to(Status.HANDLING).do(commands.Assign(unit_id=CREW), ROADS_MAN, units={CREW: UnitFact(CREW, "班组")})
    walk.do(AskSendBack(reason="非本班组", reason_code="other"), CREW_MAN)
    walk.do(YES, ROADS_MAN, share=UnitShare(9, 10))
    assert walk.now.applications[0].outcome is ApplicationOutcome.GRANTED


def test_a_case_is_not_closed_while_something_waits_for_a_decision() -> None:
    walk = Walk.to(Status.TO_CLOSE).do(AskVoid(reason="重复", reason_code="other"), DISPATCHER)
    with pytest.raises(ApplicationPending):
        walk.close()


def test_reopening_lets_an_appeal_lapse() -> None:
    walk = Walk.to(Status.CLOSED)
    walk.do(Appeal(reason="停电", reason_code="other", pictures=(walk.picture(),)), ROADS_MAN)
    walk.do(commands.Reopen(reason="回访未解决", reason_code="other"), DUTY_OFFICER)
    assert (walk.now.status, walk.now.applications[0].outcome) == (Status.REGISTERED, ApplicationOutcome.LAPSED)


def test_undecided_in_time_it_is_raised_or_expires_as_the_city_has_it() -> None:
    walk = Walk.to(Status.HANDLING).do(EXTEND, ROADS_MAN).do(commands.RunOut(), SYSTEM, after=2 * DAY)
    assert (walk.last.kind, walk.now.pending is not None) == ("clock_ran_out", True)
    other = Walk.to(Status.HANDLING, matrix=OTHER_MATRIX)
    other.do(AskExtension(reason="料未到", reason_code="other", value=1, pictures=(other.picture(),)), ROADS_MAN)
    other.do(commands.RunOut(), SYSTEM, after=DAY)
    assert (other.last.kind, other.now.applications[0].outcome) == ("application_expired", ApplicationOutcome.EXPIRED)
    assert clock(other).since == other.moment


def test_a_major_case_is_not_voided_before_it_is_struck_off() -> None:
    walk = Walk.to(Status.HANDLING).do(
        commands.ListMajor(level=2, text="三步", due=Walk().moment + 9 * DAY, unit_id=ROADS), SUPERVISOR, units=UNITS
    )
    walk.do(AskVoid(reason="重复", reason_code="other"), DISPATCHER).decide()
    with pytest.raises(NotStruckOff):
        walk.decide()


def test_what_a_crew_sends_back_goes_to_its_unit_and_no_further() -> None:
    walk = Walk.to(Status.HANDLING).do(commands.Assign(unit_id=CREW), ROADS_MAN, units=UNITS | {CREW: UNITS[ROADS]})
    walk.do(AskSendBack(reason="不在本班组片区", reason_code="other"), CREW_MAN)
    assert clock(walk).since is not None
    with pytest.raises(NotYourDecision):
        walk.do(YES, DISPATCHER)
    walk.do(YES, ROADS_MAN)
    assert (walk.now.status, walk.now.assignments[-1].end) == (Status.HANDLING, "sent_back")
    assert walk.now.marks.get("send_back_granted") is None
    assert walk.now.leading is not None


def test_an_appeal_is_asked_by_no_other_unit() -> None:
    walk = Walk.to(Status.REGISTERED).dispatch(PARKS).receive(PARKS_MAN).hand_over(PARKS_MAN).confirm()
    walk.send_inspection().inspect().close()
    with pytest.raises(Exception, match=r"cases\.scope\.not-your-order"):
        walk.do(Appeal(reason="停电", reason_code="other", pictures=(walk.picture(),)), ROADS_MAN)
    assert POWER not in {part.unit for part in walk.now.assignments}


def test_a_refused_send_back_in_another_city_gives_the_time_back() -> None:
    walk = Walk.to(Status.HANDLING, matrix=OTHER_MATRIX).do(
        AskSendBack(reason="非本单位", reason_code="other"), ROADS_MAN
    )
    walk.do(YES, DISPATCHER, after=HOUR).do(NO, DUTY_OFFICER, after=MINUTE)
    assert clock(walk).due == at("2026-03-02 16:04")


def test_a_head_of_the_unit_itself_does_not_decide_what_the_unit_asks_for() -> None:
    walk = Walk.to(Status.HANDLING, matrix=OTHER_MATRIX)
    walk.do(AskSuspension(reason="待料", reason_code="other", until=walk.moment + 9 * DAY), ROADS_MAN)
    head = msgspec.structs.replace(LEADER, scope=Scope(organisations=(ROADS, CREW)))
    with pytest.raises(OwnUnit):
        walk.do(YES, head)
    assert walk.do(YES, LEADER).now.status is Status.SUSPENDED


def test_a_case_with_something_to_decide_is_not_given_back_to_registration() -> None:
    walk = Walk.to(Status.REGISTERED).do(AskVoid(reason="重复", reason_code="other"), DISPATCHER)
    with pytest.raises(ApplicationPending):
        walk.do(commands.GiveBack(reason="类别有误", reason_code="other"), DISPATCHER)


@pytest.mark.parametrize("word", ["revoke", "hand_over"])
def test_what_a_crew_has_asked_for_lapses_with_its_part(word: str) -> None:
    walk = Walk.to(Status.HANDLING).do(commands.Assign(unit_id=CREW), ROADS_MAN, units=UNITS | {CREW: UNITS[ROADS]})
    walk.do(AskVoid(reason="已不存在", reason_code="other"), CREW_MAN)
    if word == "revoke":
        walk.do(commands.Revoke(reason="改由本单位办"), ROADS_MAN)
    else:
        walk.hand_over(CREW_MAN).hand_over(ROADS_MAN)
    assert (walk.now.pending, walk.now.applications[0].outcome) == (None, ApplicationOutcome.LAPSED)
    assert clock(walk, ClockKind.APPROVAL).ended == walk.moment


def test_a_helpers_hand_over_leaves_what_the_leading_unit_has_asked_for() -> None:
    walk = Walk.to(Status.REGISTERED).dispatch(ROADS, POWER).receive().do(EXTEND, ROADS_MAN).hand_over(POWER_MAN)
    assert walk.now.pending is not None
    walk.hand_over(ROADS_MAN, after=MINUTE)
    assert walk.now.applications[0].outcome == ApplicationOutcome.LAPSED


def test_asking_shortly_before_the_deadline_buys_no_time_where_waiting_is_the_units_own() -> None:
    walk = Walk.to(Status.HANDLING, matrix=OTHER_MATRIX)
    ask = AskExtension(reason="料未到", reason_code="other", value=1, pictures=(walk.picture(),))
    walk.do(ask, ROADS_MAN).hand_over(after=2 * DAY)
    assert (walk.now.applications[0].outcome, clock(walk).late) == (ApplicationOutcome.LAPSED, True)


def test_a_unit_that_has_the_case_no_more_neither_resumes_nor_voids_it() -> None:
    walk = Walk.to(Status.HANDLING).do(AskSendBack(reason="非本单位", reason_code="other"), ROADS_MAN).granted()
    walk.dispatch(PARKS).receive(PARKS_MAN)
    until = walk.moment + 9 * DAY
    walk.do(
        AskSuspension(reason="待料", reason_code="other", until=until, pictures=(walk.picture(),)), PARKS_MAN
    ).granted()
    for command in (Resume(reason="继续"), AskVoid(reason="重复", reason_code="other")):
        with pytest.raises(NotYourOrder):
            walk.do(command, ROADS_MAN)
    assert walk.do(Resume(reason="材料已到"), PARKS_MAN).now.status is Status.HANDLING


def test_another_closing_may_be_appealed_against_and_is_not_exempt_by_the_first() -> None:
    walk = Walk.to(Status.CLOSED)
    walk.do(Appeal(reason="停电", reason_code="other", pictures=(walk.picture(),)), ROADS_MAN).granted()
    exempt = [
        walk.now.exempt,
        walk.do(commands.Reopen(reason="回访未解决", reason_code="other"), DUTY_OFFICER).now.exempt,
    ]
    assert exempt == [True, False]
    walk.handled().confirm().send_inspection().inspect().close()
    walk.do(Appeal(reason="停电", reason_code="other", pictures=(walk.picture(),)), ROADS_MAN)
    assert walk.now.pending is not None


def test_an_amended_class_keeps_the_extension_and_the_pause_of_the_whole_case() -> None:
    walk = Walk.to(Status.HANDLING).do(EXTEND, ROADS_MAN).granted()
    amend = commands.Amend(class_key=OTHER_SUBJECT.class_key, reason="类别更正")
    known: dict[str, Any] = {"subject": OTHER_SUBJECT, "place": walk.now.place}
    walk.do(amend, DUTY_OFFICER, **known)
    ticks = CALENDARS["office"].ticks(Limit(3, Unit.WORK_DAY, "office"))
    assert clock(walk).limit == ticks + 2 * HOUR
    asleep = suspended(days=5).do(amend, DUTY_OFFICER, **known)
    assert clock(asleep, ClockKind.WHOLE).since is None
    asleep.do(commands.RunOut(), SYSTEM, after=6 * DAY)
    assert clock(asleep, ClockKind.WHOLE).since == asleep.moment
