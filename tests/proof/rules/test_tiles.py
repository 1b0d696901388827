"""Tiles: where they lie, which become full when, and that nodes made of them are those of the tree."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

import pytest

from gezhi.proof.rules.tiles import WIDTH, bundle, fold_tile, full_tiles, nodes_of, split_hashes, tile_path, unbundle
from gezhi.proof.rules.tree import consistency_proof, edge_of, is_consistent, leaf_hash, root_of

SIZE: Final = 70_000
HASHES: Final = [leaf_hash(b"%d" % number) for number in range(SIZE)]


@pytest.mark.parametrize(
    ("level", "number", "path"),
    [
        (0, 0, "tile/0/000"),
        (0, 67, "tile/0/067"),
        (1, 999, "tile/1/999"),
        (0, 1_000, "tile/0/x001/000"),
        (2, 1_234_067, "tile/2/x001/x234/067"),
        ("entries", 273, "tile/entries/273"),
    ],
)
def test_a_tile_lies_where_the_standard_says(level: int | str, number: int, path: str) -> None:
    assert tile_path(level, number) == path


@pytest.mark.parametrize(
    ("before", "size", "tiles"),
    [
        (0, 255, []),
        (0, 256, [(0, 0)]),
        (256, 511, []),
        (200, 600, [(0, 0), (0, 1)]),
        (65_535, 65_536, [(0, 255), (1, 0)]),
        (65_000, 65_800, [(0, 253), (0, 254), (0, 255), (0, 256), (1, 0)]),
    ],
)
def test_tiles_are_named_when_they_become_full(before: int, size: int, tiles: list[tuple[int, int]]) -> None:
    assert list(full_tiles(before, size)) == tiles


def entries(level: int, number: int) -> Sequence[bytes]:
    """Tiles of three levels, the partial ones made from below."""
    if level == 0:
        return HASHES[number * WIDTH : (number + 1) * WIDTH]
    first = number * WIDTH
    whole = SIZE >> 8 * level
    return [fold_tile(entries(level - 1, at)) for at in range(first, min(first + WIDTH, whole))]


def test_the_nodes_of_tiles_give_the_roots_of_the_tree() -> None:
    node, edge = nodes_of(entries), edge_of(SIZE, nodes_of(entries))
    assert edge.root == root_of(HASHES)
    for old in (1, 255, 256, 257, 65_535, 65_536, 65_537, 69_999):
        proof = consistency_proof(old, SIZE, node)
        assert is_consistent(old, root_of(HASHES[:old]), SIZE, edge.root, proof)


def test_a_tile_that_is_too_narrow_is_named() -> None:
    node = nodes_of(lambda _level, _number: HASHES[:3])
    assert node(1, 0) == fold_tile(HASHES[:2])
    with pytest.raises(ValueError, match="tile 0/0 is not as wide as the tree needs it"):
        node(2, 0)


def test_a_body_is_cut_into_its_hashes() -> None:
    assert split_hashes(b"".join(HASHES[:3])) == HASHES[:3]
    for body in (b"\x00" * 33, b"\x00" * (257 * 32)):
        with pytest.raises(ValueError, match="a tile has no"):
            split_hashes(body)


def test_lines_come_out_of_a_bundle_as_they_went_in() -> None:
    lines = ["seal/1 0 0 00", "案件", ""]
    assert unbundle(bundle(lines)) == [line.encode() for line in lines]
    for body in (bundle(lines)[:-1], bundle(["a"]) + b"\x00", bundle(["abc"])[:-1]):
        with pytest.raises(ValueError, match="ends in the middle"):
            unbundle(body)
