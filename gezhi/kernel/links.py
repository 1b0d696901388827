"""日志链: how an entry of a log is hashed together with the one before it. Case log and journal share this rule.

The text goes in as its own digest, so that somebody who may not read an entry can still be shown the chain around it.
"""

from __future__ import annotations

from hashlib import sha256

ALGORITHM = 2
MARK = b"gezhi/link/2\n"
FIRST = b"\x00" * 32


def link(previous: bytes, text: str) -> bytes:
    """The hash of an entry from the hash before it and its own text."""
    return sha256(MARK + previous + sha256(text.encode()).digest()).digest()
