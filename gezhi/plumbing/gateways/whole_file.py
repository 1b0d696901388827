"""A file is there whole or not at all, whatever happens while it is written: a full disk, a kill, a power cut."""

from __future__ import annotations

import os
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO

HALF = ".half"
OLD_AFTER_S = 3600


def write_whole(file: Path, content: bytes, *, halves: Path) -> bool:
    """Write it under another name in `halves`, on the same disk, and move it to its place once it is on the disk.

    Gives whether it was new: what is there already is left as it is. OSError leaves nothing behind.
    """
    if file.exists():
        return False
    with writing(file, halves=halves) as opened:
        opened.write(content)
    return True


@contextmanager
def writing(file: Path, *, halves: Path) -> Iterator[IO[bytes]]:
    """The same for what comes piece by piece; what is there already is replaced."""
    file.parent.mkdir(parents=True, exist_ok=True)
    halves.mkdir(parents=True, exist_ok=True)
    half = halves / f"{file.name}.{os.getpid()}.{threading.get_ident()}{HALF}"
    try:
        with half.open("wb") as opened:
            yield opened
            opened.flush()
            os.fsync(opened.fileno())
        half.rename(file)
    except BaseException:
        half.unlink(missing_ok=True)
        raise


def sweep_halves(halves: Path) -> int:
    """Remove what a process left that was killed while it wrote: halves that nobody has touched for an hour."""
    before, swept = time.time() - OLD_AFTER_S, 0  # the clock of the file system
    for half in halves.glob(f"*{HALF}"):
        try:
            if half.stat().st_mtime < before:
                half.unlink()
                swept += 1
        except FileNotFoundError:
            continue
    return swept
