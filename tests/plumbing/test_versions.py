from __future__ import annotations

import gc
from collections.abc import Iterator
from threading import Timer

import pytest
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext

from gezhi.plumbing import versions
from gezhi.plumbing.versions import Held, bump, held_numbers

pytestmark = pytest.mark.django_db


class Register:
    def __init__(self) -> None:
        self.loads = 0

    def load(self) -> int:
        self.loads += 1
        return self.loads


def test_a_register_is_read_once_until_its_number_moves() -> None:
    register = Register()
    held = Held("test", register.load)
    assert [held.get(), held.get()] == [1, 1]
    bump("test")
    assert [held.get(), held.get()] == [2, 2]


def test_another_register_keeps_what_it_holds() -> None:
    register = Register()
    held = Held("test", register.load)
    held.get()
    bump("other")
    assert held.get() == 1


def test_a_number_seen_in_a_rolled_back_transaction_never_comes_again() -> None:
    register = Register()
    held = Held("test", register.load)
    with transaction.atomic():
        first = bump("test")
        held.get()
        transaction.set_rollback(True)
    second = bump("test")
    assert second > first
    assert held.get() == 2


@pytest.fixture
def _collector_as_before() -> Iterator[None]:
    threshold = gc.get_threshold()
    yield
    gc.unfreeze()
    gc.set_threshold(*threshold)


@pytest.mark.usefixtures("_collector_as_before")
def test_what_is_loaded_at_the_start_is_neither_read_again_nor_looked_through_by_the_collector() -> None:
    def refuse() -> int:
        raise ValueError("a row that cannot be read")

    broken, register = Held("broken", refuse), Register()
    held = Held("test", register.load)
    versions.load_all()
    assert gc.get_freeze_count() > 0
    assert (register.loads, held.get(), register.loads) == (1, 1, 1)
    with pytest.raises(ValueError, match="cannot be read"):
        broken.get()


def test_numbers_are_read_with_one_statement_for_all_registers() -> None:
    many = [Held(f"test-{n}", lambda: 0) for n in range(5)]
    for held in many:
        held.get()
    versions._numbers.check_again()
    with CaptureQueriesContext(connection) as sent:
        for held in many * 3:
            held.get()
    assert len(sent) == 1


def test_what_changes_while_it_is_read_is_read_again_and_never_held_under_the_number_before() -> None:
    """Else a log entry would name an older version than the one it was computed with."""
    changes = iter((True, False))

    def load() -> int:
        return bump("test") if next(changes) else 0

    held = Held("test", load)
    assert held.get() == 0
    assert held_numbers({"test"}) == {"test": held.number}
    assert (held.number > 0, list(changes)) == (True, [])


def test_a_change_elsewhere_is_seen_after_two_seconds(monkeypatch: pytest.MonkeyPatch) -> None:
    now = 100.0
    monkeypatch.setattr("gezhi.plumbing.versions.time.monotonic", lambda: now)
    register = Register()
    held = Held("test", register.load)
    held.get()
    bump("test")
    versions._numbers.checked_at = now  # as another process sees it
    assert held.get() == 1
    now += versions.CHECK_EVERY_S
    assert held.get() == 2


def test_who_asks_by_now_sees_a_change_elsewhere_and_waits_for_another_that_reads_it() -> None:
    register = Register()
    held = Held("test", register.load)
    held.get()
    bump("test")
    assert held._lock.acquire()  # as another thread that reads it
    assert held.get() == 1
    Timer(0.05, held._lock.release).start()
    assert held.get(by_now=True) == 2
