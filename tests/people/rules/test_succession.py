from __future__ import annotations

from datetime import date
from uuid import UUID

import pytest

from gezhi.people.rules.succession import RowShare, SuccessionFacts, UnitSuccession, with_predecessors

MARCH, APRIL = date(2026, 3, 1), date(2026, 4, 1)
FIRST = SuccessionFacts(UUID(int=1), UnitSuccession(1, 2, (RowShare(70, 4),)), MARCH)
SECOND = SuccessionFacts(UUID(int=2), UnitSuccession(2, 3), APRIL)


@pytest.mark.parametrize(
    ("units", "on", "found"),
    [
        ([2], date(2026, 2, 28), (2,)),
        ([2], MARCH, (1, 2)),
        ([4], MARCH, (1, 4)),
        ([3], date(2026, 3, 31), (3,)),
        ([3], APRIL, (1, 2, 3)),
        ([3, 9], APRIL, (1, 2, 3, 9)),
        ([1], APRIL, (1,)),
        ([2, 4], MARCH, (1, 2, 4)),
    ],
)
def test_from_the_day_on_a_body_has_the_work_of_those_before_it(
    units: list[int], on: date, found: tuple[int, ...]
) -> None:
    assert with_predecessors(units, (FIRST, SECOND), on) == found


def test_a_row_goes_to_its_own_successor_and_every_other_to_the_first() -> None:
    arranged = FIRST.arranged
    assert [arranged.successor_of_row(row) for row in (70, 71)] == [4, 2]
    assert arranged.successors == (2, 4)
    assert [arranged.successor_of_case(named) for named in (None, 2, 4, 9, 1)] == [2, 2, 4, 2, 2]
    assert UnitSuccession(1, 2, (RowShare(70, 2), RowShare(71, 4), RowShare(72, 4))).successors == (2, 4)
