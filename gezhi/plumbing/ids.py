"""Public ids: UUIDv7, ordered by time, so that indexes grow at their end; and salts, which nobody can guess."""

from __future__ import annotations

import secrets
from collections.abc import Callable
from uuid import UUID

from uuid_utils import uuid7

Ids = Callable[[], UUID]


def system_ids() -> UUID:
    return UUID(int=uuid7().int)


def system_salt() -> str:
    """32 bytes of chance, in hexadecimal: what keeps a digest of few possible words from being tried out."""
    return secrets.token_hex(32)
