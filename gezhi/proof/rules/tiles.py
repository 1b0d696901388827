"""Tiles (C2SP tlog-tiles): 256 hashes of one level beside each other, and the lines below them in bundles.

A full tile never changes. What is not full yet is made from what lies below it whenever it is needed, and kept nowhere:
kept partial tiles fill disks.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from functools import lru_cache

from gezhi.proof.rules.tree import HASH_SIZE, Node, node_hash

WIDTH = 256
HEIGHT = 8

Entries = Callable[[int, int], Sequence[bytes]]
"""(level, number) -> the hashes of that tile, as many as there are."""


def tile_path(level: int | str, number: int) -> str:
    """Where a tile lies: `tile/0/x001/x234/067`; `entries` instead of a level for the lines."""
    digits = f"{number:03d}"
    digits = digits.zfill(-(-len(digits) // 3) * 3)
    parts = [digits[at : at + 3] for at in range(0, len(digits), 3)]
    return "/".join(["tile", str(level), *(f"x{part}" for part in parts[:-1]), parts[-1]])


def full_tiles(before: int, size: int) -> Iterable[tuple[int, int]]:
    """(level, number) of all tiles that became full when the tree grew so far, lower levels first."""
    level = 0
    while size >> HEIGHT * (level + 1):
        span = HEIGHT * (level + 1)
        yield from ((level, number) for number in range(before >> span, size >> span))
        level += 1


def fold_tile(hashes: Sequence[bytes]) -> bytes:
    """The hash over a full tile, or over any power of two of its hashes: an entry of a level above."""
    row = list(hashes)
    while len(row) > 1:
        row = [node_hash(row[at], row[at + 1]) for at in range(0, len(row), 2)]
    return row[0]


def nodes_of(entries: Entries) -> Node:
    """The nodes of a tree whose tiles can be read; each tile is read once."""
    read = lru_cache(maxsize=4_096)(lambda level, number: tuple(entries(level, number)))

    def node(height: int, index: int) -> bytes:
        level, inner = divmod(height, HEIGHT)
        start = index << inner
        row = read(level, start // WIDTH)[start % WIDTH : start % WIDTH + (1 << inner)]
        if len(row) != 1 << inner:
            raise ValueError(f"tile {level}/{start // WIDTH} is not as wide as the tree needs it")
        return fold_tile(row)

    return node


def split_hashes(body: bytes) -> list[bytes]:
    """The hashes of a tile's body."""
    if len(body) % HASH_SIZE or len(body) > WIDTH * HASH_SIZE:
        raise ValueError(f"a tile has no {len(body)} bytes")
    return [body[at : at + HASH_SIZE] for at in range(0, len(body), HASH_SIZE)]


def bundle(lines: Iterable[str]) -> bytes:
    """Lines as a bundle of entries: each with its length in two bytes before it."""
    return b"".join(len(raw).to_bytes(2, "big") + raw for raw in map(str.encode, lines))


def unbundle(body: bytes) -> list[bytes]:
    lines, at = [], 0
    while at < len(body):
        length = int.from_bytes(body[at : at + 2], "big")
        line = body[at + 2 : at + 2 + length]
        if len(line) != length or at + 2 > len(body):
            raise ValueError("a bundle of entries ends in the middle of one")
        lines.append(line)
        at += 2 + length
    return lines
