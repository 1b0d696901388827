from __future__ import annotations

from gezhi.plumbing.limits.allowance import MOST_REMEMBERED, Allowance


def test_work_may_begin_while_anything_is_left_and_what_was_too_much_is_waited_for() -> None:
    allowance = Allowance(most=10, per_second=0.5)
    assert allowance.wait_s("a", 0) == 0
    allowance.spend("a", 9, 0)
    assert allowance.wait_s("a", 0) == 0
    allowance.spend("a", 3, 0)
    assert allowance.wait_s("a", 0) == 5  # two seconds over: four seconds for them, and one more
    assert allowance.wait_s("a", 4) == 1
    assert allowance.wait_s("a", 5) == 0
    assert allowance.wait_s("b", 0) == 0


def test_rest_fills_up_to_the_most_and_no_further() -> None:
    allowance = Allowance(most=10, per_second=1)
    allowance.spend("a", 5, 0)
    allowance.spend("a", 10, 1_000_000)
    assert allowance.wait_s("a", 1_000_000) == 1


def test_it_remembers_no_more_people_than_there_are_in_a_city() -> None:
    allowance = Allowance(most=10, per_second=1)
    for number in range(MOST_REMEMBERED + 5):
        allowance.spend(number, 20, 0)
    assert allowance.wait_s(0, 0) == 0
    assert allowance.wait_s(MOST_REMEMBERED, 0) == 11
