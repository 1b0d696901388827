"""检查点: the last batch is signed. The signer is asked outside of any transaction."""

from __future__ import annotations

from gezhi.people.queries import as_datetime
from gezhi.plumbing.clock import Clock
from gezhi.proof.models import ProofCheckpoint
from gezhi.proof.queries.checkpoints import Kept, get_checkpoint, get_last_checkpoint
from gezhi.proof.queries.trees import Batch, find_leaves, get_followed, get_last_batch, read_nodes
from gezhi.proof.rules.leaves import Leaf, LeafKind
from gezhi.proof.rules.signing import (
    KeyProof,
    LogBehindSigner,
    OtherSigner,
    Signer,
    SignerState,
    SignRequest,
)
from gezhi.proof.rules.tree import Node, consistency_proof, inclusion_proof


def take_checkpoint(signer: Signer, *, clock: Clock) -> Kept | None:
    """The signed head of the last batch; None where it is signed already, or where there is none."""
    batch = get_last_batch()
    if batch.size == 0 or get_checkpoint(batch.tree, batch.size) is not None:
        return None
    state = signer.ask()
    _refuse_another(batch, state)
    if state.head.size > batch.size:
        raise LogBehindSigner(size=batch.size, signed=state.head.size)
    node = read_nodes(batch.tree, batch.size)
    proof = consistency_proof(state.head.size, batch.size, node)
    note = signer.sign(SignRequest(batch.size, batch.root, tuple(proof), _key_proofs(batch, state, node)))
    kept = Kept(batch.tree, batch.size, state.head.origin, note, clock())
    ProofCheckpoint.objects.get_or_create(
        tree=kept.tree,
        size=kept.size,
        defaults={"origin": kept.origin, "note": kept.note, "kept_at": as_datetime(kept.kept_at)},
    )
    return kept


def _refuse_another(batch: Batch, state: SignerState) -> None:
    """A signer that begins anew without a word would be a way to sign a bent log."""
    before = get_last_checkpoint(batch.tree)
    if before is not None and before.origin != state.head.origin:
        raise OtherSigner(found=state.head.origin, wanted=before.origin)
    followed = get_followed(batch.tree)
    if followed != state.head.previous:
        origin = followed.origin if followed is not None else "–"
        raise OtherSigner(found=state.head.origin, wanted=origin)


def _key_proofs(batch: Batch, state: SignerState, node: Node) -> tuple[KeyProof, ...]:
    leaves = [Leaf(LeafKind.KEY, subject) for subject in state.unsettled]
    found = find_leaves(batch.tree, batch.size, leaves)
    return tuple(
        KeyProof(leaf.subject, index, tuple(inclusion_proof(index, batch.size, node))) for leaf, index in found.items()
    )
