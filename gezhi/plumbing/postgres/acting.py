"""为谁办理: for whom this thread acts, so that the journal can say it. Set by the doors, read before a register is
written.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar

NOBODY = ""
SAY = "SELECT set_config('gezhi.actor', %s, false)"

_for_whom: ContextVar[str] = ContextVar("for_whom", default=NOBODY)
_CHANGES = re.compile(
    r'\s*(?:INSERT INTO|UPDATE|DELETE FROM) (?!"?(?:plumbing_|procrastinate_|django_|axes_|notices_|proof_))'
)
"""Cases are written by one statement that begins otherwise: their log names who acted. What is excluded is no register,
but for pictures, whose rows name who stored them.
"""


def act_for(user_id: int, post_id: int) -> None:
    _for_whom.set(f"{user_id},{post_id}")


@contextmanager
def for_nobody_yet() -> Iterator[None]:
    """Around a request: what the one before was for is forgotten, and so is this one afterwards."""
    _for_whom.set(NOBODY)
    try:
        yield
    finally:
        _for_whom.set(NOBODY)


def for_whom() -> str:
    return _for_whom.get()


def writes_a_register(sql: object) -> bool:
    return isinstance(sql, str) and _CHANGES.match(sql) is not None
