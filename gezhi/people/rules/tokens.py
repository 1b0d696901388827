"""API tokens (接口令牌): what a token looks like and when it is good.

Only the SHA-256 of a token is kept: the token carries 256 random bits, so a slow hash would add nothing.
"""

from __future__ import annotations

from hashlib import sha256

import msgspec

PREFIX = "gezhi_"
DEFAULT_DAYS = 365


class TokenFacts(msgspec.Struct, frozen=True):
    """A token as a process holds it, in epoch seconds."""

    id: int
    name: str
    user_id: int
    post_id: int
    expires_at: int


def token_digest(token: str) -> str:
    """What is stored of a token."""
    return sha256(token.encode()).hexdigest()


def bearer_token(header: str) -> str:
    """The token in an Authorization header; empty when it holds another scheme."""
    scheme, _, value = header.partition(" ")
    return value.strip() if scheme.lower() == "bearer" else ""
