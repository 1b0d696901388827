from __future__ import annotations

import errno

from gezhi.plumbing.limits.disk import has_no_room


def test_a_full_disk_is_known_whoever_wrapped_the_error() -> None:
    full, other = OSError(errno.ENOSPC, "No space left on device"), OSError(errno.EACCES, "Permission denied")
    wrapped = ValueError("cannot write the sheet")
    wrapped.__cause__ = full
    assert [has_no_room(error) for error in (full, wrapped, other, ValueError(), None)] == [
        True,
        True,
        False,
        False,
        False,
    ]
