"""存证凭证取数: the last entry of a case that is under a signature, with its way through the tree."""

from __future__ import annotations

from uuid import UUID

from django.conf import settings
from django.db import connection

from gezhi.proof.queries.checkpoints import get_last_checkpoint, with_receipts
from gezhi.proof.queries.signed import find_good_keys
from gezhi.proof.queries.trees import leaf_of, read_nodes
from gezhi.proof.rules.inclusion import DoesNotFit, Inclusion, NotSignedYet
from gezhi.proof.rules.leaves import LeafKind
from gezhi.proof.rules.tree import inclusion_proof

SIGNED = """
SELECT l.tree, l.index, l.kind, l.subject, l.number, l.hash FROM proof_leaf l
WHERE l.kind = %s AND l.subject = %s AND l.index < (SELECT max(c.size) FROM proof_checkpoint c WHERE c.tree = l.tree)
ORDER BY l.tree DESC, l.number DESC LIMIT 1
"""


def prove_case(case_id: UUID) -> Inclusion:
    """Under the last checkpoint of its tree, with the signatures of witnesses. What would not verify is not given."""
    with connection.cursor() as cursor:
        cursor.execute(SIGNED, [LeafKind.HEAD.value, str(case_id)])
        row = cursor.fetchone()
    if row is None:
        raise NotSignedYet(minutes=settings.GEZHI_PROOF_MINUTES)
    tree, index, *line = row
    kept = get_last_checkpoint(tree)
    assert kept is not None  # the line is under one
    try:
        leaf, node = leaf_of(line), read_nodes(tree, kept.size)
        found = Inclusion(leaf, index, tuple(inclusion_proof(index, kept.size, node)), with_receipts(kept))
        fits = found.fits() and find_good_keys(kept) != []
    except ValueError as error:
        raise DoesNotFit from error
    if not fits:
        raise DoesNotFit
    return found
