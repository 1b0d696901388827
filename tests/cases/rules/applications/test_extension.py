"""Extension: how much may be asked for, and what a grant does to the clocks, running or standing still."""

from __future__ import annotations

import pytest
from msgspec.structs import replace

from gezhi.cases.rules.applications import Application, ApplicationKind, ApplicationOutcome
from gezhi.cases.rules.applications.asking import FormMissing, ProofMissing, TooMuch
from gezhi.cases.rules.applications.extension import EXTENSION, AskExtension, LongestAlready, most_of
from gezhi.cases.rules.applications.kind import FormPart
from gezhi.cases.rules.applications.matrix import MATRIX
from gezhi.cases.rules.clocks.clock import Clock, ClockKind
from gezhi.cases.rules.stages import Status
from gezhi.cases.rules.state import Subject
from tests.calendars.invented import at
from tests.cases.approvals import OTHER_MATRIX
from tests.cases.whole_step import whole
from tests.cases.world import HOUR, MINUTE, ROADS_MAN, Walk


def clock(walk: Walk, kind: ClockKind = ClockKind.HANDLING) -> Clock:
    found = walk.now.clock(kind)
    assert found is not None
    return found


def later(whole_case: Clock, due: int) -> Clock:
    since = whole_case.since or 0
    return replace(whole_case, limit=due - since, due=due, warn=since + (due - since) * 80 // 100)


def last(walk: Walk) -> Application:
    return walk.now.applications[-1]


@pytest.mark.parametrize(
    ("limit", "longest", "most"), [(4, 100, 4), (5, 50, 2), (1, 50, 1), (None, 250, 1), (10, 150, 15)]
)
def test_the_most_is_a_share_of_the_limit_and_never_less_than_one(limit: int | None, longest: int, most: int) -> None:
    row = replace(EXTENSION.preset, longest=longest, longest_in_all=0)
    state = Walk.to(Status.HANDLING).now
    assert most_of(row, replace(state, subject=Subject(class_key="", limit=limit))) == most


def test_all_extensions_together_have_a_bound_of_their_own_and_their_hours_are_counted() -> None:
    walk = Walk.to(Status.HANDLING, matrix=MATRIX)

    def ask(value: int, form_no: str = "") -> AskExtension:
        return AskExtension(
            reason="料未到", reason_code="other", value=value, form_no=form_no, pictures=(walk.picture(),)
        )

    with pytest.raises(TooMuch) as found:
        walk.do(ask(3), ROADS_MAN)
    assert "最多可申请2 个工作时" in found.value.text("zh")
    walk.do(ask(2), ROADS_MAN).granted()
    assert (last(walk).minutes, last(walk).minutes_before, last(walk).minutes_in_all) == (120, 0, 120)
    walk.do(ask(2, "延审1号"), ROADS_MAN)
    assert (last(walk).minutes_before, last(walk).minutes_in_all) == (120, 120)
    walk.granted()
    assert (last(walk).minutes_in_all, last(walk).form_no) == (240, "延审1号")
    free = {**MATRIX, EXTENSION.kind: replace(MATRIX[EXTENSION.kind], most_granted=0)}
    walk.matrix = free
    with pytest.raises(LongestAlready) as reached:
        walk.do(ask(1, "延审2号"), ROADS_MAN)
    assert "4 个工作时" in reached.value.text("zh")


def test_the_first_extension_needs_proof_and_the_second_a_signed_form() -> None:
    walk = Walk.to(Status.HANDLING, matrix=MATRIX)
    with pytest.raises(ProofMissing):
        walk.do(AskExtension(reason="料未到", reason_code="other", value=1), ROADS_MAN)
    walk.do(
        AskExtension(reason="料未到", reason_code="other", value=1, pictures=(walk.picture(),)), ROADS_MAN
    ).granted()
    with pytest.raises(FormMissing) as found:
        walk.do(AskExtension(reason="料未到", reason_code="other", value=1, pictures=(walk.picture(),)), ROADS_MAN)
    assert found.value.field == "form_no"


def test_a_grant_of_two_hours_moves_handling_its_part_and_the_whole_case_with_it() -> None:
    walk = (
        Walk.to(Status.HANDLING).do(AskExtension(reason="管线未交底", reason_code="other", value=2), ROADS_MAN).decide()
    )
    before, approval = last(walk), clock(walk, ClockKind.APPROVAL)
    handling, all_of_it, part = clock(walk), clock(walk, ClockKind.WHOLE), walk.now.assignments[0]
    walk.decide()
    assert whole(walk.last) == {
        "kind": "extension_granted",
        "status": Status.HANDLING,
        "application": replace(
            before,
            opinions=last(walk).opinions,
            outcome=ApplicationOutcome.GRANTED,
            ended=walk.moment,
            new_due=at("2026-03-02 17:03"),
        ),
        "clocks": (
            replace(approval, used=MINUTE, since=None, ended=walk.moment),
            replace(handling, limit=6 * HOUR, due=at("2026-03-02 17:03"), warn=at("2026-03-02 15:51")),
            later(all_of_it, at("2026-03-02 17:03") + 75 * MINUTE),
        ),
        "assignments": (replace(part, due=at("2026-03-02 17:03")),),
        "reason": "情况属实",
        "marks": ("extension_granted",),
    }
    assert [one.granted for one in last(walk).opinions] == [True, True]


def test_where_the_clock_stood_still_meanwhile_it_runs_on_with_what_was_left_and_more() -> None:
    walk = Walk.to(Status.HANDLING, matrix=OTHER_MATRIX)
    walk.do(AskExtension(reason="料未到", reason_code="other", value=1, pictures=(walk.picture(),)), ROADS_MAN)
    stopped, all_of_it = clock(walk), clock(walk, ClockKind.WHOLE)
    assert (stopped.since, stopped.used) == (None, 2 * MINUTE)
    walk.decide(after=HOUR)
    due = stopped.due + 2 * HOUR  # an hour of waiting given back, and one more
    assert walk.last.clocks[1:] == (
        replace(stopped, limit=5 * HOUR, due=due, warn=due - HOUR, since=walk.moment, paused=None),
        clock(walk, ClockKind.WHOLE),
    )
    assert clock(walk, ClockKind.WHOLE).due == due + 75 * MINUTE > all_of_it.due
    assert last(walk).new_due == due


def test_the_form_asks_for_an_amount_and_knows_its_bound_and_unit() -> None:
    state = Walk.to(Status.HANDLING).now
    assert EXTENSION.parts == (FormPart("value", "amount"),)
    assert EXTENSION.form_facts(EXTENSION.preset, state) == {"most": 2, "unit": "work_hour"}


def test_a_whole_case_that_has_ended_its_counting_is_not_moved() -> None:
    walk = Walk.to(Status.HANDLING).do(AskExtension(reason="管线未交底", reason_code="other", value=2), ROADS_MAN)
    all_of_it = replace(clock(walk, ClockKind.WHOLE), since=None, ended=walk.moment)
    others = tuple(one for one in walk.now.clocks if one.kind is not ClockKind.WHOLE)
    for clocks in ((*others, all_of_it), others):
        step = EXTENSION.grant(replace(walk.now, clocks=clocks), last(walk), walk.facts(ROADS_MAN))
        assert [one.kind for one in step.clocks] == [ClockKind.HANDLING]


@pytest.mark.parametrize(
    ("granted", "most", "problem"), [(2, 2, None), (3, 1, None), (4, 0, LongestAlready), (9, 0, LongestAlready)]
)
def test_the_last_of_the_bound_may_be_asked_for_and_no_form_offers_less_than_none(
    granted: int, most: int, problem: type[LongestAlready] | None
) -> None:
    walk = Walk.to(Status.HANDLING).do(AskExtension(reason="料未到", reason_code="other", value=1), ROADS_MAN).granted()
    state = replace(walk.now, applications=(replace(last(walk), value=granted),))
    row = replace(EXTENSION.preset, longest=50, longest_in_all=100)
    assert type(EXTENSION.used_up(row, state)) is (problem or type(None))
    assert EXTENSION.form_facts(row, state)["most"] == most


def test_what_was_granted_of_another_kind_takes_nothing_from_the_bound() -> None:
    walk = Walk.to(Status.HANDLING).do(AskExtension(reason="料未到", reason_code="other", value=1), ROADS_MAN).granted()
    other = replace(last(walk), kind=ApplicationKind.SUSPENSION, value=4)
    assert most_of(replace(EXTENSION.preset, longest=50), replace(walk.now, applications=(other,))) == 2
