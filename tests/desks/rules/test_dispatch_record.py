from __future__ import annotations

from decimal import Decimal

import pytest

from gezhi.desks.rules.dispatch_record import DispatchCount


@pytest.mark.parametrize(
    ("dispatched", "in_time", "wrong", "timeliness", "accuracy"),
    [
        (3, 2, 1, "66.7", "66.7"),
        (3, 1, 0, "33.3", "100.0"),
        (1000, 1, 999, "0.1", "0.1"),
        (800, 1, 799, "0.1", "0.1"),  # 0.125 is rounded to the nearest tenth
        (2000, 1, 1999, "0.1", "0.1"),  # 0.05 exactly: half a tenth counts up
        (5, 0, 5, "0.0", "0.0"),
    ],
)
def test_accuracy_and_timeliness_are_per_cent_of_what_was_dispatched(
    dispatched: int, in_time: int, wrong: int, timeliness: str, accuracy: str
) -> None:
    count = DispatchCount(dispatched=dispatched, in_time=in_time, wrong=wrong)
    assert (count.timeliness, count.accuracy) == (Decimal(timeliness), Decimal(accuracy))
    assert (str(count.timeliness), str(count.accuracy)) == (timeliness, accuracy)


def test_out_of_no_dispatch_there_is_no_per_cent() -> None:
    assert (DispatchCount().accuracy, DispatchCount().timeliness) == (None, None)


def test_a_record_begins_at_nothing() -> None:
    assert DispatchCount() == DispatchCount(
        dispatched=0, in_time=0, sent_back=0, recalled=0, to_another=0, wrong=0, seconds=None
    )
