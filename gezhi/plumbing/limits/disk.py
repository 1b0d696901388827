"""When a disk is full (磁盘已满): known by the error, whoever wrote."""

from __future__ import annotations

import errno

NO_ROOM = {errno.ENOSPC, errno.EDQUOT, errno.EFBIG}


def has_no_room(error: BaseException | None) -> bool:
    """Whether a full disk is behind an error, whoever wrapped it."""
    while error is not None:
        if isinstance(error, OSError) and error.errno in NO_ROOM:
            return True
        error = error.__cause__ or error.__context__
    return False
