"""A file that somebody else may have put there: read only if it is a plain one, and no larger than it may be."""

from __future__ import annotations

import os
import stat
from io import BufferedReader
from pathlib import Path


def open_plain(file: Path, most: int) -> BufferedReader:
    """Opened for reading; OSError also for a pipe or a device, which never ends, and for more bytes than `most`."""
    opened = os.fdopen(os.open(file, os.O_RDONLY | os.O_NONBLOCK), "rb")
    found = os.fstat(opened.fileno())
    if stat.S_ISREG(found.st_mode) and found.st_size <= most:
        return opened
    opened.close()
    reason = f"{found.st_size} bytes" if stat.S_ISREG(found.st_mode) else "no plain file"
    raise OSError(None, reason)


def read_plain(file: Path, most: int) -> bytes:
    with open_plain(file, most) as opened:
        return opened.read(most)
