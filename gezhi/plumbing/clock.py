"""The clock that is passed in: whole epoch seconds, nothing else tells the time."""

from __future__ import annotations

import time
from collections.abc import Callable

Clock = Callable[[], int]


def system_clock() -> int:
    return int(time.time())
