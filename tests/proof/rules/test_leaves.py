"""Lines of the tree: how they are written, read and put in order; what is no line is refused."""

from __future__ import annotations

from hashlib import sha256
from typing import Final

import pytest

from gezhi.proof.rules.leaves import Leaf, LeafKind, Seal, in_order, is_whole, parse_leaf

HASH: Final = bytes(range(32))
CASE: Final = "019390aa-0000-7000-8000-000000000001"
LINES: Final = {
    f"head/1 {CASE} 12 {HASH.hex()}": Leaf(LeafKind.HEAD, CASE, 12, HASH),
    f"register/1 duties_row 7 3 {HASH.hex()}": Leaf(LeafKind.REGISTER, "duties_row 7", 3, HASH),
    f"origin/1 gezhi-1/1 90 {HASH.hex()}": Leaf(LeafKind.ORIGIN, "gezhi-1/1", 90, HASH),
    "key/1 from gezhi-1/1+aabbccdd+AQ==": Leaf(LeafKind.KEY, "from gezhi-1/1+aabbccdd+AQ=="),
    f"seal/1 1793000000 0 {HASH.hex()}": Leaf(LeafKind.SEAL, "1793000000", 0, HASH),
}


@pytest.mark.parametrize("line", LINES)
def test_a_line_is_read_as_it_is_written(line: str) -> None:
    leaf = parse_leaf(line)
    assert (leaf, leaf.line, is_whole(leaf)) == (LINES[line], line, True)
    assert leaf.hashed == sha256(b"\x00" + line.encode()).digest()


@pytest.mark.parametrize(
    "line",
    [
        "",
        "head/1",
        f"head/2 {CASE} 12 {HASH.hex()}",
        f"tail/1 {CASE} 12 {HASH.hex()}",
        f"head/1  {CASE} 12 {HASH.hex()}",
        f"head/1 {CASE} 12 {HASH.hex()}\n",
        f"head/1 {CASE}\n 12 {HASH.hex()}",
        f"seal/1 1 0 {HASH.hex()} more and more",
        "key/1 from a+b+" + "x" * 70_000,
    ],
)
def test_what_is_no_line_is_refused(line: str) -> None:
    with pytest.raises(ValueError, match=r"no leaf|not a valid LeafKind"):
        parse_leaf(line)


def test_the_longest_line_is_what_a_bundle_can_say() -> None:
    longest = "key/1 " + "x" * (65_535 - 6)
    assert parse_leaf(longest).line == longest
    with pytest.raises(ValueError, match="no leaf"):
        parse_leaf(longest + "x")


@pytest.mark.parametrize(
    "leaf",
    [
        Leaf(LeafKind.HEAD, CASE, 12),
        Leaf(LeafKind.HEAD, CASE, None, HASH),
        Leaf(LeafKind.HEAD, CASE, 12, HASH[1:]),
        Leaf(LeafKind.KEY, CASE, 12),
        Leaf(LeafKind.KEY, CASE, None, HASH),
    ],
)
def test_a_leaf_has_number_and_hash_both_or_neither_as_its_kind_needs(leaf: Leaf) -> None:
    assert not is_whole(leaf)
    assert leaf.line.startswith(f"{leaf.kind}/1 {CASE}")
    with pytest.raises(ValueError, match="no seal"):
        Seal.of_leaf(leaf)


@pytest.mark.parametrize("line", [f"head/1 {CASE}", f"head/1 {CASE} 12", f"head/1 {CASE} 012 {HASH.hex()}"])
def test_a_line_without_its_parts_is_not_whole(line: str) -> None:
    try:
        leaf = parse_leaf(line)
    except ValueError:
        return
    assert not is_whole(leaf)


def test_a_batch_stands_in_order_of_kind_subject_and_number_with_its_seal_last() -> None:
    leaves = [parse_leaf(line) for line in reversed(LINES)]
    twice = Leaf(LeafKind.HEAD, CASE, 9, HASH)
    assert [leaf.kind.value for leaf in in_order([*leaves, twice])] == [
        *("origin", "head", "head", "key", "register", "seal")
    ]
    assert [leaf.number for leaf in in_order([*leaves, twice])][1:3] == [9, 12]


def test_a_seal_names_its_time_and_the_tree_before_it() -> None:
    seal = Seal(1_793_000_000, 4, HASH)
    assert Seal.of_leaf(parse_leaf(seal.leaf.line)) == seal
    with pytest.raises(ValueError, match="no seal"):
        Seal.of_leaf(Leaf(LeafKind.HEAD, CASE, 1, HASH))
    with pytest.raises(ValueError, match="no seal"):
        Seal.of_leaf(Leaf(LeafKind.SEAL, "yesterday", 1, HASH))
