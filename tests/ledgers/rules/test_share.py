"""How full a unit's share of a kind is, against warning and ceiling."""

from __future__ import annotations

from datetime import date

import msgspec
import pytest

from gezhi.cases.rules.applications import ApplicationKind
from gezhi.cases.rules.applications.matrix import MATRIX
from gezhi.cases.rules.facts import UnitShare
from gezhi.ledgers.rules.share import (
    FULLNESS_NAMES,
    Counted,
    Fullness,
    KindShare,
    UnitShares,
    month_after,
    share_in,
)

ROW = msgspec.structs.replace(MATRIX[ApplicationKind.EXTENSION], warning=100, ceiling=200, share_base=10)


@pytest.mark.parametrize(
    ("granted", "given", "share", "fullness", "next_is_above"),
    [
        (1, 9, 111, Fullness.FEW, True),
        (0, 9, 0, Fullness.FEW, False),
        (5, 9, 555, Fullness.ABOVE, True),
        (0, 10, 0, Fullness.OK, False),
        (1, 10, 100, Fullness.WARNING, False),
        (2, 10, 200, Fullness.WARNING, True),
        (3, 10, 300, Fullness.ABOVE, True),
    ],
)
def test_a_share_stands_against_warning_and_ceiling_from_the_minimum_base_on(
    granted: int, given: int, share: int, fullness: Fullness, *, next_is_above: bool
) -> None:
    found = share_in(ROW, Counted(asked=granted, granted=granted), given, UnitShare(granted, given))
    assert (found.share, found.fullness, found.next_is_above) == (share, fullness, next_is_above)


def test_the_next_decision_looks_at_the_last_days_and_not_at_the_month() -> None:
    found = share_in(ROW, Counted(granted=5), 10, UnitShare(0, 10))
    assert (found.fullness, found.next_is_above) == (Fullness.ABOVE, False)
    found = share_in(ROW, Counted(), 10, UnitShare(2, 10))
    assert (found.fullness, found.next_is_above) == (Fullness.OK, True)


def test_without_ceiling_and_warning_nothing_is_ever_too_much() -> None:
    free = msgspec.structs.replace(ROW, warning=0, ceiling=0)
    found = share_in(free, Counted(granted=10), 10, UnitShare(10, 10))
    assert (found.fullness, found.next_is_above) == (Fullness.OK, False)


def test_the_worst_unit_comes_first() -> None:
    def unit(number: int, given: int, granted: int) -> UnitShares:
        return UnitShares(number, given, (share_in(ROW, Counted(granted=granted), given, UnitShare()),))

    units = [unit(1, 5, 1), unit(2, 100, 1), unit(3, 10, 1), unit(4, 10, 5), unit(5, 100, 3)]
    assert [one.unit for one in sorted(units, key=lambda one: one.urgency)] == [4, 3, 5, 2, 1]
    assert unit(4, 10, 5).worst is Fullness.ABOVE
    assert set(FULLNESS_NAMES) == set(Fullness)


def test_a_month_ends_where_the_next_begins() -> None:
    assert month_after(date(2026, 12, 1)) == date(2027, 1, 1)
    assert month_after(date(2026, 2, 1)) == date(2026, 3, 1)


def test_the_worst_of_several_kinds_speaks_for_the_unit() -> None:
    def kind(granted: int, given: int = 10) -> KindShare:
        return share_in(ROW, Counted(granted=granted), given, UnitShare(granted, given))

    ok, warning, above, few = kind(0), kind(1), kind(3), kind(1, given=9)
    for kinds, worst in (
        ((ok, above, warning), Fullness.ABOVE),
        ((warning, ok), Fullness.WARNING),
        ((few, ok), Fullness.OK),
        ((few,), Fullness.FEW),
    ):
        assert UnitShares(1, 10, kinds).worst is worst
    assert UnitShares(7, 10, (ok, above, warning)).urgency == (0, -300, -10, 7)


def test_a_unit_that_asked_for_nothing_counts_nothing() -> None:
    assert Counted() == Counted(asked=0, granted=0, refused=0, pending=0, late=0)
