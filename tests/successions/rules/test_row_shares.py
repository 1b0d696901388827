from __future__ import annotations

import pytest

from gezhi.people.rules.succession import RowShare, UnitSuccession
from gezhi.successions.rules.row_shares import RowsOfOthers, check_rows

OWN = {7, 8, 9}


def split(*rows: int) -> UnitSuccession:
    return UnitSuccession(1, 2, tuple(RowShare(row, 3) for row in rows))


def test_rows_of_the_unit_may_go_to_others() -> None:
    check_rows(split(), OWN)
    check_rows(split(7, 9), OWN)


@pytest.mark.parametrize(("rows", "named"), [((6,), "6"), ((7, 12, 11), "11、12"), ((7, 7), "7"), ((6, 8, 6), "6")])
def test_rows_of_others_and_rows_that_stand_twice_are_named(rows: tuple[int, ...], named: str) -> None:
    with pytest.raises(RowsOfOthers) as refused:
        check_rows(split(*rows), OWN)
    assert (refused.value.details["rows"], refused.value.field) == (named, "rows")
