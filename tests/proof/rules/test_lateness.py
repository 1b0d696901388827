"""A checkpoint or a receipt is late after an hour and three missed batches."""

from __future__ import annotations

import pytest

from gezhi.proof.rules.lateness import LateProof, late_proof

LIMIT = 3_600 + 3 * 300


@pytest.mark.parametrize(
    ("begun", "checkpoint", "receipts", "late"),
    [
        (None, None, {}, None),
        (LIMIT, None, {}, None),
        (LIMIT + 1, None, {}, LateProof()),
        (9e9, LIMIT, {}, None),
        (9e9, LIMIT + 1, {}, LateProof()),
        (9e9, 0, {"a": LIMIT, "b": LIMIT + 1}, LateProof("b")),
        (9e9, 0, {"a": None}, LateProof("a")),
        (LIMIT, 0, {"a": None}, None),
    ],
)
def test_who_is_late(
    begun: float | None, checkpoint: float | None, receipts: dict[str, float | None], late: LateProof | None
) -> None:
    found = late_proof(begun_s=begun, checkpoint_s=checkpoint, receipts=receipts, every_s=300)
    assert found == late
