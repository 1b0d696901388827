"""检查点 (C2SP tlog-checkpoint): origin, size and root of a tree, one line each, and nothing more."""

from __future__ import annotations

import re
from base64 import b64decode, b64encode
from binascii import Error

import msgspec

from gezhi.proof.rules.tree import HASH_SIZE

SIZE = re.compile(r"0|[1-9]\d{0,18}")
LINES = 3


class Checkpoint(msgspec.Struct, frozen=True):
    """The head of a tree: what a signature stands under."""

    origin: str
    size: int
    root: bytes

    @property
    def text(self) -> str:
        return f"{self.origin}\n{self.size}\n{b64encode(self.root).decode()}\n"


def parse_checkpoint(text: str) -> Checkpoint:
    """The head that a note's text holds, or ValueError. A line more is refused: nobody could audit it."""
    lines = text.split("\n")
    if len(lines) != LINES + 1 or lines.pop() or not lines[0] or not SIZE.fullmatch(lines[1]):
        raise ValueError("no checkpoint: it has an origin, a size and a root, one line each")
    try:
        root = b64decode(lines[2], validate=True)
    except Error as error:
        raise ValueError("no checkpoint: its root is no base64") from error
    checkpoint = Checkpoint(lines[0], int(lines[1]), root)
    if len(root) != HASH_SIZE or checkpoint.text != text:
        raise ValueError("no checkpoint: its root is no hash")
    return checkpoint
