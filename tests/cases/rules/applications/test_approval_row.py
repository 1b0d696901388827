"""One row of the approval matrix: who decides this time, and when a share is too large."""

from __future__ import annotations

import pytest

from gezhi.cases.rules.applications import ApplicationKind
from gezhi.cases.rules.applications.approval_row import ApprovalRow, share_of

ROW = ApprovalRow(
    kind=ApplicationKind.EXTENSION,
    steps=("dispatcher",),
    steps_again=("dispatcher", "duty-officer"),
    above_ceiling=("duty-officer", "leader"),
    ceiling=200,
    share_base=10,
)


@pytest.mark.parametrize(
    ("times", "is_crew", "is_above", "steps"),
    [
        (0, False, False, "dispatcher"),
        (1, False, False, "dispatcher duty-officer"),
        (2, False, False, "dispatcher duty-officer"),
        (0, True, False, "unit dispatcher"),
        (0, False, True, "dispatcher duty-officer leader"),
        (1, False, True, "dispatcher duty-officer leader"),
        (1, True, True, "unit dispatcher duty-officer leader"),
    ],
)
def test_nobody_decides_twice_on_the_same_application(times: int, steps: str, *, is_crew: bool, is_above: bool) -> None:
    assert ROW.steps_for(times=times, is_crew=is_crew, is_above=is_above) == tuple(steps.split())


def test_without_steps_of_its_own_a_second_time_is_decided_like_the_first() -> None:
    row = ApprovalRow(kind=ApplicationKind.VOID, steps=("leader",))
    assert row.steps_for(times=3, is_crew=False, is_above=True) == ("leader",)


@pytest.mark.parametrize(
    ("granted", "given", "above"),
    [
        (2, 10, False),
        (3, 10, True),
        (10, 10, True),
        (1, 9, False),
        (2, 9, True),
        (9, 9, True),
        (1, 0, False),
        (2, 0, True),
    ],
)
def test_a_share_is_too_large_beyond_the_ceiling_and_of_fewer_cases_than_the_base_from_the_second_on(
    granted: int, given: int, *, above: bool
) -> None:
    assert ROW.is_above(granted, given) is above


def test_the_lowest_ceiling_is_one_per_mille() -> None:
    row = ApprovalRow(kind=ApplicationKind.VOID, steps=("leader",), share_base=10, ceiling=1)
    assert (row.is_above(0, 100), row.is_above(1, 100)) == (False, True)


def test_a_row_says_by_default_neither_ceiling_nor_warning() -> None:
    row = ApprovalRow(kind=ApplicationKind.VOID, steps=("leader",))
    assert (row.ceiling, row.warning, row.share_base, row.share_days) == (0, 0, 20, 30)


def test_a_leader_stays_the_last_and_what_was_decided_stays_where_it_stands() -> None:
    row = ApprovalRow(kind=ApplicationKind.VOID, steps=("duty-officer", "leader"), above_ceiling=("supervisor",))
    assert row.steps_for(times=0, is_crew=False, is_above=True) == ("duty-officer", "supervisor", "leader")
    assert row.with_more(row.steps, decided=1) == ("duty-officer", "supervisor", "leader")
    assert row.with_more(row.steps, decided=2) == ("duty-officer", "leader", "supervisor")


def test_without_a_ceiling_no_share_is_too_large() -> None:
    assert not ApprovalRow(kind=ApplicationKind.VOID, steps=("leader",), share_base=0).is_above(9, 9)


@pytest.mark.parametrize(("granted", "given", "share"), [(1, 100, 10), (0, 0, 0), (1, 0, 1000), (5, 99, 50)])
def test_a_share_is_whole_per_mille(granted: int, given: int, share: int) -> None:
    assert share_of(granted, given) == share
