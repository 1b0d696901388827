from __future__ import annotations

from uuid import RFC_4122

from hypothesis import given
from hypothesis import strategies as st

from gezhi.simulation.rules.simulated_id import simulated_id


@given(moment=st.integers(1_600_000_000, 2_000_000_000), words=st.text())
def test_it_is_a_uuid_of_version_7_that_sorts_by_its_moment(moment: int, words: str) -> None:
    made = simulated_id(moment, words)
    assert (made.version, made.variant) == (7, RFC_4122)
    assert made.int >> 80 == moment * 1000
    assert made == simulated_id(moment, words)
    assert made < simulated_id(moment + 1, "")


def test_other_words_are_another_id() -> None:
    assert len({simulated_id(1_700_000_000, f"1/{number}") for number in range(20_000)}) == 20_000
