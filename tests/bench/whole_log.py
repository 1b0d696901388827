"""`verify-log` over what was lived in the city, brought to the size of the demo by the entry."""

from __future__ import annotations

import time
from collections.abc import Iterator

from gezhi.cases.queries.anchor_copies import read_copies
from gezhi.cases.queries.verification import verify_log
from tests.bench.measures import Measure

DEMO_ENTRIES = 200_000
MOST_S = 20.0


def measure_whole_log() -> Iterator[Measure]:
    started = time.perf_counter()
    result = verify_log(read_copies(), lambda _: None)
    took = time.perf_counter() - started
    assert not result.findings, result.findings[:5]
    yield Measure(
        "verify-log",
        took * DEMO_ENTRIES / result.entries,
        MOST_S,
        "at most",
        f"s for {DEMO_ENTRIES:,} entries",
        f"measured: {result.cases:,} cases, {result.entries:,} entries, {took:.1f} s, 0 differences",
    )
