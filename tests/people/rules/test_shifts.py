from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from gezhi.kernel.permissions import Role
from gezhi.people.rules.shifts import ShiftFacts, Shifts

OFFICER = Role.DUTY_OFFICER


def shift(desk: int, starts_at: int, ends_at: int, user_id: int) -> ShiftFacts:
    return ShiftFacts(desk, OFFICER, starts_at, ends_at, user_id, 0)


def on_shift(shifts: list[ShiftFacts], desks: tuple[int, ...], moment: int) -> int | None:
    found = Shifts(shifts).on_shift(desks, OFFICER, moment)
    return None if found is None else found.user_id


def test_a_shift_begins_with_its_first_second_and_is_over_with_its_end() -> None:
    rows = [shift(1, 100, 200, 7), shift(1, 200, 300, 8)]
    assert [on_shift(rows, (1,), moment) for moment in (99, 100, 199, 200, 300)] == [None, 7, 7, 8, None]


def test_where_shifts_overlap_the_later_start_counts() -> None:
    rows = [shift(1, 100, 500, 7), shift(1, 200, 300, 8)]
    assert [on_shift(rows, (1,), moment) for moment in (150, 250, 400)] == [7, 8, 7]


def test_an_unmanned_desk_is_answered_for_by_the_next_one_named() -> None:
    rows = [shift(1, 100, 200, 7), shift(2, 100, 400, 9)]
    assert [on_shift(rows, (1, 2), moment) for moment in (150, 250, 450)] == [7, 9, None]
    assert Shifts(rows).on_shift((1, 2), Role.ACCEPTOR, 150) is None


@given(st.lists(st.tuples(st.integers(0, 50), st.integers(1, 20)), max_size=12), st.integers(0, 80))
def test_the_one_found_is_the_latest_start_that_still_runs(spans: list[tuple[int, int]], moment: int) -> None:
    rows = [shift(1, start, start + length, index) for index, (start, length) in enumerate(spans)]
    running = [row for row in rows if row.starts_at <= moment < row.ends_at]
    found = Shifts(rows).on_shift((1,), OFFICER, moment)
    assert (found is None) is (not running)
    if found is not None:
        assert found in running
        assert found.starts_at == max(row.starts_at for row in running)
