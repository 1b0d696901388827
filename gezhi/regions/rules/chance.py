"""Repeatable chance: the same seed and keys give the same number on every machine and with every library version."""

from __future__ import annotations

import numpy as np
from numpy.typing import ArrayLike, NDArray

_GOLDEN = np.uint64(0x9E3779B97F4A7C15)
_MIX_1 = np.uint64(0xBF58476D1CE4E5B9)
_MIX_2 = np.uint64(0x94D049BB133111EB)


def chance(seed: int, *keys: ArrayLike) -> NDArray[np.float64]:
    """A number in [0, 1) for every combination of whole-number keys (arrays broadcast against each other)."""
    with np.errstate(over="ignore"):
        state = _mix(np.asarray(seed, dtype=np.int64).astype(np.uint64) + _GOLDEN)
        for key in keys:
            state = _mix(state ^ (np.asarray(key, dtype=np.int64).astype(np.uint64) * _GOLDEN + _MIX_1))
    return (state >> np.uint64(11)).astype(np.float64) / float(1 << 53)


def _mix(state: NDArray[np.uint64]) -> NDArray[np.uint64]:
    """One round of SplitMix64."""
    state = (state ^ (state >> np.uint64(30))) * _MIX_1
    state = (state ^ (state >> np.uint64(27))) * _MIX_2
    return state ^ (state >> np.uint64(31))
