"""What the notes of a place elsewhere say of sizes, also where they hold nothing else that can be read."""

from __future__ import annotations

import pytest

from gezhi.proof.rules.elsewhere import Elsewhere, sizes_told

NOTES = (
    b"one/1\n12\nroot\n",
    b"other/1\n7\n",
    b"one/1\n012\n",
    b"one/1\n-3\n",
    b"one/1",
    b"",
    b"\xff\n9\n",
    b"one/1\n\xff\n",
)


@pytest.mark.parametrize(("origin", "sizes"), [(None, [12, 7, 9]), ("one/1", [12]), ("other/1", [7]), ("nobody/1", [])])
def test_sizes_are_told_of_one_origin_or_of_all_and_what_is_no_size_is_passed_over(
    origin: str | None, sizes: list[int]
) -> None:
    assert list(sizes_told(NOTES, origin)) == sizes


def test_a_place_of_which_nothing_is_known_has_no_bundles() -> None:
    assert list(Elsewhere("nowhere").bundles()) == []
