"""在岗状态: the most pressing thing about shifts that somebody at a desk must know."""

from __future__ import annotations

from gezhi.desks.rules.shifts.desk_duty import DeskDuty, Duty, desk_duty, find_waiting, left_out
from gezhi.desks.rules.shifts.handover import EARLY_S, GRACE_S, HandoverKind
from tests.desks.rules.shifts.test_handover import EVENING, HOUR, MORNING, NIGHT, TURNS, handed


def test_on_until_the_end_of_the_turn_and_off_until_the_next() -> None:
    assert desk_duty(TURNS, [], user=2, keeps=False, now=HOUR) == DeskDuty(Duty.ON, NIGHT)
    assert desk_duty(TURNS, [], user=4, keeps=False, now=HOUR) == DeskDuty(Duty.OFF, EVENING)
    assert desk_duty(TURNS, [], user=9, keeps=False, now=HOUR) == DeskDuty(Duty.OFF)


def test_a_hand_over_is_due_around_the_end_of_the_turn() -> None:
    for now in (NIGHT.ends_at - GRACE_S, NIGHT.ends_at, NIGHT.ends_at + GRACE_S - 1):
        assert desk_duty(TURNS, [], user=1, keeps=True, now=now) == DeskDuty(Duty.DUE, NIGHT)
    assert desk_duty(TURNS, [handed()], user=1, keeps=True, now=NIGHT.ends_at - GRACE_S).duty is Duty.ON


def test_who_left_without_is_told_so_where_the_desk_hands_over_at_all() -> None:
    now = NIGHT.ends_at + GRACE_S
    assert desk_duty(TURNS, [], user=1, keeps=True, now=now) == DeskDuty(Duty.LEFT, NIGHT)
    assert desk_duty(TURNS, [], user=1, keeps=False, now=now) == DeskDuty(Duty.OFF)


def test_the_next_turn_is_told_what_it_has_to_take() -> None:
    one = handed()
    assert desk_duty(TURNS, [one], user=3, keeps=True, now=MORNING.starts_at - EARLY_S) == DeskDuty(
        Duty.TO_TAKE, MORNING, one
    )
    assert (
        desk_duty(TURNS, [handed((HandoverKind.ACCEPTED, 3))], user=3, keeps=True, now=MORNING.starts_at).duty
        is Duty.ON
    )


def test_a_question_comes_to_who_signed() -> None:
    asked = handed((HandoverKind.ASKED, 3))
    assert desk_duty(TURNS, [asked], user=1, keeps=True, now=NIGHT.ends_at) == DeskDuty(Duty.TO_ANSWER, None, asked)


def test_only_the_last_hand_over_before_a_turn_waits_for_it() -> None:
    assert find_waiting([handed()], MORNING) == handed()
    assert find_waiting([handed()], NIGHT) is None
    assert find_waiting([handed((HandoverKind.ACCEPTED, 3))], MORNING) is None


def test_turns_without_a_hand_over_are_counted_from_the_day_the_desk_began_to_keep_them() -> None:
    now = MORNING.ends_at + GRACE_S
    assert left_out(TURNS, [handed()], since=NIGHT.starts_at, now=now) == [MORNING]
    assert left_out(TURNS, [handed()], since=NIGHT.starts_at, now=now - 1) == []
    assert left_out(TURNS, [], since=MORNING.starts_at, now=now) == [MORNING]
