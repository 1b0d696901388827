"""Stage 1, acceptance: verification first where the rule wants it, class and row, refusal with an answer, merging."""

from __future__ import annotations

from typing import Any

import pytest
from msgspec.structs import replace

from gezhi.cases.rules import commands
from gezhi.cases.rules.allowed import NotYourTask
from gezhi.cases.rules.clocks.clock import ClockKind
from gezhi.cases.rules.decide import StaleSeq
from gezhi.cases.rules.stages import Status
from gezhi.cases.rules.state import Subject
from gezhi.cases.rules.steps.acceptance import (
    ClassUnknown,
    FoundUntrue,
    RowMissing,
    VerificationNeeded,
)
from gezhi.cases.rules.steps.evidence import PictureMissing, PictureUsed, PositionMissing, TooFar
from gezhi.cases.rules.steps.field_tasks import CollectorUnfit, NoCollector
from gezhi.kernel.problems import Problem
from gezhi.kernel.words import WordsMissing, WordsTooLong
from tests.cases.world import (
    ACCEPTOR,
    CLASS,
    COLLECTORS,
    GAP,
    MINUTE,
    MONDAY_MORNING,
    PLACE,
    ROADS_MAN,
    SUBJECT,
    Walk,
    collector,
    place_at,
    spot,
)

ACCEPT = commands.Accept(class_key=CLASS, row_key=SUBJECT.row_key)


def seen(walk: Walk, who: int = 12, *, real: bool = True, **changes: Any) -> Walk:
    given = {"pictures": (walk.picture(),), **spot(), **changes}
    return walk.do(commands.CompleteVerification(real=real, **given), collector(who))


def test_a_call_without_picture_is_verified_before_it_is_accepted() -> None:
    walk = Walk().call_in()
    with pytest.raises(VerificationNeeded):
        walk.do(ACCEPT, ACCEPTOR, subject=SUBJECT)
    walk.verifying().verified().accept()
    assert walk.now.status is Status.ACCEPTED
    assert walk.now.verified is True


def test_what_was_found_untrue_is_refused_or_verified_again_but_not_accepted() -> None:
    walk = Walk().call_in().verifying().verified(real=False)
    assert walk.now.marks["found_untrue"] == 1
    with pytest.raises(FoundUntrue):
        walk.accept()
    again = walk.verifying(13).verified(real=True).accept()
    assert again.now.status is Status.ACCEPTED


def test_the_entry_says_whether_a_rule_or_a_person_wanted_the_verification() -> None:
    assert Walk().call_in().verifying().last.source == "rule"
    assert Walk().report().verifying().last.source == "person"


def test_the_acceptance_clock_stands_still_while_the_collector_looks() -> None:
    walk = Walk().call_in().verifying()
    paused, task = walk.now.clock(ClockKind.ACCEPTANCE), walk.now.clock(ClockKind.VERIFICATION)
    assert paused is not None
    assert task is not None
    assert (paused.used, paused.since, paused.paused) == (MINUTE, None, MONDAY_MORNING + MINUTE)
    assert task.due == MONDAY_MORNING + 31 * MINUTE
    walk.moment += 20 * MINUTE
    walk.verified()
    runs = walk.now.clock(ClockKind.ACCEPTANCE)
    assert runs is not None
    assert runs.due == walk.moment + 14 * MINUTE
    sending = walk.now.clock(ClockKind.SEND_VERIFICATION)
    assert sending is not None
    assert sending.ended == MONDAY_MORNING + MINUTE


def test_a_named_collector_is_one_of_the_area() -> None:
    with pytest.raises(CollectorUnfit) as refused:
        Walk().report().verifying(99)
    assert refused.value.field == "collector_id"


def test_the_rule_sends_somebody_else_than_the_one_who_reported() -> None:
    for number in range(30):
        walk = Walk()
        walk.report(number=f"TW-20260302-{number:06d}").verifying(None)
        assert walk.now.tasks[0].collector in {12, 13}


def test_the_draw_of_a_collector_can_be_repeated_and_spreads_the_work() -> None:
    drawn = [Walk().report(number=f"TW-{number}").verifying(None).now.tasks[0].collector for number in range(60)]
    again = [Walk().report(number=f"TW-{number}").verifying(None).now.tasks[0].collector for number in range(60)]
    assert drawn == again
    assert set(drawn) == {12, 13}


def test_the_one_who_reported_is_sent_only_where_there_is_nobody_else() -> None:
    walk = Walk().report()
    walk.do(commands.RequireVerification(), ACCEPTOR, collectors=(11,))
    assert walk.now.tasks[0].collector == 11


def test_a_place_without_collectors_is_said_to_have_none() -> None:
    with pytest.raises(NoCollector) as refused:
        Walk().report().do(commands.RequireVerification(), ACCEPTOR, collectors=())
    assert refused.value.field == "collector_id"


@pytest.mark.parametrize(
    ("changes", "problem"),
    [
        ({"pictures": ()}, PictureMissing),
        ({"lon": None}, PositionMissing),
        ({"lat": None}, PositionMissing),
        (spot(101), TooFar),
    ],
)
def test_a_verification_needs_a_new_picture_and_the_position(changes: dict[str, Any], problem: type[Exception]) -> None:
    walk = Walk().report().verifying(12)
    with pytest.raises(problem):
        seen(walk, **changes)


def test_a_picture_of_the_report_does_not_prove_the_verification() -> None:
    walk = Walk().report().verifying(12)
    with pytest.raises(PictureUsed):
        seen(walk, pictures=walk.now.before)


def test_the_edge_of_the_allowed_distance_is_near_enough_and_a_reason_excuses_more() -> None:
    assert seen(Walk().report().verifying(12), **spot(99)).now.verified is True
    walk = seen(Walk().report().verifying(12), **spot(300), text="桥下没有信号，到桥头定位")
    assert walk.last.seen_at == (spot(300)["lon"], spot(300)["lat"])
    assert walk.last.text == "桥下没有信号，到桥头定位"


def test_only_the_collector_of_the_task_answers_it() -> None:
    walk = Walk().report().verifying(12)
    with pytest.raises(NotYourTask):
        seen(walk, 13)


def test_a_task_given_to_another_is_a_new_one_and_the_first_keeps_its_history() -> None:
    walk = Walk().report().verifying(12)
    first_due = walk.moment + 30 * MINUTE
    walk.do(commands.RerouteTask(collector_id=13, reason="12 号请假"), ACCEPTOR)
    first, second = walk.now.tasks
    assert (first.rerouted, first.answered) == (walk.moment, None)
    assert (second.no, second.kind, second.collector) == (2, "verify", 13)
    assert (first.due, second.due) == (first_due, walk.moment + 30 * MINUTE)
    clock = walk.now.clock(ClockKind.VERIFICATION)
    assert clock is not None
    assert (clock.since, clock.due) == (walk.moment, second.due)
    with pytest.raises(NotYourTask):
        seen(walk, 12)
    assert seen(walk, 13).now.verified is True


def test_acceptance_settles_class_row_and_place_and_starts_the_registration_clock() -> None:
    walk = Walk().call_in().verifying().verified().accept(place=PLACE)
    state = walk.now
    assert (state.subject, state.place, state.accepted, state.claimed_by) == (SUBJECT, PLACE, walk.moment, 21)
    ended, begun = state.clock(ClockKind.ACCEPTANCE), state.clock(ClockKind.REGISTRATION)
    assert ended is not None
    assert begun is not None
    assert (ended.ended, begun.since) == (walk.moment, walk.moment)


@pytest.mark.parametrize(
    ("subject", "problem", "field"),
    [(None, ClassUnknown, "class_key"), (Subject(class_key=CLASS), RowMissing, "row_key")],
    ids=["class", "row"],
)
def test_no_acceptance_without_a_standard_row(subject: Subject | None, problem: type[Problem], field: str) -> None:
    with pytest.raises(problem) as refused:
        Walk().report().do(ACCEPT, ACCEPTOR, subject=subject)
    assert refused.value.field == field


def test_the_acceptor_settles_where_the_case_lies() -> None:
    there = place_at("370902003001008")
    assert Walk().report().accept(place=there).now.place == there
    assert Walk().report().accept().now.place == PLACE


def test_a_class_without_rows_is_accepted_as_a_gap_and_its_case_has_no_whole_clock_yet() -> None:
    state = Walk().report().accept(GAP).now
    assert state.marks["gap"] == 1
    assert state.clock(ClockKind.WHOLE) is None


def test_an_address_has_its_limit_of_words() -> None:
    with pytest.raises(WordsTooLong):
        Walk().report().do(ACCEPT, ACCEPTOR, subject=SUBJECT, place=replace(PLACE, address="路" * 2001))


def test_who_looked_before_somebody_acted_is_told_so() -> None:
    walk = Walk().report().verifying(12).verified()
    with pytest.raises(StaleSeq) as found:
        walk.do(ACCEPT, ACCEPTOR, seen=1, subject=SUBJECT)
    assert found.value.details == {"seen": 1, "now": 3}
    walk.do(ACCEPT, ACCEPTOR, seen=3, subject=SUBJECT)


@pytest.mark.parametrize("reachable", [True, False])
def test_a_refusal_needs_a_reason_and_only_who_can_be_told_is_answered(reachable: bool) -> None:
    walk = Walk().call_in(reachable=reachable)
    with pytest.raises(WordsMissing, match=r"kernel\.words\.missing"):
        walk.do(commands.Refuse(reason="  ", reason_code="other", answer="谢谢"), ACCEPTOR)
    with pytest.raises(WordsMissing) as found:
        walk.do(commands.Refuse(reason="不属于城市管理", reason_code="other"), ACCEPTOR)
    assert found.value.field == "answer"
    walk.do(commands.Refuse(reason="不属于城市管理", reason_code="other", answer="请向物业反映"), ACCEPTOR)
    assert walk.last.answers[0].text == "请向物业反映"
    assert walk.now.reports[0].answered == (walk.moment if reachable else None)


def test_what_a_collector_reported_may_be_refused_without_an_answer() -> None:
    walk = Walk.to(Status.REPORTED).do(commands.Refuse(reason="不属于城市管理", reason_code="other"), ACCEPTOR)
    assert walk.last.answers == ()
    assert walk.now.status is Status.REFUSED


def test_who_took_part_in_the_handling_is_not_sent() -> None:
    walk = Walk.to(Status.HANDLED).confirm()
    helping = (*COLLECTORS, ROADS_MAN.user_id)
    with pytest.raises(CollectorUnfit):
        walk.do(commands.SendInspection(collector_id=ROADS_MAN.user_id), ACCEPTOR, collectors=helping)
    with pytest.raises(NoCollector):
        walk.do(commands.SendInspection(), ACCEPTOR, collectors=(ROADS_MAN.user_id,))
