"""举报人保护: how a name and a phone are shown to those whose duty does not need them (requirement R25)."""

from __future__ import annotations

SHOWN_HEAD, SHOWN_TAIL = 3, 2


def mask_name(name: str) -> str:
    """王小明 -> 王**; an empty name stays empty."""
    return f"{name[0]}**" if name else ""


def mask_phone(phone: str) -> str:
    """13800001234 -> 138******34; a short number is hidden wholly."""
    if len(phone) <= SHOWN_HEAD + SHOWN_TAIL:
        return "*" * len(phone)
    return f"{phone[:SHOWN_HEAD]}{'*' * (len(phone) - SHOWN_HEAD - SHOWN_TAIL)}{phone[-SHOWN_TAIL:]}"
