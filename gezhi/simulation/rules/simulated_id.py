"""标识: UUIDv7 of simulated moments, equal for the same seed, problem and step."""

from __future__ import annotations

from hashlib import blake2b
from uuid import UUID

RANDOM_BITS = 74


def simulated_id(moment: int, words: str) -> UUID:
    """The milliseconds of the moment, then version, variant and 74 bits out of the words."""
    bits = int.from_bytes(blake2b(words.encode(), digest_size=10).digest(), "big") >> (80 - RANDOM_BITS)
    high, low = bits >> 62, bits & ((1 << 62) - 1)
    return UUID(int=(moment * 1000) << 80 | 0x7 << 76 | high << 64 | 0b10 << 62 | low)
