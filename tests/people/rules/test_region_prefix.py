from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gezhi.people.rules.region_prefix import covers, region_prefix


@pytest.mark.parametrize(
    ("code", "prefix"),
    [
        ("410000", "41"),
        ("410100", "4101"),
        ("410105", "410105"),
        ("419001", "419001"),
        ("410105003", "410105003"),
        ("410105003000", "410105003"),
        ("410100000000", "4101"),
        ("410105003010", "410105003010"),
        ("410105003010007", "410105003010007"),
        ("", ""),
    ],
)
def test_a_region_code_is_cut_to_its_significant_digits(code: str, prefix: str) -> None:
    assert region_prefix(code) == prefix


def test_a_city_covers_its_county_and_a_county_not_its_city() -> None:
    assert covers("410100", "410105003010007")
    assert covers("", "410105")
    assert not covers("410105", "410100")
    assert not covers("410105", "")


@given(st.text("0123456789", max_size=15))
def test_every_region_covers_itself(code: str) -> None:
    assert covers(code, code)
