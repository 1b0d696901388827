"""运气: chance and pace, equal for the same seed, case and step, however the work is split and ordered."""

from __future__ import annotations

from collections.abc import Sequence
from math import exp
from typing import TypeVar
from zlib import crc32

import msgspec
import numpy as np

from gezhi.simulation.rules.shapes import Curve

T = TypeVar("T")
DRAWS = 1 << 16
LATEST = 3.0
NEARLY = 0.97


class Luck(msgspec.Struct, frozen=True):
    """Tables of draws; a case and a word pick one of them."""

    chances: list[float]
    normals: list[float]
    lateness: list[float]

    def chance(self, case: int, word: str) -> float:
        """A number between 0 and 1."""
        return self.chances[_place(case, word)]

    def happens(self, case: int, word: str, share: float) -> bool:
        return self.chance(case, word) < share

    def pick(self, case: int, word: str, choices: Sequence[T]) -> T:
        return choices[int(self.chance(case, word) * len(choices))]

    def pace(self, case: int, word: str, *, median: float, spread: float, late: bool) -> float:
        """The share of a limit that a step takes: below 1 in time, above 1 late, as far above as was measured."""
        place = _place(case, word)
        if late:
            return self.lateness[place]
        return min(NEARLY, median * exp(spread * self.normals[place]))


def make_luck(used_share: Curve, *, rng: np.random.Generator) -> Luck:
    """Lateness follows the measured curve of used limits above 1, cut where only abandoned cases lie."""
    in_time = 1.0 - used_share.above(1.0)
    tail = used_share.draw(in_time + rng.random(DRAWS) * (1.0 - in_time))
    late = 1.0 + np.minimum(LATEST, tail) / LATEST
    return Luck(rng.random(DRAWS).tolist(), rng.standard_normal(DRAWS).tolist(), late.tolist())


def _place(case: int, word: str) -> int:
    """Any mixing will do that spreads neighbouring cases and words over the tables."""
    mixed = (case * 0x9E3779B1 ^ crc32(word.encode()) * 0x85EBCA6B) & 0xFFFFFFFF
    mixed = (mixed ^ (mixed >> 15)) * 0x2C1B3C6D & 0xFFFFFFFF
    return (mixed >> 12) & (DRAWS - 1)
