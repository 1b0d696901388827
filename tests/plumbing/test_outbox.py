from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta

import pytest
from django.db import connection, transaction
from django.db.models import F

from gezhi.plumbing import outbox
from gezhi.plumbing.models import AnnouncedEvent
from gezhi.plumbing.outbox import Announced, announce, announce_many, list_stuck, purge_done, relay, retry_stuck
from tests.fixtures import StatementCount

pytestmark = pytest.mark.django_db


class Ear:
    """A listener that remembers, and refuses as long as it is told to."""

    def __init__(self, name: str) -> None:
        self.__qualname__ = name
        self.heard: list[Announced] = []
        self.deaf = False

    def __call__(self, event: Announced) -> None:
        if self.deaf:
            raise ConnectionError("the line is dead")
        self.heard.append(event)


@pytest.fixture
def ears() -> Iterator[tuple[Ear, Ear]]:
    ears = Ear("one"), Ear("two")
    before = dict(outbox._listeners)
    outbox.set_listeners({"case.closed": ears})
    yield ears
    outbox.set_listeners(before)


def test_each_listener_hears_an_event_once_in_order(ears: tuple[Ear, Ear]) -> None:
    announce("case.closed", "a", {"case": 1})
    announce("case.closed", "b")
    relay()
    relay()
    for ear in ears:
        assert [(event.key, event.payload) for event in ear.heard] == [("a", {"case": 1}), ("b", {})]
        assert ear.heard[1].number == ear.heard[0].number + 1


def test_what_is_rolled_back_is_never_told(ears: tuple[Ear, Ear]) -> None:
    with transaction.atomic():
        announce("case.closed", "a")
        transaction.set_rollback(True)
    relay()
    assert ears[0].heard == []


def test_many_are_announced_with_one_statement(statement_count: StatementCount) -> None:
    with statement_count() as counted:
        announce_many(("case.closed", str(number), {}) for number in range(500))
    assert counted.total == 1
    assert AnnouncedEvent.objects.count() == 500


def test_history_is_marked_as_heard_and_nothing_else(ears: tuple[Ear, Ear], statement_count: StatementCount) -> None:
    outbox.set_listeners(dict.fromkeys(("case.closed", "registers.changed"), ears))
    announce("case.closed", "numbered")
    outbox.number_events()
    announce_many([("case.closed", "a", {}), ("registers.changed", "b", {}), ("case.noted", "c", {})])
    with statement_count() as counted:
        assert outbox.mark_heard("case.") == 4
    assert counted.total == 2
    rows = AnnouncedEvent.objects.order_by("number").values_list("key", "number", "is_done")
    first = rows[0][1]
    assert first is not None
    assert list(rows) == [
        ("numbered", first, True),
        ("a", first + 1, True),
        ("b", first + 2, False),
        ("c", first + 3, True),
    ]
    announce("case.closed", "after")
    relay()
    assert [event.key for event in ears[0].heard] == ["b", "after"]


def test_a_topic_without_listener_is_numbered_and_done(ears: tuple[Ear, Ear]) -> None:
    announce("case.registered", "a")
    relay()
    row = AnnouncedEvent.objects.get()
    assert (row.number, row.is_done) == (1, True)


def test_of_a_group_each_listener_hears_what_it_names_and_the_rest_is_done_unheard() -> None:
    before, one, two = dict(outbox._listeners), Ear("one"), Ear("two")
    outbox.hears("closed", "noted")(one)
    outbox.hears("closed")(two)
    outbox.set_listeners({"case.*": (one, two), "registers.changed": (two,)})
    announce_many((topic, topic, {}) for topic in ("case.closed", "case.noted", "case.moved", "registers.changed"))
    outbox.number_events()
    assert list(AnnouncedEvent.objects.filter(is_done=True).values_list("topic", flat=True)) == ["case.moved"]
    relay()
    outbox.set_listeners(before)
    assert [event.key for event in one.heard] == ["case.closed", "case.noted"]
    assert [event.key for event in two.heard] == ["case.closed", "registers.changed"]


def test_a_listener_of_a_group_that_names_nothing_is_refused(ears: tuple[Ear, Ear]) -> None:
    with pytest.raises(LookupError):
        outbox.set_listeners({"case.*": ears})


def test_a_deaf_listener_holds_up_nobody_and_hears_it_later(ears: tuple[Ear, Ear]) -> None:
    one, two = ears
    one.deaf = True
    announce("case.closed", "a")
    announce("case.closed", "b")
    relay()
    assert [event.key for event in two.heard] == ["a", "b"]
    row = AnnouncedEvent.objects.order_by("id")[0]
    assert "the line is dead" in row.error
    assert row.attempts == 1
    one.deaf = False
    assert retry_stuck() == 2
    relay()
    assert [event.key for event in one.heard] == ["a", "b"]
    assert [event.key for event in two.heard] == ["a", "b"]
    assert not AnnouncedEvent.objects.filter(is_done=False).exists()


def test_a_refused_event_waits_longer_each_time_and_is_listed_as_stuck(ears: tuple[Ear, Ear]) -> None:
    ears[0].deaf = True
    announce("case.closed", "a")
    for _ in range(3):
        relay()
        AnnouncedEvent.objects.update(next_try_at=F("next_try_at") - timedelta(hours=2))
    [stuck] = list_stuck()
    assert (stuck.key, stuck.attempts) == ("a", 3)
    assert "ConnectionError" in stuck.error


def test_a_listener_that_breaks_its_transaction_loses_only_its_own_work(ears: tuple[Ear, Ear]) -> None:
    def breaks(event: Announced) -> None:
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1/0")

    outbox.set_listeners({"case.closed": (breaks, ears[1])})
    announce("case.closed", "a")
    relay()
    assert len(ears[1].heard) == 1
    assert "division by zero" in AnnouncedEvent.objects.get().error


def test_numbers_go_on_after_old_events_are_purged(ears: tuple[Ear, Ear]) -> None:
    for key in "abc":
        announce("case.closed", key)
    relay()
    AnnouncedEvent.objects.update(announced_at=F("announced_at") - timedelta(days=31))
    assert purge_done() == 2
    announce("case.closed", "d")
    relay()
    assert ears[0].heard[-1].number == 4


@pytest.mark.django_db(transaction=True)
def test_a_late_commit_gets_a_later_number_than_what_was_seen_before_it(ears: tuple[Ear, Ear]) -> None:
    """A sequence gives its numbers before commit: who remembers the last one would miss the late one."""
    other = connection.copy()
    try:
        other.set_autocommit(False)
        with other.cursor() as cursor:
            cursor.execute(
                "INSERT INTO plumbing_announced_event (topic, key, payload) VALUES ('case.closed', 'late', '{}')"
            )
        announce("case.closed", "early")
        relay()
        other.commit()
        relay()
    finally:
        other.close()
    assert [(event.key, event.number) for event in ears[0].heard] == [("early", 1), ("late", 2)]
