"""重复上报: some problems are told of again, near by and soon after, by somebody else."""

from __future__ import annotations

import msgspec
import numpy as np

from gezhi.simulation.rules.demand import Indices, Occurrences

AMONG_THE_LAST = 5
NEAR_DEGREES = 0.00012


def add_twins(happenings: Occurrences, counties: Indices, share: float, *, rng: np.random.Generator) -> Occurrences:
    """Make a share of all problems repeats of one of the last few in their county: same class, a few metres away."""
    themes, lons, lats = (array.copy() for array in (happenings.themes, happenings.lons, happenings.lats))
    spots, twins = happenings.spots.copy(), np.full(len(happenings), -1, dtype=np.int64)
    repeated = rng.random(len(happenings)) < share
    back = rng.integers(1, AMONG_THE_LAST + 1, len(happenings))
    steps = rng.normal(0.0, NEAR_DEGREES, (len(happenings), 2)).clip(-2 * NEAR_DEGREES, 2 * NEAR_DEGREES)
    for county in np.unique(counties):
        mine = np.flatnonzero(counties == county)
        for at in np.flatnonzero(repeated[mine]):
            if at < back[mine[at]]:
                continue
            again, first = mine[at], mine[at - back[mine[at]]]
            if twins[first] >= 0:
                continue
            twins[again] = first
            themes[again], spots[again] = themes[first], spots[first]
            lons[again], lats[again] = lons[first] + steps[again, 0], lats[first] + steps[again, 1]
    return msgspec.structs.replace(happenings, themes=themes, lons=lons, lats=lats, spots=spots, twins=twins)
