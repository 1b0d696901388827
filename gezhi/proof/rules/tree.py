"""存证树, the tree of RFC 6962: roots, inclusion and consistency proofs.

Proofs are made of perfect subtrees only: `node(height, index)` is the hash over the leaves
[index · 2^height, (index + 1) · 2^height), wherever it is kept. Verifying needs none of them.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from hashlib import sha256
from itertools import chain

EMPTY_ROOT = sha256(b"").digest()
HASH_SIZE = 32

Node = Callable[[int, int], bytes]


def leaf_hash(leaf: bytes) -> bytes:
    return sha256(b"\x00" + leaf).digest()


def node_hash(left: bytes, right: bytes) -> bytes:
    return sha256(b"\x01" + left + right).digest()


class CompactRange:
    """The right edge of a tree: the roots of its perfect subtrees, the largest first. Enough to append for ever."""

    def __init__(self, size: int = 0, edge: Iterable[bytes] = ()) -> None:
        self.size, self.edge = size, list(edge)
        if len(self.edge) != size.bit_count():
            raise ValueError(f"a tree of {size} leaves has {size.bit_count()} perfect subtrees, not {len(self.edge)}")

    def append(self, hashed: bytes) -> None:
        """One more leaf, given by its hash."""
        size, self.size = self.size, self.size + 1
        while size & 1:
            hashed = node_hash(self.edge.pop(), hashed)
            size >>= 1
        self.edge.append(hashed)

    @property
    def root(self) -> bytes:
        if not self.edge:
            return EMPTY_ROOT
        *larger, root = self.edge
        for hashed in reversed(larger):
            root = node_hash(hashed, root)
        return root


def root_of(hashes: Iterable[bytes]) -> bytes:
    """The root over leaves that are given by their hashes."""
    edge = CompactRange()
    for hashed in hashes:
        edge.append(hashed)
    return edge.root


def edge_of(size: int, node: Node) -> CompactRange:
    """The right edge of a tree whose nodes are kept."""
    edge, start = [], 0
    for height in reversed(range(size.bit_length())):
        if size >> height & 1:
            edge.append(node(height, start >> height))
            start += 1 << height
    return CompactRange(size, edge)


def _split(count: int) -> int:
    """The largest power of two that is smaller than the count."""
    return 1 << (count - 1).bit_length() - 1


def subtree(start: int, end: int, node: Node) -> bytes:
    """The hash over the leaves [start, end), as RFC 6962 cuts them."""
    count = end - start
    if count & (count - 1) == 0:
        return node(count.bit_length() - 1, start // count)
    middle = start + _split(count)
    return node_hash(subtree(start, middle, node), subtree(middle, end, node))


def inclusion_proof(index: int, size: int, node: Node) -> list[bytes]:
    """What leads from a leaf to the root of the tree of that size."""
    if not 0 <= index < size:
        raise ValueError(f"a tree of {size} leaves has no leaf {index}")
    proof, start, end = [], 0, size
    while end - start > 1:
        middle = start + _split(end - start)
        if index < middle:
            proof.append(subtree(middle, end, node))
            end = middle
        else:
            proof.append(subtree(start, middle, node))
            start = middle
    return proof[::-1]


def consistency_proof(old: int, size: int, node: Node) -> list[bytes]:
    """What shows that the tree of the old size is the beginning of the other. Empty from 0 and to itself."""
    if not 0 <= old <= size:
        raise ValueError(f"a tree of {size} leaves was never one of {old}")
    if old in {0, size}:
        return []
    proof, start, end = [], 0, size
    while old != end:
        middle = start + _split(end - start)
        if old <= middle:
            proof.append(subtree(middle, end, node))
            end = middle
        else:
            proof.append(subtree(start, middle, node))
            start = middle
    if start:  # otherwise the old root itself is a node of the tree: whoever verifies has it
        proof.append(subtree(start, end, node))
    return proof[::-1]


def is_included(index: int, size: int, hashed: bytes, proof: Sequence[bytes], root: bytes) -> bool:
    """Whether the proof leads from the leaf to the root. Without a signed root it shows nothing (RFC 9162, 2.1.3.2)."""
    if not 0 <= index < size:
        return False
    at, last = index, size - 1
    for step in proof:
        if last == 0:
            return False
        if at & 1 or at == last:
            hashed = node_hash(step, hashed)
            while at and not at & 1:
                at, last = at >> 1, last >> 1
        else:
            hashed = node_hash(hashed, step)
        at, last = at >> 1, last >> 1
    return last == 0 and hashed == root


def is_consistent(old: int, old_root: bytes, size: int, root: bytes, proof: Sequence[bytes]) -> bool:
    """Whether the tree of the new root begins with that of the old one (RFC 9162, 2.1.4.2)."""
    if old == size:
        return not proof and old_root == root
    if old == 0:
        return not proof and old_root == EMPTY_ROOT
    if not 0 < old < size or not proof:
        return False
    first, *steps = chain([old_root], proof) if old & (old - 1) == 0 else proof
    at, last = old - 1, size - 1
    while at & 1:
        at, last = at >> 1, last >> 1
    before = after = first
    for step in steps:
        if last == 0:
            return False
        if at & 1 or at == last:
            before, after = node_hash(step, before), node_hash(step, after)
            while at and not at & 1:
                at, last = at >> 1, last >> 1
        else:
            after = node_hash(after, step)
        at, last = at >> 1, last >> 1
    return last == 0 and before == old_root and after == root
