"""叶: the lines of the tree. What is hashed is the UTF-8 line without an end of line.

`<kind>/1 <subject>` and, where it names a state of something, ` <number> <hash>`:

    head/1 <case> <seq> <hash>            the last entry of a case
    register/1 <table> <row> <seq> <hash> the last entry of a row of a register
    origin/1 <origin> <size> <root>       first in a tree that follows another one
    key/1 from|until <verifier key>       whose signature counts from here on, or no longer
    seal/1 <time> <size> <root>           last of each batch: when, and the tree before it
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from enum import StrEnum

import msgspec

from gezhi.proof.rules.tree import HASH_SIZE, leaf_hash

LINE = re.compile(r"([a-z]+)/1 ([^\x00-\x1f ]+(?: [^\x00-\x1f ]+)??)(?: (0|[1-9]\d{0,18}) ([0-9a-f]{64}))?")
LONGEST_LINE = 65_535
"""What the length of an entry in a bundle of tiles can say."""


class LeafKind(StrEnum):
    """Kinds of leaves; in a batch they stand in the order of their names, so that the seal is last."""

    HEAD = "head"
    KEY = "key"
    ORIGIN = "origin"
    REGISTER = "register"
    SEAL = "seal"


class Leaf(msgspec.Struct, frozen=True):
    """A line of the tree; `number` and `hash` are absent in a line about a key."""

    kind: LeafKind
    subject: str
    number: int | None = None
    hash: bytes | None = None

    @property
    def line(self) -> str:
        tail = f" {self.number} {self.hash.hex()}" if self.number is not None and self.hash is not None else ""
        return f"{self.kind.value}/1 {self.subject}{tail}"

    @property
    def hashed(self) -> bytes:
        return leaf_hash(self.line.encode())


class Seal(msgspec.Struct, frozen=True):
    """The end of a batch: its time, and size and root of the tree before it."""

    at: int
    earlier_size: int
    earlier_root: bytes

    @property
    def leaf(self) -> Leaf:
        return Leaf(LeafKind.SEAL, str(self.at), self.earlier_size, self.earlier_root)

    @staticmethod
    def of_leaf(leaf: Leaf) -> Seal:
        if leaf.kind is not LeafKind.SEAL or leaf.number is None or leaf.hash is None or not leaf.subject.isdecimal():
            raise ValueError(f"no seal: {leaf.line}")
        return Seal(int(leaf.subject), leaf.number, leaf.hash)


def parse_leaf(line: str) -> Leaf:
    """The leaf of a line, or ValueError: also for a line that would be written otherwise."""
    match = LINE.fullmatch(line)
    if match is None or len(line.encode()) > LONGEST_LINE:
        raise ValueError(f"no leaf: {line[:200]!r}")
    kind, subject, number, hashed = match.groups()
    return Leaf(
        LeafKind(kind),
        subject,
        int(number) if number is not None else None,
        bytes.fromhex(hashed) if hashed is not None else None,
    )


def in_order(leaves: Iterable[Leaf]) -> list[Leaf]:
    """As they stand in a batch: by kind, subject and number; an origin, which only a new tree has, before all."""
    return sorted(
        leaves, key=lambda leaf: (leaf.kind is not LeafKind.ORIGIN, leaf.kind, leaf.subject.encode(), leaf.number or 0)
    )


def is_whole(leaf: Leaf) -> bool:
    """Whether a leaf has the parts that its kind needs."""
    if leaf.kind is LeafKind.KEY:
        return leaf.number is None and leaf.hash is None
    return leaf.number is not None and leaf.hash is not None and len(leaf.hash) == HASH_SIZE
