from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from gezhi.simulation import queries
from gezhi.simulation.rules.luck import Luck, make_luck

SHAPES = queries.read_measured_shapes("boston")
CASES = 20_000


def luck_of(seed: int) -> Luck:
    return make_luck(SHAPES.used_share, rng=np.random.default_rng(seed))


LUCK = luck_of(1)


@pytest.mark.parametrize("share", [0.02, 0.2, 0.55])
def test_what_should_happen_to_a_share_happens_to_that_share(share: float) -> None:
    hits = sum(LUCK.happens(case, "refuse", share) for case in range(CASES))
    assert abs(hits / CASES - share) < 0.012


def test_draws_under_two_words_have_nothing_to_do_with_each_other() -> None:
    both = sum(LUCK.happens(c, "recall", 0.3) and LUCK.happens(c, "merge", 0.3) for c in range(CASES))
    assert abs(both / CASES - 0.09) < 0.012


def test_the_same_seed_gives_the_same_luck_and_another_seed_another() -> None:
    assert luck_of(1) == LUCK
    assert luck_of(2).chances != LUCK.chances


@given(case=st.integers(0, 1 << 40), late=st.booleans())
def test_in_time_means_within_the_limit_and_late_means_beyond_it(case: int, late: bool) -> None:
    pace = LUCK.pace(case, "handling", median=0.46, spread=0.55, late=late)
    assert (pace > 1.0) is late
    assert 0.0 < pace <= 2.0
