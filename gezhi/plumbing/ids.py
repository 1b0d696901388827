"""Public ids: UUIDv7, ordered by time, so that indexes grow at their end."""

from __future__ import annotations

from collections.abc import Callable
from uuid import UUID

from uuid_utils import uuid7

Ids = Callable[[], UUID]


def system_ids() -> UUID:
    return UUID(int=uuid7().int)
