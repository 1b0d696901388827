from __future__ import annotations

import pytest

from gezhi.catalog.rules.local_codes import NoCodeLeft, next_major_code, next_minor_code


def test_a_local_major_is_numbered_from_21_up() -> None:
    assert next_major_code({"01", "02"}) == "21"
    assert next_major_code({"01", "21", "22"}) == "23"


@pytest.mark.parametrize(
    ("major", "taken", "digits", "code"),
    [
        ("01", {"01", "57"}, 2, "99"),
        ("01", {"99", "98"}, 2, "97"),
        ("06", {"001"}, 3, "999"),
        ("21", set(), 2, "01"),
        ("21", {"01"}, 2, "02"),
    ],
)
def test_a_local_minor_is_numbered_downward_inside_a_national_major(
    major: str, taken: set[str], digits: int, code: str
) -> None:
    assert next_minor_code(major, taken, digits=digits) == code


def test_a_full_range_is_told() -> None:
    with pytest.raises(NoCodeLeft):
        next_minor_code("01", {f"{number:02}" for number in range(1, 100)}, digits=2)
