"""存证批次: what changed since the last batch becomes leaves, with a seal at their end."""

from __future__ import annotations

from collections.abc import Sequence

from django.db import connection, transaction

from gezhi.people.queries import as_datetime
from gezhi.plumbing.clock import Clock
from gezhi.proof.models import ProofBatch, ProofTile
from gezhi.proof.queries.changed import list_changed
from gezhi.proof.queries.trees import Batch, find_leaves, get_followed, get_last_batch, list_hashes, read_nodes
from gezhi.proof.rules.checkpoint import Checkpoint
from gezhi.proof.rules.leaves import Leaf, LeafKind, Seal, in_order
from gezhi.proof.rules.tiles import WIDTH, fold_tile, full_tiles
from gezhi.proof.rules.tree import edge_of

LOCK = 0x6765_7A68_6903
AT_ONCE = 5_000

INSERT = """
INSERT INTO proof_leaf (tree, index, kind, subject, number, hash)
SELECT %s, * FROM unnest(%s::bigint[], %s::text[], %s::text[], %s::bigint[], %s::bytea[])
"""


@transaction.atomic
def grow_tree(
    *, clock: Clock, subjects: Sequence[str] = (), previous: Checkpoint | None = None, even_empty: bool = False
) -> Batch | None:
    """The next batch; None where nothing changed, or where another process is at it.

    `subjects` are lines about keys that the tree must hold; `previous` is the head of the tree that the signer's own
    one follows: if the last tree here does not say so, a new one begins.
    """
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_try_advisory_xact_lock(%s)", [LOCK])
        if not cursor.fetchone()[0]:
            return None
    last = get_last_batch()
    begins = previous is not None and last.size > 0 and get_followed(last.tree) != previous
    if begins:
        last = Batch(last.tree + 1, sealed_at=last.sealed_at)
    leaves, changed_before = list_changed(last)
    keys = [Leaf(LeafKind.KEY, subject) for subject in subjects]
    named = find_leaves(last.tree, last.size, keys)
    leaves += [leaf for leaf in keys if leaf not in named]
    if previous is not None and last.size == 0:
        leaves.append(Leaf(LeafKind.ORIGIN, previous.origin, previous.size, previous.root))
    if not leaves and not even_empty:
        return None
    # A clock that was set back must not make a seal older than the one before it.
    seal = Seal(max(clock(), last.sealed_at), last.size, last.root)
    return _append(last, [*in_order(leaves), seal.leaf], seal, changed_before)


def _append(last: Batch, leaves: Sequence[Leaf], seal: Seal, changed_before: int) -> Batch:
    edge = edge_of(last.size, read_nodes(last.tree, last.size))
    with connection.cursor() as cursor:
        for first in range(0, len(leaves), AT_ONCE):
            part = leaves[first : first + AT_ONCE]
            start = last.size + first
            columns = (
                list(range(start, start + len(part))),
                [leaf.kind.value for leaf in part],
                [leaf.subject for leaf in part],
                [leaf.number for leaf in part],
                [leaf.hash for leaf in part],
            )
            cursor.execute(INSERT, [last.tree, *columns])
    for leaf in leaves:
        edge.append(leaf.hashed)
    for level, number in full_tiles(last.size, edge.size):
        hashes = list_hashes(last.tree, level, number * WIDTH, (number + 1) * WIDTH)
        ProofTile.objects.create(
            tree=last.tree, level=level, number=number, body=b"".join(hashes), root=fold_tile(hashes)
        )
    batch = Batch(last.tree, edge.size, edge.root, seal.at, changed_before)
    ProofBatch.objects.create(
        tree=batch.tree,
        size=batch.size,
        root=batch.root,
        sealed_at=as_datetime(seal.at),
        changed_before=changed_before,
    )
    return batch
