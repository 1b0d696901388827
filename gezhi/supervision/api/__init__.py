"""Doors of supervision: orders, the ledger of accountability, major cases, cases without owner, and the rules."""

from gezhi.supervision.api import (
    accountability,
    addressees,
    key_lists,
    major,
    meetings,
    odd_patterns,
    orders,
    ownerless,
    rules,
)
from gezhi.supervision.api.router import router

__all__ = [
    "accountability",
    "addressees",
    "key_lists",
    "major",
    "meetings",
    "odd_patterns",
    "orders",
    "ownerless",
    "router",
    "rules",
]
