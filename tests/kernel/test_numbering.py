from __future__ import annotations

from datetime import date

import pytest

from gezhi.kernel.numbering import number_of


@pytest.mark.parametrize(
    ("head", "serial", "digits", "number"),
    [
        ("4101-", 123, 6, "4101-20260302-000123"),
        ("DB", 12, 4, "DB20260302-0012"),
        ("", 1, 1, "20260302-1"),
        ("DB", 123_456, 4, "DB20260302-123456"),
    ],
)
def test_a_number_is_head_date_and_serial_and_grows_longer_where_it_must(
    head: str, serial: int, digits: int, number: str
) -> None:
    assert number_of(head, on=date(2026, 3, 2), serial=serial, digits=digits) == number
