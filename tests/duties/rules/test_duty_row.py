from __future__ import annotations

from datetime import date

import pytest

from gezhi.duties.rules.duty_row import (
    BASIS_NAMES,
    BadDates,
    BadSelector,
    Basis,
    DutyRowData,
    check_row,
    parse_selector,
)
from tests.duties.rules.test_assign_unit import row


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
    with pytest.raises(BadSelector) as caught:
        parse_selector(key)
    assert (caught.value.field, caught.value.details) == ("class_key", {"selector": key})


@pytest.mark.parametrize("selector", ["0101", "01003", "01", "*"])
def test_a_selector_is_a_minor_a_major_or_all(selector: str) -> None:
    check_row(row(selector, "", 1))


@pytest.mark.parametrize("selector", ["", "1", "011", "010101", "井盖", "**"])
def test_any_other_selector_is_refused(selector: str) -> None:
    with pytest.raises(BadSelector) as caught:
        check_row(row(selector, "", 1))
    assert (caught.value.field, caught.value.details) == ("selector", {"selector": selector})


def test_a_row_cannot_end_before_it_begins() -> None:
    """It may end on its first day."""
    check_row(row("*", "", 1, end=date(2026, 1, 1)))
    with pytest.raises(BadDates) as caught:
        check_row(row("*", "", 1, end=date(2025, 12, 31)))
    assert caught.value.field == "valid_to"
    assert caught.value.details == {"valid_from": date(2026, 1, 1), "valid_to": date(2025, 12, 31)}


def test_a_row_holds_by_default_at_the_first_platform_without_an_end() -> None:
    plain = row("*", "", 1)
    assert (plain.platform_level, plain.valid_to) == (1, None)
    assert (plain.basis_kind, plain.basis, plain.note) == (Basis.LOCAL, "", "")


def test_a_row_that_is_handed_in_has_no_number_yet() -> None:
    handed_in = DutyRowData(
        edition="2013", kind="part", selector="*", area_code="", unit_id=1, valid_from=date(2026, 1, 1)
    )
    assert handed_in.row_id == 0


def test_every_basis_has_its_name() -> None:
    assert BASIS_NAMES == {
        Basis.LAW: ("法律法规", "Law"),
        Basis.STANDARD: ("标准规范", "Standard"),
        Basis.MINUTES: ("会议纪要", "Minutes of a meeting"),
        Basis.LOCAL: ("本地确权", "Local confirmation"),
    }
