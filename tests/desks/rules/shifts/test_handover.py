"""交接班: whose turn it is, and who may sign, ask, answer and accept."""

from __future__ import annotations

from uuid import UUID

import pytest

from gezhi.desks.rules.shifts.handover import (
    EARLY_S,
    GRACE_S,
    LOOK_BACK_S,
    AlreadyAccepted,
    Handover,
    HandoverKind,
    NothingAsked,
    NotOnShift,
    NotYours,
    OwnHandover,
    Said,
    TooEarly,
    Turn,
    check_answer,
    check_sign,
    check_take,
    find_next_turn,
    find_turn_to_sign,
    find_turn_to_take,
    is_answerable,
    is_takable,
    sees_desks,
    turns_of,
)
from gezhi.kernel.permissions import Actor, Role, Scope

HOUR = 3_600
NIGHT, MORNING, EVENING = Turn(0, 8 * HOUR, (1, 2)), Turn(8 * HOUR, 16 * HOUR, (3,)), Turn(16 * HOUR, 24 * HOUR, (4,))
TURNS = (NIGHT, MORNING, EVENING)
NOBODY: frozenset[int] = frozenset()


def handed(*said: tuple[HandoverKind, int], at: int = 7 * HOUR) -> Handover:
    """The night turn handed over by 1, and what followed."""
    entries = [
        Said(seq, kind, user, 0, at + seq) for seq, (kind, user) in enumerate([(HandoverKind.SIGNED, 1), *said], 1)
    ]
    return Handover(UUID(int=1), 5, Role.ACCEPTOR, NIGHT.starts_at, NIGHT.ends_at, tuple(entries))


def actor(role: Role) -> Actor:
    return Actor(user_id=1, post_id=1, role=role, organisation_id=5, scope=Scope(regions=("",)))


def test_those_who_begin_and_end_together_sit_one_turn() -> None:
    rows = [(8, 16, 3, 30), (0, 8, 2, 20), (0, 8, 1, 10)]
    assert turns_of(rows) == (Turn(0, 8, (1, 2), (10, 20)), Turn(8, 16, (3,), (30,)))


def test_a_turn_is_handed_over_by_whoever_sits_it() -> None:
    assert find_turn_to_sign(TURNS, 2, NOBODY, 5 * HOUR) == NIGHT
    assert find_turn_to_sign(TURNS, 3, NOBODY, 5 * HOUR) is None


def test_a_turn_that_ended_lately_can_still_be_handed_over_but_not_for_ever() -> None:
    assert find_turn_to_sign(TURNS, 1, NOBODY, NIGHT.ends_at + LOOK_BACK_S - 1) == NIGHT
    assert find_turn_to_sign(TURNS, 1, NOBODY, NIGHT.ends_at + LOOK_BACK_S) is None


def test_what_was_handed_over_is_not_handed_over_again() -> None:
    assert find_turn_to_sign(TURNS, 1, frozenset({NIGHT.starts_at}), 7 * HOUR) is None


def test_signing_waits_for_the_last_hour_of_the_turn() -> None:
    assert check_sign(NIGHT, NIGHT.ends_at - EARLY_S) == NIGHT
    with pytest.raises(TooEarly) as refused:
        check_sign(NIGHT, NIGHT.ends_at - EARLY_S - 61)
    assert refused.value.details == {"minutes": 2}
    with pytest.raises(NotOnShift):
        check_sign(None, 0)


def test_the_next_turn_is_the_first_that_begins_when_this_one_has_ended() -> None:
    assert find_next_turn(TURNS, NIGHT) == MORNING
    assert find_next_turn(TURNS, EVENING) is None


def test_a_desk_is_taken_from_an_hour_before_the_turn_to_its_end() -> None:
    assert find_turn_to_take(TURNS, 3, MORNING.starts_at - EARLY_S) == MORNING
    assert find_turn_to_take(TURNS, 3, MORNING.starts_at - EARLY_S - 1) is None
    assert find_turn_to_take(TURNS, 3, MORNING.ends_at) is None


def test_the_turn_that_comes_on_may_ask_and_accept() -> None:
    check_take(handed(), MORNING, 3, {})
    assert is_takable(handed(), MORNING, 3)


def test_who_signed_does_not_accept() -> None:
    with pytest.raises(OwnHandover):
        check_take(handed(), MORNING, 1, {})
    assert not is_takable(handed(), MORNING, 1)


def test_who_sits_no_later_turn_does_not_accept() -> None:
    for taking in (None, NIGHT):
        with pytest.raises(NotOnShift):
            check_take(handed(), taking, 2, {})
        assert not is_takable(handed(), taking, 2)


def test_nothing_follows_an_acceptance() -> None:
    accepted = handed((HandoverKind.ACCEPTED, 3))
    with pytest.raises(AlreadyAccepted) as refused:
        check_take(accepted, MORNING, 4, {3: "李敏"})
    assert refused.value.details == {"name": "李敏"}
    assert not is_takable(accepted, MORNING, 4)
    with pytest.raises(NothingAsked):
        check_answer(handed((HandoverKind.ASKED, 3), (HandoverKind.ACCEPTED, 3)), NIGHT, 1)


def test_a_question_is_answered_by_the_turn_that_went_off() -> None:
    asked = handed((HandoverKind.ASKED, 3))
    check_answer(asked, NIGHT, 2)
    assert is_answerable(asked, TURNS, 2)
    with pytest.raises(NotYours):
        check_answer(asked, NIGHT, 3)
    assert not is_answerable(asked, TURNS, 3)
    with pytest.raises(NothingAsked):
        check_answer(handed(), NIGHT, 1)


def test_a_hand_over_is_where_its_last_entry_says_and_accepted_stays_accepted() -> None:
    assert handed().state is HandoverKind.SIGNED
    assert handed((HandoverKind.ASKED, 3)).state is HandoverKind.ASKED
    assert handed((HandoverKind.ASKED, 3), (HandoverKind.ANSWERED, 1)).state is HandoverKind.ANSWERED
    assert handed((HandoverKind.ACCEPTED, 3)).state is HandoverKind.ACCEPTED


def test_a_signature_after_the_grace_is_late() -> None:
    assert not handed(at=NIGHT.ends_at + GRACE_S - 1).late
    assert handed(at=NIGHT.ends_at + GRACE_S).late


def test_each_desk_reads_its_own_and_those_who_answer_for_all_read_all() -> None:
    assert sees_desks(actor(Role.ACCEPTOR)) == (Role.ACCEPTOR,)
    assert sees_desks(actor(Role.DUTY_OFFICER)) == (Role.ACCEPTOR, Role.DUTY_OFFICER, Role.DISPATCHER)
    assert sees_desks(actor(Role.HANDLER)) == ()
