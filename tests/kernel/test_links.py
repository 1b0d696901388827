"""How entries hang on each other, pinned by vectors: with another mark or order every log would read as forged."""

from __future__ import annotations

from hashlib import sha256

from hypothesis import given
from hypothesis import strategies as st

from gezhi.kernel.links import ALGORITHM, FIRST, MARK, link


def test_the_first_entry_follows_thirty_two_zero_bytes() -> None:
    assert (ALGORITHM, bytes(32), MARK) == (2, FIRST, b"gezhi/link/2\n")
    assert link(FIRST, "") == sha256(b"gezhi/link/2\n" + bytes(32) + sha256(b"").digest()).digest()
    assert link(FIRST, "格治").hex() == "7229de5614a20a8bebbfee419a821305456712c74402de181d49c7ec0b3f6a7e"


def test_the_hash_before_comes_before_the_digest_of_the_text_both_raw() -> None:
    before = link(FIRST, "a")
    assert link(before, "b") == sha256(MARK + before + sha256(b"b").digest()).digest()
    assert link(before, "b").hex() == "4bc115d81e322accbf896daabf2299940a8f6ddfbedb99a40e43c12f31beea09"
    assert link(before, "b") != link(FIRST, "b")


@given(st.text(), st.text())
def test_any_other_text_gives_another_hash(one: str, other: str) -> None:
    assert (link(FIRST, one) == link(FIRST, other)) == (one == other)
