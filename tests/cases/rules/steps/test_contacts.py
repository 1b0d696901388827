"""更正联系方式、电话告知: what they change of a report, and what they leave alone."""

from __future__ import annotations

import pytest

from gezhi.cases.rules import commands
from gezhi.cases.rules.commands import CorrectContact, TellByCall
from gezhi.cases.rules.stages import Status
from gezhi.cases.rules.state import ReportRef
from gezhi.kernel.problems import NotFound
from gezhi.kernel.words import WordsMissing
from tests.cases.world import ACCEPTOR, DUTY_OFFICER, Walk

WORDS = "ab" * 32


def called_in(*, by_call: bool = True) -> Walk:
    walk = Walk().call_in()
    return correct(walk, by_call=by_call, reachable=True)


def correct(walk: Walk, **how: bool) -> Walk:
    return walk.do(CorrectContact(report_id="r1", reason="号码听错", **how), ACCEPTOR, words=WORDS)


def refused(walk: Walk) -> Walk:
    return walk.do(commands.Refuse(reason="不属实", reason_code="other", answer="现场没有垃圾"), ACCEPTOR)


def report(walk: Walk) -> ReportRef:
    return walk.now.reports[0]


def test_a_correction_replaces_how_the_sender_is_reached_and_the_digest_and_nothing_else() -> None:
    walk = Walk().call_in()
    before, acted, clocks = report(walk), walk.now.acted, walk.now.clocks
    correct(walk, reachable=True, by_call=True)
    assert report(walk) == ReportRef(
        id="r1", channel=before.channel, at=before.at, group=before.group, complaint=before.complaint, by=before.by,
        reachable=True, by_call=True, words=WORDS,
    )  # fmt: skip
    assert (walk.now.status, walk.now.acted, walk.now.clocks) == (Status.REPORTED, acted, clocks)
    assert len(walk.now.reports) == 1
    assert walk.entries[-1].step.reason == "号码听错"


def test_a_correction_needs_a_reason_and_a_report_of_the_case() -> None:
    for command, problem in (
        (CorrectContact(report_id="r1", reason="\u200b"), WordsMissing),
        (CorrectContact(report_id="r9", reason="号码听错"), NotFound),
        (TellByCall(report_ids=("r1",), text=" "), WordsMissing),
        (TellByCall(report_ids=("r1", "r9"), text="已告知"), NotFound),
    ):
        with pytest.raises(problem):
            Walk().call_in().do(command, ACCEPTOR)


def test_who_is_told_by_call_is_answered_when_somebody_has_called_and_not_before() -> None:
    walk = refused(called_in())
    assert report(walk).answered is None
    walk.do(TellByCall(report_ids=("r1",), text="已告知本人，无异议"), DUTY_OFFICER)
    assert report(walk).answered == walk.moment
    assert walk.now.status is Status.REFUSED


def test_a_call_while_the_case_is_open_answers_nobody() -> None:
    walk = called_in().do(TellByCall(report_ids=("r1",), text="已告知正在办理"), ACCEPTOR)
    assert report(walk).answered is None


def test_who_is_texted_is_answered_with_the_outcome_and_again_by_a_call() -> None:
    walk = refused(called_in(by_call=False))
    assert report(walk).answered == walk.moment
    first = walk.moment
    walk.do(TellByCall(report_ids=("r1",), text="短信没有收到，已电话告知"), ACCEPTOR)
    assert report(walk).answered == walk.moment > first


def test_an_outcome_that_went_elsewhere_is_given_anew_at_once_or_by_a_call() -> None:
    walk = refused(called_in(by_call=False))
    first = walk.moment
    correct(walk, reachable=True)
    assert report(walk).answered == first  # only the name was wrong
    correct(walk, reachable=True, again=True)
    assert report(walk).answered == walk.moment > first
    correct(walk, reachable=True, by_call=True, again=True)
    assert report(walk).answered is None


def test_a_case_that_is_closed_again_waits_for_another_call() -> None:
    walk = Walk.to(Status.TO_CLOSE)
    correct(walk, reachable=True, by_call=True)
    walk.do(commands.Close(kind="normal", answer="已清理"), DUTY_OFFICER)
    walk.do(TellByCall(report_ids=("r1",), text="已告知"), ACCEPTOR)
    answered = report(walk).answered
    walk.do(commands.Reopen(reason="回访未解决", reason_code="other"), DUTY_OFFICER)
    assert report(walk).answered == answered is not None
