"""号码脱敏: how a phone number is shown to those whose duty does not need it (requirement R25)."""

from __future__ import annotations

SHOWN_HEAD, SHOWN_TAIL = 3, 2


def mask_phone(phone: str) -> str:
    """13800001234 -> 138******34; a short number is hidden wholly."""
    if len(phone) <= SHOWN_HEAD + SHOWN_TAIL:
        return "*" * len(phone)
    return f"{phone[:SHOWN_HEAD]}{'*' * (len(phone) - SHOWN_HEAD - SHOWN_TAIL)}{phone[-SHOWN_TAIL:]}"
