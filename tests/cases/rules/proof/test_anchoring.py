"""Anchors: what their files hold, and how they follow one another."""

from __future__ import annotations

import gzip
from hashlib import sha256

from gezhi.cases.rules.proof.anchoring import FIRST_DIGEST, Anchored, digest_of, pack, unpack

TWO = [Anchored("a", 3, "00ff"), Anchored("b", 1, "0a")]


def test_a_body_is_one_array_per_line_and_none_after_the_last() -> None:
    assert gzip.decompress(pack(TWO)) == b'["a",3,"00ff"]\n["b",1,"0a"]'


def test_equal_content_gives_equal_bytes_whenever_it_is_packed() -> None:
    body = pack(TWO)
    assert body == pack(iter(TWO))
    assert body[4:8] == bytes(4)  # the time stamp of gzip


def test_what_was_packed_is_unpacked() -> None:
    assert unpack(pack(TWO)) == TWO
    assert unpack(pack([])) == []


def test_the_first_anchor_follows_thirty_two_zero_bytes_and_each_the_raw_digest_before() -> None:
    assert bytes(32) == FIRST_DIGEST
    first = digest_of(FIRST_DIGEST, b"one")
    assert first == sha256(bytes(32) + b"one").digest()
    assert digest_of(first, b"two") == sha256(first + b"two").digest()
