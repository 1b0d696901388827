"""How the proof stands: what is covered since when, and who elsewhere has it."""

from __future__ import annotations

import msgspec
from django.conf import settings

from gezhi.proof.queries.checkpoints import Kept, Receipt, get_last_checkpoint, list_last_receipts
from gezhi.proof.queries.trees import Batch, get_begun_at, get_last_batch, list_batches


class Standing(msgspec.Struct, frozen=True):
    """The last batch, the last checkpoint, up to when it covers everything, and the newest receipt of each place.
    `begun_at`: when the first batch was made.
    """

    batch: Batch
    checkpoint: Kept | None
    covered_until: int | None
    receipts: dict[str, Receipt | None]
    begun_at: int | None = None

    @property
    def unsigned(self) -> int:
        """How many lines of the last tree wait for a signature."""
        signed = self.checkpoint.size if self.checkpoint and self.checkpoint.tree == self.batch.tree else 0
        return self.batch.size - signed


def get_standing() -> Standing:
    receipts = {one.receiver: one for one in list_last_receipts()}
    places = [place.rstrip("/") if "://" in place else place for place in settings.GEZHI_ANCHOR_TO]
    checkpoint = get_last_checkpoint()
    covered = list_batches(checkpoint.tree, checkpoint.size - 1)[0].sealed_at if checkpoint is not None else None
    named = {place: receipts.get(place) for place in places}
    return Standing(get_last_batch(), checkpoint, covered, named, get_begun_at())
