"""更正联系方式 and how far an answer has come: the rules alone."""

from __future__ import annotations

from typing import Any

import pytest

from gezhi.cases.rules.commands import Sender
from gezhi.cases.rules.stages import Status
from gezhi.cases.rules.state import ReportRef
from gezhi.notices.rules.sending import State
from gezhi.telling.rules.contacts import Contact, NothingChanged, check_changed, state_of_answer, told_again
from tests.cases.city import SALT

OLD, NEW = "13800001234", "13900005678"
BEFORE = Contact("王小明", OLD, wants_answer=True, by_call=False)


@pytest.mark.parametrize(
    "after",
    [
        Contact("王大明", OLD, wants_answer=True, by_call=False),
        Contact("王小明", NEW, wants_answer=True, by_call=False),
        Contact("王小明", OLD, wants_answer=False, by_call=False),
        Contact("王小明", OLD, wants_answer=True, by_call=True),
    ],
)
def test_any_part_of_a_contact_may_be_corrected(after: Contact) -> None:
    check_changed(BEFORE, after)


def test_a_correction_changes_something() -> None:
    with pytest.raises(NothingChanged):
        check_changed(BEFORE, Contact("王小明", OLD, wants_answer=True, by_call=False))


@pytest.mark.parametrize(
    ("phone", "wants", "called", "again"),
    [
        (NEW, True, False, True),
        (OLD, True, False, False),  # only the name was wrong
        (NEW, False, False, False),
        (NEW, True, True, False),  # they were called
        ("0371-67180000", True, False, True),
    ],
)
def test_an_outcome_is_told_again_where_it_went_to_another_number(
    phone: str, wants: bool, called: bool, again: bool
) -> None:
    after = Sender(salt=SALT, phone=phone, wants_answer=wants)
    assert told_again(BEFORE, after, called=called) is again


def test_who_wanted_no_answer_before_hears_the_outcome() -> None:
    silent = Contact("王小明", OLD, wants_answer=False, by_call=False)
    assert told_again(silent, Sender(salt=SALT, phone=OLD, wants_answer=True), called=False)


def test_how_far_an_answer_has_come_is_said_of_the_last_outcome_of_a_case_that_has_ended() -> None:
    def said(told: list[tuple[str, State]], *, ended: bool, answered: int | None = None, by_call: bool = False) -> Any:
        report = ReportRef("r1", "hotline", 0, reachable=True, by_call=by_call, answered=answered)
        status = Status.CLOSED if ended else Status.REGISTERED
        return state_of_answer(told, report, status, now=10_000)

    told = [("reported", State.SENT), ("closed", State.SENT), ("reopened", State.SENT), ("closed", State.REFUSED)]
    assert said(told, ended=True) is State.REFUSED
    assert said([*told, ("told_by_call", State.CALLED)], ended=True) is State.CALLED
    assert said(told, ended=False) is None
    assert said(told[:1], ended=True) is None
    assert said(told[:1], ended=True, answered=9_900) is State.WAITING  # the next moment
    assert said(told[:1], ended=True, answered=9_000) is None
    assert said(told[:1], ended=True, by_call=True) is State.TO_CALL
    assert said(told[:1], ended=False, by_call=True) is None
