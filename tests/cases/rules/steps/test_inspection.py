"""Stage 6: inspection by a third party, rework, closing with the right kind, reopening."""

from __future__ import annotations

from typing import Any

import pytest

from gezhi.cases.rules import commands
from gezhi.cases.rules.applications.asking import ApplicationPending
from gezhi.cases.rules.applications.void import AskVoid
from gezhi.cases.rules.clocks.clock import Clock, ClockKind
from gezhi.cases.rules.clocks.lateness import is_handled_late
from gezhi.cases.rules.entries import Result
from gezhi.cases.rules.stages import Status
from gezhi.cases.rules.state import ClosingKind
from gezhi.cases.rules.steps.evidence import PictureMissing, PictureUsed, PositionMissing, TooFar
from gezhi.cases.rules.steps.inspection import (
    CLOSING_KINDS,
    ClosingKindContradicts,
    ClosingKindUnknown,
    ResultsMissing,
    SelfInspection,
)
from gezhi.kernel.problems import Problem
from gezhi.kernel.words import WordsMissing
from gezhi.policy.rules.local_policy import LocalPolicy
from tests.calendars.invented import at
from tests.cases.world import (
    ACCEPTOR,
    CHANNEL,
    DISPATCHER,
    DUTY_OFFICER,
    HOUR,
    MINUTE,
    PARKS,
    ROADS,
    SUPERVISOR,
    Walk,
    collector,
    spot,
)

GOOD = (Result("REPAIR", True), Result("CLEAN", True))
BAD = (Result("REPAIR", True), Result("CLEAN", False))


def clock(walk: Walk, kind: ClockKind = ClockKind.HANDLING) -> Clock:
    found = walk.now.clock(kind)
    assert found is not None
    return found


def inspected(walk: Walk, results: tuple[Result, ...] = GOOD, **changes: Any) -> Walk:
    given = {"pictures": (walk.picture(),), **spot(), **changes}
    return walk.do(commands.CompleteInspection(results=results, **given), collector(13))


def to_inspect() -> Walk:
    return Walk.to(Status.TO_INSPECT).send_inspection(13)


@pytest.mark.parametrize(
    ("changes", "problem"),
    [
        ({"results": ()}, ResultsMissing),
        ({"results": GOOD[:1]}, ResultsMissing),
        ({"results": (Result("OTHER", True),)}, ResultsMissing),
        ({"pictures": ()}, PictureMissing),
        ({"lon": None}, PositionMissing),
        (spot(500), TooFar),
    ],
)
def test_passed_needs_a_result_for_every_closing_condition_a_new_picture_and_the_position(
    changes: dict[str, Any], problem: type[Exception]
) -> None:
    with pytest.raises(problem):
        inspected(to_inspect(), **changes)


def test_the_missing_conditions_are_named() -> None:
    with pytest.raises(ResultsMissing) as found:
        inspected(to_inspect(), GOOD[:1])
    assert (found.value.field, found.value.details["missing"]) == ("results", "CLEAN")


def test_the_units_own_picture_does_not_prove_the_inspection() -> None:
    walk = to_inspect()
    with pytest.raises(PictureUsed):
        inspected(walk, pictures=walk.now.after)


def test_who_handled_it_does_not_inspect_it() -> None:
    from msgspec.structs import replace

    walk = to_inspect()
    walk.state = replace(walk.now, handlers=(13,))
    with pytest.raises(SelfInspection):
        inspected(walk)


def test_a_condition_once_failed_is_not_passed_by_naming_it_twice() -> None:
    twice = inspected(to_inspect(), (*BAD, Result("CLEAN", True)))
    assert (twice.now.status, twice.now.marks["rework"]) == (Status.REGISTERED, 1)


def test_a_passed_inspection_waits_for_the_duty_officer() -> None:
    walk = inspected(to_inspect())
    assert (walk.now.status, walk.now.round) == (Status.TO_CLOSE, 1)
    assert walk.last.results == GOOD
    assert walk.now.tasks[-1].passed is True
    assert clock(walk, ClockKind.INSPECTION).ended == walk.moment
    assert clock(walk, ClockKind.CLOSING).since == walk.moment


def test_a_failed_inspection_means_rework_in_a_new_round_by_the_same_unit() -> None:
    walk = inspected(to_inspect(), BAD)
    state = walk.now
    assert (state.status, state.round, state.rework_unit) == (Status.REGISTERED, 2, ROADS)
    assert (state.marks["rework"], state.tasks[-1].passed) == (1, False)
    assert [part.end for part in state.assignments] == ["failed"]
    walk.do(commands.Dispatch(unit_id=ROADS), DISPATCHER, suggestion=None)
    assert (walk.last.basis, walk.now.rework_unit) == ("核查未通过，原单位返工", 0)
    assert walk.now.assignments[-1].round == 2


def test_rework_runs_on_with_the_rest_but_with_no_less_than_its_least_share() -> None:
    early = inspected(Walk.to(Status.REGISTERED).handled(after=HOUR).confirm().send_inspection(13), BAD)
    early.dispatch()
    assert clock(early).used == HOUR + MINUTE
    late = inspected(Walk.to(Status.REGISTERED).handled(after=7 * HOUR).confirm().send_inspection(13), BAD)
    assert clock(late).late
    late.dispatch()
    least = 4 * HOUR * 20 // 100
    assert (clock(late).limit - clock(late).used, clock(late).late) == (least, False)
    thirty = Walk.to(Status.REGISTERED, policy=LocalPolicy(rework_percent=30)).handled(after=7 * HOUR).confirm()
    inspected(thirty.send_inspection(13), BAD).dispatch()
    assert clock(thirty).limit - clock(thirty).used == 4 * HOUR * 30 // 100


def test_rework_given_to_another_unit_begins_anew() -> None:
    walk = inspected(to_inspect(), BAD)
    walk.do(commands.Dispatch(unit_id=PARKS, reason="原单位合同到期"), DISPATCHER)
    assert (clock(walk).used, clock(walk).since) == (0, walk.moment)


def test_evidence_of_earlier_rounds_stays() -> None:
    walk = inspected(to_inspect(), BAD)
    before, after = walk.now.before, walk.now.after
    walk.handled().confirm().send_inspection(13).inspect()
    assert walk.now.before[: len(before)] == before
    assert walk.now.after[: len(after)] == after
    assert len(walk.now.after) == len(after) + 2


def test_in_time_is_what_was_handed_over_in_time_however_slow_the_inspection() -> None:
    walk = to_inspect()
    walk.inspect(after=90 * HOUR)
    assert not is_handled_late(walk.now)
    assert walk.close("normal").now.closing_kind == "normal"


def test_the_hand_over_that_passed_decides_whether_it_was_in_time() -> None:
    """First in time, but failed; the rework comes after the deadline."""
    walk = inspected(to_inspect(), BAD).dispatch().receive().hand_over(after=30 * HOUR)
    walk.confirm().send_inspection(13).inspect()
    assert is_handled_late(walk.now)
    redeemed = Walk.to(Status.REGISTERED).handled(after=30 * HOUR).confirm().send_inspection(13)
    inspected(redeemed, BAD).dispatch().receive().hand_over(after=10 * MINUTE).confirm().send_inspection(13).inspect()
    assert not is_handled_late(redeemed.now)


def to_close(*, late: bool = False) -> Walk:
    return Walk.to(Status.REGISTERED).handled(after=(30 if late else 1) * HOUR).confirm().send_inspection().inspect()


@pytest.mark.parametrize(
    ("late", "kind", "problem"),
    [
        (False, "normal", None),
        (False, "late", ClosingKindContradicts),
        (True, "late", None),
        (True, "normal", ClosingKindContradicts),
        (True, "special", None),
        (False, "forced", None),
        (False, "error", None),
        (False, "notice", None),
        (False, "happy", ClosingKindUnknown),
    ],
)
def test_the_kind_of_closing_says_what_the_clock_says(late: bool, kind: str, problem: type[Problem] | None) -> None:
    walk = to_close(late=late)
    if problem is not None:
        with pytest.raises(problem) as refused:
            walk.close(kind)
        assert refused.value.field == "kind"
        return
    walk.close(kind)
    assert (walk.now.status, walk.now.closing_kind, walk.now.closed) == (Status.CLOSED, kind, walk.moment)
    assert walk.now.marks.get("late", 0) == int(late)
    assert [part.end for part in walk.now.assignments] == ["passed"]
    assert all(one.since is None for one in walk.now.clocks)


def test_every_kind_of_closing_has_a_name_in_both_languages() -> None:
    assert CLOSING_KINDS.keys() == set(ClosingKind)
    assert all(zh and en for zh, en in CLOSING_KINDS.values())


def test_the_contradiction_is_told_in_words() -> None:
    with pytest.raises(ClosingKindContradicts) as found:
        to_close(late=True).close("normal")
    assert found.value.text("zh") == "处置已超时，不能按“正常结案”结案，请改选。"
    assert found.value.text("en") == "The handling was late; it cannot be closed as “Normal”."


def test_every_sender_who_can_be_reached_is_answered_at_the_closing() -> None:
    walk = Walk().call_in().verifying().verified().accept().register().handled()
    walk.do(commands.AddReport(report_id="r2", channel="web", reachable=False), CHANNEL)
    walk.confirm().send_inspection().inspect()
    with pytest.raises(WordsMissing):
        walk.close(answer="")
    walk.close(answer="已修复")
    assert [(answer.report, answer.text) for answer in walk.last.answers] == [("r1", "已修复"), ("r2", "已修复")]


def test_no_answer_is_needed_where_nobody_can_be_reached() -> None:
    assert to_close().close(answer="").now.status is Status.CLOSED


def declined() -> Walk:
    return to_close().do(commands.DeclineClosing(reason="照片存疑", reason_code="other"), DUTY_OFFICER)


def test_a_declined_closing_is_inspected_again() -> None:
    walk = declined()
    assert (walk.now.status, walk.now.marks["closing_declined"]) == (Status.TO_INSPECT, 1)
    assert clock(walk, ClockKind.SEND_INSPECTION).since == walk.moment
    assert walk.send_inspection().inspect().close().now.status is Status.CLOSED


def test_rework_after_a_declined_closing_is_the_same_units_and_runs_on_with_the_rest() -> None:
    walk = inspected(declined().send_inspection(13), BAD)
    assert (walk.now.rework_unit, [part.end for part in walk.now.assignments]) == (ROADS, ["failed"])
    walk.dispatch()
    assert (clock(walk).used, clock(walk).ended) == (HOUR + MINUTE, None)


def test_a_reopened_case_begins_a_new_round_with_a_new_handling_clock() -> None:
    walk = Walk.to(Status.CLOSED)
    walk.do(commands.Reopen(reason="回访未解决", reason_code="other"), SUPERVISOR, after=48 * HOUR)
    state = walk.now
    assert (state.status, state.round, state.closed, state.closing_kind) == (Status.REGISTERED, 2, None, None)
    assert state.marks["reopened"] == 1
    walk.do(commands.Dispatch(unit_id=ROADS), DISPATCHER, suggestion=None)
    assert walk.last.basis == "重新处置，交原单位"
    assert (clock(walk).used, clock(walk).since, clock(walk).ended) == (0, walk.moment, None)
    assert clock(walk, ClockKind.WHOLE).due > at("2026-03-04 09:00")
    walk.receive().hand_over().confirm().send_inspection().inspect().close()
    assert walk.now.status is Status.CLOSED


def test_only_with_a_reason_is_closing_declined_or_a_case_reopened() -> None:
    with pytest.raises(WordsMissing):
        to_close().do(commands.DeclineClosing(reason=" ", reason_code="other"), DUTY_OFFICER)
    with pytest.raises(WordsMissing):
        Walk.to(Status.CLOSED).do(commands.Reopen(reason="", reason_code="other"), DUTY_OFFICER)


def test_the_task_is_given_to_another_without_a_new_round() -> None:
    walk = to_inspect().do(commands.RerouteTask(collector_id=12, reason="13 号病假"), ACCEPTOR)
    assert [(task.collector, task.kind, task.round) for task in walk.now.tasks] == [
        (13, "inspect", 1),
        (12, "inspect", 1),
    ]


def test_a_case_is_not_closed_while_it_is_asked_to_void_it() -> None:
    walk = Walk.to(Status.TO_CLOSE)
    walk.do(AskVoid(reason="重复立案", reason_code="other"), DUTY_OFFICER)
    with pytest.raises(ApplicationPending) as caught:
        walk.close()
    assert "作废" in caught.value.text("zh")
