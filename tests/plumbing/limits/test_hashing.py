from __future__ import annotations

import os
import sys
import threading

import pytest
from django.contrib.auth.hashers import Argon2PasswordHasher

from gezhi.plumbing.limits import hashing
from gezhi.plumbing.limits.hashing import KINDER_BY, YieldingArgon2


def test_hashes_are_those_that_were_stored_before() -> None:
    hasher, plain = YieldingArgon2(), Argon2PasswordHasher()
    encoded = hasher.encode("a-password", "some-salt-1")
    assert plain.verify("a-password", encoded)
    assert hasher.verify("a-password", plain.encode("a-password", "some-salt-2"))
    assert not hasher.verify("another", encoded)


@pytest.mark.skipif(sys.platform != "linux", reason="elsewhere a thread has no priority of its own")
def test_hashing_gives_way_to_the_threads_that_answer() -> None:
    def kindness() -> int:
        return os.getpriority(os.PRIO_PROCESS, threading.get_native_id())

    assert hashing._apart(kindness) == KINDER_BY
    assert kindness() < KINDER_BY or os.getpriority(os.PRIO_PROCESS, 0) >= KINDER_BY
