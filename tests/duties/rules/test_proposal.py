from __future__ import annotations

from datetime import date

import pytest

from gezhi.duties.rules.duty_row import BadSelector, Basis, DutyRowData, parse_selector
from gezhi.duties.rules.proposal import (
    AlreadyDecided,
    BasisMissing,
    CannotEndBefore,
    NotRefused,
    OutsideReach,
    Overlap,
    OverlappingRow,
    ProposalState,
    Proposed,
    RanOut,
    RowsOverlap,
    StartsInPast,
    check_open,
    check_reach,
    check_refused,
    check_wording,
    first_day,
    is_within,
    rows_to_end,
)
from gezhi.kernel.permissions import Scope

TODAY = date(2026, 3, 2)
OLD = OverlappingRow(7, date(2025, 1, 1), None, "责任清单第 7 行", "Duty table row 7")
LATER = OverlappingRow(8, date(2026, 4, 1), None, "责任清单第 8 行", "Duty table row 8")


def row(start: date = TODAY, end: date | None = None, *, area: str = "370902003", unit: int = 5) -> DutyRowData:
    return DutyRowData(
        edition="2013", kind="part", selector="0101", area_code=area, unit_id=unit, valid_from=start, valid_to=end
    )


@pytest.mark.parametrize(
    ("key", "parts"),
    [
        ("2013-part-0101", ("2013", "part", "0101")),
        ("2026-matter-06010", ("2026", "matter", "06010")),
        ("2026-matter-06", ("2026", "matter", "06")),
        ("2026-part-*", ("2026", "part", "*")),
    ],
)
def test_a_selector_is_a_class_a_major_class_or_all(key: str, parts: tuple[str, str, str]) -> None:
    assert parse_selector(key) == parts


@pytest.mark.parametrize("key", ["", "0101", "2013-part-1", "2013-part-010", "2013-thing-0101", "2013-part-0101-1"])
def test_anything_else_is_no_selector(key: str) -> None:
    with pytest.raises(BadSelector):
        parse_selector(key)


def test_a_row_may_begin_today_but_not_before() -> None:
    check_wording(Proposed(row=row(TODAY), reason="确权"), TODAY)
    with pytest.raises(StartsInPast):
        check_wording(Proposed(row=row(date(2026, 3, 1)), reason="确权"), TODAY)


def test_a_law_or_minutes_are_named_a_local_confirmation_need_not_be() -> None:
    import msgspec

    check_wording(Proposed(row=row(), reason="确权"), TODAY)
    minutes = msgspec.structs.replace(row(), basis_kind=Basis.MINUTES, basis="  ")
    with pytest.raises(BasisMissing):
        check_wording(Proposed(row=minutes, reason="确权"), TODAY)


def test_an_approved_row_counts_from_its_day_but_never_before_its_approval() -> None:
    assert first_day(row(date(2026, 3, 9)), TODAY) == date(2026, 3, 9)
    assert first_day(row(date(2026, 2, 9)), TODAY) == TODAY
    assert first_day(row(date(2026, 2, 9), TODAY), TODAY) == TODAY
    with pytest.raises(RanOut):
        first_day(row(date(2026, 2, 9), date(2026, 3, 1)), TODAY)


def test_an_area_lies_within_regions_and_the_whole_node_within_all_of_its_own() -> None:
    assert is_within("370902003", ["370902"], ["3709"])
    assert not is_within("370903001", ["370902"], ["3709"])
    assert is_within("", ["3709"], ["3709"])
    assert not is_within("", ["370902"], ["3709"])
    assert not is_within("", ["3709"], ["3709", "3710"])


def test_a_centre_speaks_for_its_regions_and_a_department_for_its_own_units() -> None:
    check_reach(Scope(regions=("370902",)), row(), ["3709"])
    check_reach(Scope(organisations=(5, 6)), row(unit=5), ["3709"])
    for scope in (Scope(regions=("370903",)), Scope(organisations=(6,)), Scope()):
        with pytest.raises(OutsideReach):
            check_reach(scope, row(unit=5), ["3709"])


def test_a_row_in_the_way_is_shown_before_anything_is_decided() -> None:
    with pytest.raises(RowsOverlap) as caught:
        rows_to_end([OLD, LATER], TODAY, Overlap.ASK)
    assert "责任清单第 7 行；责任清单第 8 行" in caught.value.text("zh")
    assert caught.value.details["row_ids"] == [7, 8]


def test_a_row_in_the_way_ends_or_stays_as_was_chosen() -> None:
    assert rows_to_end([], TODAY, Overlap.ASK) == ()
    assert rows_to_end([OLD], TODAY, Overlap.END) == (7,)
    assert rows_to_end([OLD, LATER], TODAY, Overlap.KEEP) == ()


@pytest.mark.parametrize("start", [date(2026, 4, 1), TODAY])
def test_a_row_that_begins_no_earlier_cannot_end_the_day_before(start: date) -> None:
    with pytest.raises(CannotEndBefore) as caught:
        rows_to_end([LATER], start, Overlap.END)
    assert caught.value.details["row_id"] == 8


def test_only_what_is_pending_is_decided_and_only_what_was_refused_is_made_anew() -> None:
    check_open(ProposalState.PENDING)
    check_refused(ProposalState.REFUSED)
    with pytest.raises(AlreadyDecided) as caught:
        check_open(ProposalState.APPROVED)
    assert "已批准" in caught.value.text("zh")
    with pytest.raises(NotRefused):
        check_refused(ProposalState.PENDING)
