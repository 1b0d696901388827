"""存证迟滞: when a checkpoint or a receipt is so old that somebody should look."""

from __future__ import annotations

from collections.abc import Mapping

import msgspec

QUIET_S = 3_600
"""Where nothing changes, the tree is sealed this often all the same: a silence that is signed is no gap."""
MISSED = 3
"""So many batches may be missed before somebody is called."""


class LateProof(msgspec.Struct, frozen=True):
    """Who is late: the signer, or the receiver of that name."""

    receiver: str = ""


def late_proof(
    *, begun_s: float | None, checkpoint_s: float | None, receipts: Mapping[str, float | None], every_s: int
) -> LateProof | None:
    """Ages in seconds, None where there is none yet. What has begun only just now is not late."""
    limit = QUIET_S + MISSED * every_s
    begun = begun_s if begun_s is not None else 0.0
    if (checkpoint_s if checkpoint_s is not None else begun) > limit:
        return LateProof()
    for receiver, age in receipts.items():
        if (age if age is not None else begun) > limit:
            return LateProof(receiver)
    return None
