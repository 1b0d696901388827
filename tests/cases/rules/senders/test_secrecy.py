from __future__ import annotations

from uuid import UUID

import pytest

from gezhi.cases.rules.senders.secrecy import (
    OPENING_REASON_NAMES,
    Look,
    OpeningReason,
    needs_reason,
    opening_of,
    shown_to,
)
from gezhi.cases.rules.stages import FINISHED, Status
from gezhi.kernel.masking import Shown
from gezhi.kernel.permissions import Actor, Role, Scope
from gezhi.kernel.words import WordsMissing
from gezhi.people.rules.policy import GRANTS
from tests.cases.world import MINUTE, Walk


def actor(role: Role) -> Actor:
    return Actor(
        user_id=7, post_id=8, role=role, organisation_id=9, scope=Scope(regions=("",)), permissions=GRANTS[role]
    )


@pytest.mark.parametrize(
    ("role", "status", "keep_secret", "opened", "shown"),
    [
        (Role.ACCEPTOR, Status.HANDLING, False, False, Shown.OPEN),
        (Role.DUTY_OFFICER, Status.REPORTED, False, False, Shown.OPEN),
        (Role.ACCEPTOR, Status.CLOSED, False, False, Shown.PART),
        (Role.ACCEPTOR, Status.HANDLING, True, False, Shown.PART),
        (Role.ACCEPTOR, Status.HANDLING, True, True, Shown.OPEN),
        (Role.DUTY_OFFICER, Status.REFUSED, False, True, Shown.OPEN),
        (Role.DISPATCHER, Status.HANDLING, False, False, Shown.PART),
        (Role.HANDLER, Status.HANDLING, True, False, Shown.NOTHING),
        (Role.LEADER, Status.CLOSED, True, True, Shown.NOTHING),
        (Role.ADMINISTRATOR, Status.HANDLING, False, True, Shown.PART),
    ],
)
def test_how_much_of_a_sender_a_post_sees(
    role: Role, status: Status, *, keep_secret: bool, opened: bool, shown: Shown
) -> None:
    assert shown_to(actor(role), status, keep_secret=keep_secret, opened=opened) is shown


def test_who_gave_no_reason_sees_a_sender_who_asked_for_secrecy_in_part() -> None:
    assert shown_to(actor(Role.ACCEPTOR), Status.HANDLING, keep_secret=True) is Shown.PART


@pytest.mark.parametrize("status", list(Status))
def test_a_reason_is_needed_for_who_asked_for_secrecy_and_when_nobody_needs_to_be_called(status: Status) -> None:
    assert needs_reason(status, keep_secret=True)
    assert needs_reason(status, keep_secret=False) is (status in FINISHED)


def look(**changes: object) -> Look:
    given = {"actor": actor(Role.ACCEPTOR), "client": "10.0.0.7", "reason": OpeningReason.CALL_BACK, "words": " 核实 "}
    return Look(**{**given, **changes})  # type: ignore[arg-type]


def test_what_is_put_on_record_of_a_look() -> None:
    state = Walk().report().now
    opening = opening_of(look(), UUID(int=1), UUID(int=2), state, opening_id=UUID(int=3), now=1_000)
    assert (opening.id, opening.case_id, opening.report_id) == (UUID(int=3), UUID(int=1), UUID(int=2))
    assert (opening.case_no, opening.area_code) == (state.no, state.place.area)
    assert (opening.user_id, opening.post_id, opening.organisation_id) == (7, 8, 9)
    assert (opening.reason, opening.words, opening.client) == ("call_back", "核实", "10.0.0.7")
    assert (opening.opened_at, opening.until_at) == (1_000, 1_000 + 30 * MINUTE)


def test_a_look_without_words_is_refused() -> None:
    with pytest.raises(WordsMissing):
        opening_of(look(words=" "), UUID(int=1), UUID(int=2), Walk().report().now, opening_id=UUID(int=3), now=0)


def test_every_reason_has_a_name() -> None:
    assert OPENING_REASON_NAMES.keys() == set(OpeningReason)
    assert all(zh and en for zh, en in OPENING_REASON_NAMES.values())
