"""人名: names for invented people, drawn from lists of frequent surnames and given names."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np

TWO_CHARACTERS = 0.16


def draw_names(lists: Mapping[str, str], count: int, *, rng: np.random.Generator) -> list[str]:
    """So many names, none twice while the lists last."""
    names: dict[str, None] = {}
    surnames = lists["surnames"]
    weights = 1.0 / (np.arange(len(surnames)) + 8.0)
    weights /= weights.sum()
    while len(names) < count:
        drawn = (count - len(names)) * 2
        families = rng.choice(len(surnames), drawn, p=weights)
        short = rng.random(drawn) < TWO_CHARACTERS
        firsts, seconds, singles = (rng.integers(0, len(lists[key]), drawn) for key in ("first", "second", "single"))
        for at in range(drawn):
            given = lists["single"][singles[at]] if short[at] else _given(lists, int(firsts[at]), int(seconds[at]))
            names[surnames[families[at]] + given] = None
    return list(names)[:count]


def _given(lists: Mapping[str, str], first: int, second: int) -> str:
    return lists["first"][first] + lists["second"][second]
