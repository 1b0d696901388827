"""The tree against the vectors of RFC 6962, and its proofs at every size up to seventy."""

from __future__ import annotations

from functools import cache
from hashlib import sha256
from typing import Final

import pytest

from gezhi.proof.rules.tree import (
    EMPTY_ROOT,
    CompactRange,
    Node,
    consistency_proof,
    edge_of,
    inclusion_proof,
    is_consistent,
    is_included,
    leaf_hash,
    node_hash,
    root_of,
    subtree,
)

VECTOR: Final = ["", "00", "10", "2021", "3031", "40414243", "5051525354555657", "606162636465666768696a6b6c6d6e6f"]
ROOTS: Final = [
    "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d",
    "fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125",
    "aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77",
    "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
    "4e3bbb1f7b478dcfe71fb631631519a3bca12c9aefca1612bfce4c13a86264d4",
    "76e67dadbcdf1e10e1b74ddc608abd2f98dfb16fbce75277b5232a127f2087ef",
    "ddb89be403809e325750d3d263cd78929c2942b7942a34b77e122c9594a74c8c",
    "5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328",
]
MOST: Final = 70
HASHES: Final = [leaf_hash(str(number).encode()) for number in range(MOST)]


@cache
def node(height: int, index: int) -> bytes:
    if height == 0:
        return HASHES[index]
    return node_hash(node(height - 1, 2 * index), node(height - 1, 2 * index + 1))


def roots() -> list[bytes]:
    edge, found = CompactRange(), [EMPTY_ROOT]
    for hashed in HASHES:
        edge.append(hashed)
        found.append(edge.root)
    return found


ROOT_AT: Final = roots()


@pytest.mark.parametrize("size", range(1, 9))
def test_the_vectors_of_certificate_transparency_give_their_roots(size: int) -> None:
    assert root_of(leaf_hash(bytes.fromhex(leaf)) for leaf in VECTOR[:size]).hex() == ROOTS[size - 1]


def test_the_empty_tree_has_the_hash_of_nothing() -> None:
    assert CompactRange().root == root_of([]) == EMPTY_ROOT == sha256(b"").digest()


def test_a_leaf_is_never_mistaken_for_a_node() -> None:
    left, right = HASHES[:2]
    assert leaf_hash(left + right) != node_hash(left, right)


@pytest.mark.parametrize("size", range(1, MOST + 1))
def test_appending_and_cutting_give_the_same_root(size: int) -> None:
    assert subtree(0, size, node) == ROOT_AT[size]
    edge = edge_of(size, node)
    assert (edge.size, edge.root) == (size, ROOT_AT[size])
    if size < MOST:
        edge.append(HASHES[size])
        assert edge.root == ROOT_AT[size + 1]


def test_an_edge_of_another_length_is_refused() -> None:
    with pytest.raises(ValueError, match="3 leaves has 2 perfect subtrees, not 1"):
        CompactRange(3, [HASHES[0]])


def test_every_leaf_is_proved_in_every_tree_and_in_no_other() -> None:
    for size in range(1, MOST + 1):
        for index in range(size):
            proof = inclusion_proof(index, size, node)
            assert is_included(index, size, HASHES[index], proof, ROOT_AT[size])
            assert not is_included(index, size, HASHES[index - 1], proof, ROOT_AT[size]) or size == 1
            assert not is_included(index, size, HASHES[index], proof, ROOT_AT[size - 1])
            assert not is_included(index, size, HASHES[index], [*proof, HASHES[0]], ROOT_AT[size])
            assert not proof or not is_included(index, size, HASHES[index], proof[:-1], ROOT_AT[size])


def test_every_tree_is_proved_to_begin_with_every_earlier_one() -> None:
    for size in range(MOST + 1):
        for old in range(size + 1):
            proof = consistency_proof(old, size, node)
            assert is_consistent(old, ROOT_AT[old], size, ROOT_AT[size], proof)
            assert not is_consistent(old, HASHES[0], size, ROOT_AT[size], proof) or old == 1
            assert not is_consistent(old, ROOT_AT[old], size, HASHES[1], proof) or old == 0
            assert not is_consistent(old, ROOT_AT[old], size, ROOT_AT[size], [*proof, HASHES[0]])
            if proof:
                assert not is_consistent(old, ROOT_AT[old], size, ROOT_AT[size], proof[:-1])
                swapped = [HASHES[3], *proof[1:]]
                assert not is_consistent(old, ROOT_AT[old], size, ROOT_AT[size], swapped) or swapped == proof


def test_a_shorter_tree_never_follows_a_longer_one() -> None:
    assert not is_consistent(5, ROOT_AT[5], 3, ROOT_AT[3], consistency_proof(3, 5, node))
    with pytest.raises(ValueError, match="a tree of 3 leaves was never one of 5"):
        consistency_proof(5, 3, node)


@pytest.mark.parametrize("index", [-1, 3, 4])
def test_a_leaf_that_a_tree_does_not_have_is_proved_in_none(index: int) -> None:
    with pytest.raises(ValueError, match=f"no leaf {index}"):
        inclusion_proof(index, 3, node)
    assert not is_included(index, 3, HASHES[0], [], ROOT_AT[1])


def test_a_proof_of_one_leaf_is_empty() -> None:
    only: Node = node
    assert inclusion_proof(0, 1, only) == []
    assert is_included(0, 1, HASHES[0], [], HASHES[0])
