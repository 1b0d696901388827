from __future__ import annotations

from datetime import date

import pytest

from gezhi.duties.rules.duty_row import Basis, DutyRowData
from gezhi.duties.rules.proposal import (
    OPINION_NAMES,
    STATE_NAMES,
    AlreadyDecided,
    BasisMissing,
    CannotEndBefore,
    NotRefused,
    OpinionKind,
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


def test_a_row_may_begin_today_but_not_before() -> None:
    check_wording(Proposed(row=row(TODAY), reason="确权"), TODAY)
    with pytest.raises(StartsInPast) as caught:
        check_wording(Proposed(row=row(date(2026, 3, 1)), reason="确权"), TODAY)
    assert caught.value.field == "valid_from"
    assert caught.value.details == {"valid_from": date(2026, 3, 1), "today": TODAY}


def test_a_law_or_minutes_are_named_a_local_confirmation_need_not_be() -> None:
    import msgspec

    check_wording(Proposed(row=row(), reason="确权"), TODAY)
    minutes = msgspec.structs.replace(row(), basis_kind=Basis.MINUTES, basis="  ")
    with pytest.raises(BasisMissing) as caught:
        check_wording(Proposed(row=minutes, reason="确权"), TODAY)
    assert caught.value.field == "basis"
    named = msgspec.structs.replace(minutes, basis="2026 年第 3 次联席会议")
    check_wording(Proposed(row=named, reason="确权"), TODAY)


def test_an_approved_row_counts_from_its_day_but_never_before_its_approval() -> None:
    assert first_day(row(date(2026, 3, 9)), TODAY) == date(2026, 3, 9)
    assert first_day(row(date(2026, 2, 9)), TODAY) == TODAY
    assert first_day(row(date(2026, 2, 9), TODAY), TODAY) == TODAY
    with pytest.raises(RanOut) as caught:
        first_day(row(date(2026, 2, 9), date(2026, 3, 1)), TODAY)
    assert caught.value.details == {"valid_to": date(2026, 3, 1)}


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
        with pytest.raises(OutsideReach) as caught:
            check_reach(scope, row(unit=5), ["3709"])
        assert caught.value.field == "area_code"


def test_a_row_in_the_way_is_shown_before_anything_is_decided() -> None:
    with pytest.raises(RowsOverlap) as caught:
        rows_to_end([OLD, LATER], TODAY, Overlap.ASK)
    assert caught.value.field == "overlap"
    assert caught.value.details == {
        "rows_zh": "责任清单第 7 行；责任清单第 8 行",
        "rows_en": "Duty table row 7; Duty table row 8",
        "row_ids": [7, 8],
    }


def test_five_rows_in_the_way_are_named_and_all_are_counted() -> None:
    rows = [OverlappingRow(number, TODAY, None, f"第 {number} 行", f"row {number}") for number in range(1, 8)]
    with pytest.raises(RowsOverlap) as caught:
        rows_to_end(rows, TODAY, Overlap.ASK)
    assert caught.value.details["rows_en"] == "row 1; row 2; row 3; row 4; row 5"
    assert caught.value.details["row_ids"] == [1, 2, 3, 4, 5, 6, 7]


def test_a_row_in_the_way_ends_or_stays_as_was_chosen() -> None:
    assert rows_to_end([], TODAY, Overlap.ASK) == ()
    assert rows_to_end([OLD], TODAY, Overlap.END) == (7,)
    assert rows_to_end([OLD, LATER], TODAY, Overlap.KEEP) == ()


@pytest.mark.parametrize("start", [date(2026, 4, 1), TODAY])
def test_a_row_that_begins_no_earlier_cannot_end_the_day_before(start: date) -> None:
    with pytest.raises(CannotEndBefore) as caught:
        rows_to_end([LATER], start, Overlap.END)
    assert caught.value.field == "valid_from"
    assert caught.value.details == {"row_id": 8, "valid_from": date(2026, 4, 1), "start": start}


def test_only_what_is_pending_is_decided_and_only_what_was_refused_is_made_anew() -> None:
    check_open(ProposalState.PENDING)
    check_refused(ProposalState.REFUSED)
    with pytest.raises(AlreadyDecided) as caught:
        check_open(ProposalState.APPROVED)
    assert caught.value.details == {"state_zh": "已批准", "state_en": "Approved"}
    with pytest.raises(NotRefused) as not_refused:
        check_refused(ProposalState.PENDING)
    assert not_refused.value.field == "anew_of"
    assert not_refused.value.details == {"state_zh": "待审批", "state_en": "Pending"}


def test_every_state_and_opinion_has_its_name() -> None:
    assert STATE_NAMES == {
        ProposalState.PENDING: ("待审批", "Pending"),
        ProposalState.APPROVED: ("已批准", "Approved"),
        ProposalState.REFUSED: ("未批准", "Refused"),
    }
    assert OPINION_NAMES == {
        OpinionKind.PROPOSED: ("提出申请", "Proposed"),
        OpinionKind.APPROVED: ("批准", "Approved"),
        OpinionKind.REFUSED: ("不予批准", "Refused"),
    }
