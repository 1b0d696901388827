"""Ties between processes: children that end with their parent, and locks that the kernel frees with their holder."""

from __future__ import annotations

import ctypes
import fcntl
import os
import signal
import sys
from collections.abc import Callable
from pathlib import Path

PR_SET_PDEATHSIG = 1


def end_with_parent(how: signal.Signals = signal.SIGKILL) -> None:
    """This process gets `how` when the thread that started it dies, even by kill -9 (Linux; elsewhere no tie holds)."""
    if sys.platform == "linux":
        ctypes.CDLL(None, use_errno=True).prctl(PR_SET_PDEATHSIG, how, 0, 0, 0)


def tied_to_me(how: signal.Signals) -> Callable[[], None]:
    """A `preexec_fn` for children of this process; the parent may be gone before the tie holds, so it looks."""
    parent = os.getpid()
    prctl = ctypes.CDLL(None, use_errno=True).prctl if sys.platform == "linux" else None

    def tie() -> None:
        if prctl is not None:
            prctl(PR_SET_PDEATHSIG, how, 0, 0, 0)
            if os.getppid() != parent:
                os._exit(1)

    return tie


class FileLock:
    """A flock on a file that is never removed. It ends with the process, however that ends."""

    def __init__(self, path: Path) -> None:
        path.parent.mkdir(parents=True, exist_ok=True)
        self.path = path
        self.descriptor = os.open(path, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)

    def try_lock(self, *, shared: bool = False) -> bool:
        kind = fcntl.LOCK_SH if shared else fcntl.LOCK_EX
        try:
            fcntl.flock(self.descriptor, kind | fcntl.LOCK_NB)
        except OSError:
            return False
        return True

    def unlock(self) -> None:
        fcntl.flock(self.descriptor, fcntl.LOCK_UN)

    def close(self) -> None:
        os.close(self.descriptor)

    def still_there(self) -> bool:
        """Whether the path still leads to the file that is locked (a removed home takes its keeper along)."""
        try:
            return self.path.stat().st_ino == os.fstat(self.descriptor).st_ino
        except FileNotFoundError:
            return False


def is_locked(path: Path) -> bool:
    """Whether some process holds the lock on this file exclusively."""
    if not path.exists():
        return False
    lock = FileLock(path)
    try:
        return not lock.try_lock(shared=True)
    finally:
        lock.close()


def is_running(pid: int) -> bool:
    """Whether a process of this number is there and no zombie."""
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    except PermissionError:
        return True
    try:
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] != "Z"
    except (FileNotFoundError, IndexError):
        return sys.platform != "linux"


def birth_of(pid: int) -> str:
    """When a process was born, in ticks since the machine started: tells it from a later one of the same number."""
    try:
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[19]
    except (OSError, IndexError):
        return ""
