"""日志链: each entry is hashed together with the hash of the entry before it, per case.

The text that is hashed is the text that is stored, so a changed byte shows. Cut tails and missing cases are found by
the anchors.
"""

from __future__ import annotations

from hashlib import sha256

import msgspec

from gezhi.cases.rules.entries import Entry

ALGORITHM = 1  # sha256 over previous hash + UTF-8 text
FIRST = b"\x00" * 32
_encoder = msgspec.json.Encoder(order="deterministic")
_decoder = msgspec.json.Decoder(Entry)


def text_of(entry: Entry) -> str:
    """The canonical text of an entry."""
    return _encoder.encode(entry).decode()


def entry_of(text: str) -> Entry:
    """The entry that a canonical text holds."""
    return _decoder.decode(text)


def line_of(text: str, digest: str, algorithm: int) -> bytes:
    """A line of the export. The text stands in it byte for byte as it was hashed."""
    return b'{"algorithm":%d,"hash":"%b","entry":%b}\n' % (algorithm, digest.encode(), text.encode())


def link(previous: bytes, text: str) -> bytes:
    """The hash of an entry from the hash before it and its own text."""
    return sha256(previous + text.encode()).digest()
