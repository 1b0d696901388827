"""日志锚: what an anchor holds and how anchors follow one another."""

from __future__ import annotations

import gzip
from collections.abc import Iterable
from hashlib import sha256

import msgspec

FIRST_DIGEST = b"\x00" * 32


class Anchored(msgspec.Struct, frozen=True, array_like=True):
    """One case at the moment of the anchor: its last number and last hash (hexadecimal)."""

    case: str
    seq: int
    hash: str


def pack(cases: Iterable[Anchored]) -> bytes:
    """The body of an anchor: JSON lines, compressed without a time stamp, so that equal content gives equal bytes."""
    return gzip.compress(b"\n".join(msgspec.json.encode(one) for one in cases), mtime=0)


def unpack(body: bytes) -> list[Anchored]:
    decoder = msgspec.json.Decoder(Anchored)
    return [decoder.decode(line) for line in gzip.decompress(body).splitlines()]


def digest_of(previous: bytes, body: bytes) -> bytes:
    """Each anchor is hashed together with the one before it."""
    return sha256(previous + body).digest()
