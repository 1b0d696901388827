"""What stands out among deeds, by tables: against others under the same circumstances, and never over small numbers."""

from __future__ import annotations

import pytest

from gezhi.supervision.rules.odd_patterns import (
    PATTERN_NAMES,
    THRESHOLDS,
    Oddity,
    Pattern,
    Tally,
    Threshold,
    closings_of,
    find_odd,
    stands_out,
)
from tests.calendars.invented import OFFICE, compiled
from tests.cases.world import DAY, HOUR, MONDAY_MORNING

EASY = Threshold(basis=20, count=8, times=2, deviations=4)


@pytest.mark.parametrize(
    ("count", "basis", "expected", "shown"),
    [
        (12, 20, 0.1, True),
        (12, 19, 0.1, False),  # too few deeds
        (7, 20, 0.01, False),  # too few of them
        (12, 20, 0.31, False),  # less than twice the share of others
        (20, 100, 0.1, False),  # twice, but chance alone does that: 3.3 deviations
        (24, 100, 0.1, True),
        (8, 200, 0.0, True),  # others never
        (20, 20, 1.0, False),
    ],
)
def test_what_stands_out(count: int, basis: int, expected: float, shown: bool) -> None:
    assert stands_out(Oddity(1, "", count, basis, expected), EASY) is shown


def pairs(*rows: tuple[int, str, str, int]) -> list[Tally]:
    return [Tally(subject, key, among, times, times) for subject, key, among, times in rows]


def ordinary(*subjects: int, among: str = "east") -> list[Tally]:
    """One in ten with 7, the rest with 8."""
    return [one for who in subjects for one in pairs((who, "7", among, 5), (who, "8", among, 45))]


def test_a_pair_is_compared_with_what_others_have_on_the_same_streets() -> None:
    tallies = pairs((1, "7", "east", 30), (1, "8", "east", 10), (5, "7", "west", 100))
    (odd,) = find_odd(Pattern.HANDLED_INSPECTED, [*tallies, *ordinary(2, 3, 4)])
    assert (odd.subject, odd.key, odd.count, odd.basis, odd.expected) == (1, "7", 30, 40, 0.1)


def test_one_who_does_much_makes_nobody_else_look_odd() -> None:
    alone = pairs((1, "7", "east", 5_000))
    assert [one.subject for one in find_odd(Pattern.HANDLED_INSPECTED, [*alone, *ordinary(2, 3, 4)])] == [1]


def test_where_fewer_than_three_others_work_there_is_nothing_to_compare() -> None:
    alone = pairs((1, "7", "east", 500))
    assert find_odd(Pattern.HANDLED_INSPECTED, alone) == []
    assert find_odd(Pattern.HANDLED_INSPECTED, [*alone, *ordinary(2, 3)]) == []
    assert find_odd(Pattern.HANDLED_INSPECTED, [*alone, *ordinary(2, 3), *pairs((4, "8", "east", 4))]) == []
    assert find_odd(Pattern.HANDLED_INSPECTED, [*alone, *ordinary(2, 3), *pairs((4, "8", "east", 5))]) != []


def test_streets_weigh_as_ones_own_deeds_lie_there() -> None:
    """Where others always have the same inspector, so does one; elsewhere one has them as often as others."""
    own = pairs((1, "7", "east", 30), (1, "7", "west", 1), (1, "8", "west", 9))
    east = pairs(*((who, "7", "east", 90) for who in (2, 3, 4)))
    assert find_odd(Pattern.REPORTED_HANDLED, [*own, *east, *ordinary(2, 3, 4, among="west")]) == []


def test_deeds_right_before_the_end_are_compared_with_others_of_the_same_kind() -> None:
    handing_over = [Tally(who, "", "handed_over", 36, 40) for who in (1, 2, 3, 4)]
    reporting = [Tally(who, "", "reported", 2, 100) for who in (2, 3, 4)]
    assert find_odd(Pattern.CLOCK_OUT, [*handing_over, *reporting]) == []
    late = [Tally(1, "", "reported", 20, 40), *reporting]
    (odd,) = find_odd(Pattern.CLOCK_OUT, late)
    assert (odd.subject, odd.count, odd.basis, odd.expected) == (1, 20, 40, 0.02)


def test_where_most_have_none_the_share_is_that_of_all_together() -> None:
    others = [Tally(2, "", "", 40, 100), *(Tally(who, "", "", 0, 100) for who in (3, 4, 5))]
    assert find_odd(Pattern.DEADLINE, [Tally(1, "", "", 8, 40), *others[1:], others[0]]) == [
        Oddity(2, "", 40, 100, 8 / 340)
    ]


def test_a_spot_is_compared_with_the_most_frequent_spot_of_others() -> None:
    own = pairs((1, "1.0,0", "", 30), *((1, f"1.{at},1", "", 1) for at in range(10)))
    alike = [one for who in (2, 3, 4) for one in pairs((who, f"{who}.1,0", "", 40), (who, f"{who}.2,0", "", 10))]
    assert find_odd(Pattern.ONE_SPOT, [*own, *alike]) == [], "all of them report from one spot"
    spread = [one for who in (2, 3, 4) for one in pairs(*((who, f"{who},{at}", "", 2) for at in range(25)))]
    (odd,) = find_odd(Pattern.ONE_SPOT, [*own, *spread])
    assert (odd.subject, odd.key, odd.count, odd.basis, odd.expected) == (1, "1.0,0", 30, 40, 0.04)
    assert find_odd(Pattern.ONE_SPOT, own) == [], "nobody to compare with"


def test_what_stands_out_most_comes_first() -> None:
    tallies = [
        Tally(1, "", "", 10, 20),
        Tally(2, "", "", 18, 20),
        *(Tally(who, "", "", 0, 100) for who in (3, 4, 5)),
    ]
    assert [one.subject for one in find_odd(Pattern.SAME_PICTURES, tallies)] == [2, 1]


def test_work_ends_once_a_day() -> None:
    office = compiled(OFFICE)
    ends = closings_of(office, MONDAY_MORNING - HOUR, MONDAY_MORNING - HOUR + 7 * DAY)
    assert len(ends) == 5
    assert all(not office.is_open(end) and office.is_open(end - 1) for end in ends)
    assert all(not office.is_open(end + more) for end in ends for more in range(0, 12 * HOUR, HOUR))


def test_every_pattern_has_a_name_and_a_threshold_that_no_small_number_passes() -> None:
    assert set(PATTERN_NAMES) == set(THRESHOLDS) == set(Pattern)
    assert all(one.basis >= 10 and one.count >= 3 for one in THRESHOLDS.values())
