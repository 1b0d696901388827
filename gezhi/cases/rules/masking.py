"""举报人保护: who reported is masked unless the duty needs it (requirement R25)."""

from __future__ import annotations

from gezhi.notices.rules.masking import mask_phone

__all__ = ["mask_name", "mask_phone"]


def mask_name(name: str) -> str:
    """王小明 -> 王**; an empty name stays empty."""
    return f"{name[0]}**" if name else ""
