"""Which level of platform performs which stage of a region."""

from __future__ import annotations

from gezhi.kernel.permissions import Role
from gezhi.policy.rules.platform_levels import SEAT_ROLES, PlatformLevels, mode_of

ONE_TWO = PlatformLevels("3709", "一级监督、两级指挥", ((1, 2, 6, 7), (3, 4, 5)))
OUTER = PlatformLevels("370902", "两级监督、两级指挥", ((), (1, 2, 3, 4, 5, 6, 7)))


def test_the_narrowest_region_decides() -> None:
    assert mode_of((ONE_TWO, OUTER), ("370902003", "370902", "3709")) is OUTER
    assert mode_of((ONE_TWO, OUTER), ("370911", "3709")) is ONE_TWO
    assert mode_of((ONE_TWO, OUTER), ("4101",)) is None


def test_a_level_performs_the_stages_that_stand_beside_it_and_one_that_is_not_named_none() -> None:
    assert [[stage for stage in range(1, 8) if ONE_TWO.performs(level, stage)] for level in (1, 2, 3)] == [
        [1, 2, 6, 7],
        [3, 4, 5],
        [],
    ]
    assert [ONE_TWO.levels_of(stage) for stage in range(1, 8)] == [(1,), (1,), (2,), (2,), (2,), (1,), (1,)]
    assert OUTER.levels_of(1) == (2,)


def test_the_seats_of_the_centres_keep_to_their_level_and_nobody_else() -> None:
    assert {Role.ACCEPTOR, Role.DUTY_OFFICER, Role.DISPATCHER} == SEAT_ROLES
