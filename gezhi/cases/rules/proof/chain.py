"""日志链: the text of an entry. What is hashed is the text that is stored, so a changed byte shows; how the entries of
a case hang on each other says `gezhi/kernel/links.py`. Cut tails and missing cases are found by the anchors.
"""

from __future__ import annotations

import msgspec

from gezhi.cases.rules.entries import Entry

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
