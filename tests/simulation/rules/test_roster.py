from __future__ import annotations

from datetime import date

from hypothesis import given
from hypothesis import strategies as st

from gezhi.calendars.rules.office_days import midnight_of
from gezhi.simulation.rules.roster import SHIFT_S, on_shift, plan_beats, plan_shifts

MIDNIGHT = midnight_of(date(2026, 11, 24))
DESK = [f"somebody{number}" for number in range(10)]


@given(people=st.integers(1, 30), hour=st.integers(0, 24 * 30 - 1))
def test_the_desk_is_manned_at_every_hour(people: int, hour: int) -> None:
    names = [f"somebody{number}" for number in range(people)]
    assert on_shift(names, MIDNIGHT + hour * 3_600)


@given(shift=st.integers(0, 200))
def test_nobody_sits_two_shifts_running(shift: int) -> None:
    starts = MIDNIGHT + shift * SHIFT_S
    assert not set(on_shift(DESK, starts)) & set(on_shift(DESK, starts + SHIFT_S))


def test_planned_shifts_are_those_that_are_worked() -> None:
    planned = list(plan_shifts(DESK, midnight=MIDNIGHT, days=2))
    for moment in range(MIDNIGHT, MIDNIGHT + 2 * 86_400, 1_800):
        sitting = {shift.username for shift in planned if shift.starts_at <= moment < shift.ends_at}
        assert sitting == set(on_shift(DESK, moment))


def test_the_collectors_of_a_beat_walk_it_in_turn_from_seven_till_nine() -> None:
    planned = list(plan_beats(["a", "b"], midnight=MIDNIGHT, days=2))
    told = [(one.username, (one.starts_at - MIDNIGHT) // 3_600, (one.ends_at - MIDNIGHT) // 3_600) for one in planned]
    assert told == [("a", 7, 14), ("b", 14, 21), ("b", 31, 38), ("a", 38, 45)]
    assert len(list(plan_beats(["a"], midnight=MIDNIGHT, days=2))) == 2
