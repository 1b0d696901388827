"""编码识别: a file as text. UTF-8, with its mark or without, or GB18030; both strictly, and nothing is guessed."""

from __future__ import annotations

NUL = "\0"


def decode(raw: bytes) -> str | None:
    """The text; None where it is neither, or holds what is no text."""
    for encoding in ("utf-8-sig", "gb18030"):
        try:
            text = raw.decode(encoding)
        except UnicodeDecodeError:
            continue
        return None if NUL in text else text
    return None
