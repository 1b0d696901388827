"""登录名: letters, digits, and . _ @ - after the first; the same at every door."""

from __future__ import annotations

import re
from typing import Final

PATTERN: Final = r"^[A-Za-z0-9][A-Za-z0-9._@-]*$"
SHORTEST, LONGEST = 2, 60


def is_username(text: str) -> bool:
    return SHORTEST <= len(text) <= LONGEST and re.fullmatch(PATTERN, text) is not None
