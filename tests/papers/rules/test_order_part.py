"""派遣单: for whose part it is printed, and what the unit was told."""

from __future__ import annotations

import pytest

from gezhi.cases.rules.entries import Entry, Step, Versions
from gezhi.cases.rules.stages import Status
from gezhi.cases.rules.state import Assignment, CaseState, Place, Subject
from gezhi.kernel.permissions import Actor, Role, Scope
from gezhi.papers.rules.order_part import NoOrder, done_again_for, duty_word, order_part, requirements

LEADING = Assignment(no=1, unit=10, round=1, dispatched=0)
HELPING = Assignment(no=2, unit=20, round=1, dispatched=0, leading=False)
CREW = Assignment(no=3, unit=11, round=1, dispatched=5, leading=False, level=3, parent=1)


def case(*parts: Assignment) -> CaseState:
    return CaseState(
        no="YT-1",
        node="99",
        status=Status.HANDLING,
        seq=3,
        place=Place(lon=0, lat=0, area="99", county="99"),
        subject=Subject(class_key="x"),
        assignments=parts,
    )


def actor(*organisations: int, own: int = 1, role: Role = Role.HANDLER) -> Actor:
    scope = Scope(organisations=organisations, only_own_work=True)
    return Actor(user_id=1, post_id=1, role=role, organisation_id=own, scope=scope)


def entry(seq: int, kind: str, *parts: Assignment, **said: str) -> Entry:
    step = Step(kind=kind, status=Status.HANDLING, assignments=parts, **said)  # type: ignore[arg-type]
    return Entry(
        case="c", seq=seq, command="x", command_id="x", happened=seq, recorded=seq, user=1, post=1,
        role=Role.DISPATCHER, organisation=1, versions=Versions(), step=step,
    )  # fmt: skip


def test_a_unit_gets_the_order_of_its_own_part_and_a_seat_that_of_the_leading_unit() -> None:
    state = case(LEADING, HELPING, CREW)
    assert order_part(state, actor(20, own=20)) == HELPING
    assert order_part(state, actor(11, own=11)) == CREW
    assert order_part(state, actor(role=Role.DISPATCHER)) == LEADING


def test_where_nothing_is_dispatched_there_is_no_order() -> None:
    with pytest.raises(NoOrder) as refused:
        order_part(case(), actor(20))
    assert refused.value.details == {"no": "YT-1"}


def test_the_duty_is_said_in_words() -> None:
    assert [duty_word(part) for part in (LEADING, HELPING, CREW)] == ["主办", "协办", "下派承办"]


def test_an_order_says_what_the_dispatch_said_and_what_was_asked_since() -> None:
    told = [
        entry(1, "dispatched", LEADING, reason="先围挡"),
        entry(2, "noted", text="与处置无关"),
        entry(3, "more_asked", reason="补拍全景"),
        entry(4, "reminded", text="补拍全景"),
        entry(5, "assigned", CREW, text="今晚完成"),
    ]
    assert requirements(told, LEADING) == ["先围挡", "补拍全景"]
    assert requirements(told, CREW) == ["今晚完成", "补拍全景"]


def test_work_is_done_again_for_the_last_failed_inspection_or_reopening() -> None:
    told = [entry(1, "dispatched", LEADING), entry(2, "inspection_failed", text="还有积水")]
    assert done_again_for(told[:1]) is None
    assert done_again_for([*told, entry(3, "dispatched", LEADING)]) == told[1]
    reopened = entry(3, "reopened", reason="回访不满意")
    assert done_again_for([*told, reopened, entry(4, "noted")]) == reopened
    assert requirements([*told, entry(3, "more_asked", reason="补拍全景")], LEADING) == ["补拍全景"]
