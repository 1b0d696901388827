"""By which keys of the tree a checkpoint is signed."""

from __future__ import annotations

from gezhi.proof.models import ProofLeaf
from gezhi.proof.queries.checkpoints import Kept
from gezhi.proof.rules.keys import VerifierKey, parse_verifier_key
from gezhi.proof.rules.leaves import LeafKind
from gezhi.proof.rules.notes import parse_note


def find_good_keys(kept: Kept) -> list[VerifierKey] | None:
    """Those whose signature fits; none where a line is bent. Whether they were trusted then says `gezhi verify`.

    None: the tree does not name a key yet, as one that began before there was a signer; its next batch does.
    """
    lines = ProofLeaf.objects.filter(tree=kept.tree, index__lt=kept.size, kind=LeafKind.KEY).order_by("index")
    try:
        named = [parse_verifier_key(line.partition(" ")[2]) for line in lines.values_list("subject", flat=True)]
        if not named:
            return None
        return parse_note(kept.note).good_keys(dict.fromkeys(named))
    except ValueError:
        return []
