from __future__ import annotations

import pytest

from gezhi.people.rules.username import is_username


@pytest.mark.parametrize(
    ("text", "fits"),
    [
        ("lilan", True), ("a1", True), ("0371.li_lan@city-1", True), ("x" * 60, True),
        ("x" * 61, False), ("a", False), ("", False), (".lilan", False), ("li lan", False), ("李岚", False),
        ("lilan\n", False), ("ｌｉｌａｎ", False),
    ],
)  # fmt: skip
def test_a_user_name_is_letters_digits_and_a_few_signs(text: str, fits: bool) -> None:
    assert is_username(text) is fits
