"""What the worker does again and again: grow the tree when it is time, and have its head signed."""

from __future__ import annotations

from gezhi.plumbing.clock import Clock
from gezhi.proof.actions.grow import grow_tree
from gezhi.proof.actions.take import take_checkpoint
from gezhi.proof.queries.checkpoints import Kept, get_last_checkpoint
from gezhi.proof.queries.trees import get_last_batch
from gezhi.proof.rules.lateness import QUIET_S
from gezhi.proof.rules.signing import Signer, SignerAway, SignerState


def keep_up(signer: Signer, *, every_s: int, clock: Clock) -> Kept | None:
    """The new checkpoint, if one was due. The tree grows while the signer is away; its head is signed later."""
    since = clock() - get_last_batch().sealed_at
    if not 0 <= since < every_s:  # also when the clock was set back behind the last seal
        state = _state_or_none(signer)
        grow_tree(
            clock=clock,
            subjects=state.subjects if state is not None and _is_known(state) else (),
            previous=state.head.previous if state is not None else None,
            even_empty=not 0 <= since < QUIET_S,
        )
    return take_checkpoint(signer, clock=clock)


def _is_known(state: SignerState) -> bool:
    """Whether it is the signer of the tree so far, or says which one it follows. Keys of a stranger are not named."""
    last = get_last_checkpoint()
    return last is None or last.origin == state.head.origin or state.head.previous is not None


def _state_or_none(signer: Signer) -> SignerState | None:
    try:
        return signer.ask()
    except SignerAway:
        return None
