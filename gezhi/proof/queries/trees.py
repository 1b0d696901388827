"""The trees as they are kept: last batch, leaves, tiles, and the nodes that proofs are made of."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

import msgspec
from django.db import connection

from gezhi.proof.models import ProofBatch, ProofTile
from gezhi.proof.rules.checkpoint import Checkpoint
from gezhi.proof.rules.leaves import Leaf, LeafKind
from gezhi.proof.rules.tiles import WIDTH, nodes_of, split_hashes
from gezhi.proof.rules.tree import EMPTY_ROOT, Node

CHUNK = 5_000


class Batch(msgspec.Struct, frozen=True):
    """How far a tree has grown. The first tree begins with nothing."""

    tree: int
    size: int = 0
    root: bytes = EMPTY_ROOT
    sealed_at: int = 0
    changed_before: int = 0


def get_last_batch() -> Batch:
    """The last growth of the last tree."""
    row = ProofBatch.objects.order_by("-tree", "-size").first()
    return _batch_of(row) if row is not None else Batch(1)


def get_begun_at() -> int | None:
    """When the first tree began to grow."""
    row = ProofBatch.objects.order_by("tree", "size").first()
    return int(row.sealed_at.timestamp()) if row is not None else None


def list_batches(tree: int, since: int = 0) -> list[Batch]:
    """The batches of a tree, the first first."""
    return [_batch_of(row) for row in ProofBatch.objects.filter(tree=tree, size__gt=since).order_by("size")]


def _batch_of(row: ProofBatch) -> Batch:
    return Batch(row.tree, row.size, bytes(row.root), int(row.sealed_at.timestamp()), row.changed_before)


def read_nodes(tree: int, size: int) -> Node:
    """The nodes of a tree as it was at this size."""

    def entries(level: int, number: int) -> Sequence[bytes]:
        tile = ProofTile.objects.filter(tree=tree, level=level, number=number).first()
        if tile is not None:
            return split_hashes(bytes(tile.body))
        first = number * WIDTH
        return list_hashes(tree, level, first, min(first + WIDTH, size >> 8 * level))

    return nodes_of(entries)


def list_hashes(tree: int, level: int, first: int, end: int) -> list[bytes]:
    """Hashes of one level: of leaves, or of the full tiles below."""
    if level == 0:
        return [leaf.hashed for leaf in list_leaves(tree, first, end)]
    below = ProofTile.objects.filter(tree=tree, level=level - 1, number__gte=first, number__lt=end).order_by("number")
    return [bytes(root) for root in below.values_list("root", flat=True)]


LEAVES = """
SELECT kind, subject, number, hash FROM proof_leaf
WHERE tree = %s AND index >= %s AND index < %s ORDER BY index
"""


def list_leaves(tree: int, first: int, end: int) -> list[Leaf]:
    with connection.cursor() as cursor:
        cursor.execute(LEAVES, [tree, first, end])
        return [leaf_of(row) for row in cursor.fetchall()]


def leaf_of(row: Sequence[Any]) -> Leaf:
    kind, subject, number, hashed = row
    return Leaf(LeafKind(kind), subject, number, bytes(hashed) if hashed is not None else None)


FOUND = """
SELECT l.subject, l.number, l.hash, l.index
FROM unnest(%s::text[], %s::bigint[]) asked(subject, number)
JOIN proof_leaf l ON l.kind = %s AND l.subject = asked.subject AND l.number IS NOT DISTINCT FROM asked.number
WHERE l.tree = %s AND l.index < %s
"""


def find_leaves(tree: int, size: int, leaves: Sequence[Leaf]) -> dict[Leaf, int]:
    """Which of these lines a tree holds already, and where."""
    indexes: dict[Leaf, int] = {}
    with connection.cursor() as cursor:
        for kind in {leaf.kind for leaf in leaves}:
            asked = [leaf for leaf in leaves if leaf.kind is kind]
            parts = [leaf.subject for leaf in asked], [leaf.number for leaf in asked]
            cursor.execute(FOUND, [*parts, kind.value, tree, size])
            for subject, number, hashed, index in cursor.fetchall():
                indexes[leaf_of((kind, subject, number, hashed))] = index
    return indexes


def get_followed(tree: int) -> Checkpoint | None:
    """The head of the tree that this one follows, as its first leaf says."""
    first = list_leaves(tree, 0, 1)
    if not first:
        return None
    leaf = first[0]
    if leaf.kind is not LeafKind.ORIGIN or leaf.number is None or leaf.hash is None:
        return None
    return Checkpoint(leaf.subject, leaf.number, leaf.hash)


def list_trees() -> Iterable[int]:
    """The numbers of the trees, the first first."""
    return sorted(set(ProofBatch.objects.values_list("tree", flat=True)))
