"""The verification of cases over what was lived in the city, brought to the size of the demo by the entry."""

from __future__ import annotations

from collections.abc import Iterator

from gezhi.proof.queries.case_logs import verify_log
from gezhi.proof.queries.verification import stream_named
from tests.bench.measures import Measure
from tests.bench.processor import timed

DEMO_ENTRIES = 200_000
MOST_S = 20.0


def measure_whole_log() -> Iterator[Measure]:
    with timed() as took:
        result = verify_log(stream_named(), lambda _: None)
    assert not result.findings, result.findings[:5]
    yield Measure(
        "verify-log",
        took.counts * DEMO_ENTRIES / result.entries,
        MOST_S,
        "at most",
        f"s for {DEMO_ENTRIES:,} entries",
        f"measured: {result.cases:,} cases, {result.entries:,} entries, {took.line}, 0 differences",
    )
