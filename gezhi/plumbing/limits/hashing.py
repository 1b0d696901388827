"""Passwords are hashed in threads that give way to all others, and few at once, as each costs a tenth of a second of
several cores and 100 MB. Without this, whoever tries passwords stops whoever works.
"""

from __future__ import annotations

import os
import sys
import threading
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from contextlib import AbstractContextManager
from typing import Any, TypeVar

from django.contrib.auth.hashers import Argon2PasswordHasher

from gezhi.kernel.problems import Problem
from gezhi.plumbing.limits.slots import Slots

T = TypeVar("T")

AT_ONCE = 2
KINDER_BY = 10


class SignInBusy(Problem):
    code = "plumbing.limits.sign-in-busy"
    status = 429
    title = "登录的人较多，请稍候片刻再试。"
    title_en = "Many people are signing in; please wait a moment and try again."
    retry_after_s = 2


def hashing_slot(address: str) -> AbstractContextManager[None]:
    """Around every look at a password that somebody sends: one for each client address, so that one who tries
    thousands leaves room for the others.
    """
    return _slots.held_by(address, SignInBusy)


class YieldingArgon2(Argon2PasswordHasher):
    """The same hashes as those of its base class. Threads of the hash inherit how kind their starter is."""

    def encode(self, password: str, salt: str) -> str:
        return _apart(super().encode, password, salt)

    def verify(self, password: str, encoded: str) -> bool:
        return _apart(super().verify, password, encoded)


def _apart(work: Callable[..., T], *given: Any) -> T:
    return _threads.submit(work, *given).result()


def _give_way() -> None:
    if sys.platform == "linux":  # where each thread has a priority of its own
        os.setpriority(os.PRIO_PROCESS, threading.get_native_id(), KINDER_BY)


_slots = Slots(AT_ONCE, per_holder=1)
_threads = ThreadPoolExecutor(AT_ONCE, "hashing", initializer=_give_way)
"""Started with the first hash, so that a process that is forked before has none."""
