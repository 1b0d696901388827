"""Killed amid many reports: what was acknowledged is there once, and nothing runs that should not."""

from __future__ import annotations

import shutil
import signal
import threading
from collections import Counter
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from uuid import UUID, uuid4

import pytest

from gezhi.plumbing.gateways.holding import release
from gezhi.plumbing.gateways.places import places_of
from tests.faults.attack import GOOD_WITHIN_S, end_backends, is_whole, kill_at_random, stand_still
from tests.faults.backing_up import back_up_under_load
from tests.faults.load import Count, Load, count
from tests.faults.town import WEB_PROCESSES, Town, kill
from tests.plumbing.processes import (
    PATIENCE_S,
    eventually,
    is_alive,
    keeper_of,
    remove_home,
    servers_of,
    short_home,
)

REPORTS, SENDERS, KILL_AFTER = 150, 12, 50
WATCHED_WITHIN_S = 2.0
SLOW_MACHINE = 10
"""Speed is measured by `make faults`, alone on a machine; beside other tests this only says that nothing stays ill."""

pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def town() -> Iterator[Town]:
    town = Town()
    yield town
    if town.supervisor is not None and town.supervisor.poll() is None:
        town.end(signal.SIGTERM)
    assert eventually(lambda: not town.remains()), "something still runs after a clean end"
    remove_home(town.home)


def _everything(town: Town) -> list[int]:
    return town.remains()


def _supervisor(town: Town) -> list[int]:
    assert town.supervisor is not None
    return [town.supervisor.pid]


def _web(town: Town) -> list[int]:
    return town.child("web")[:1]


def _web_worker(town: Town) -> list[int]:
    return town.child("web")[-1:]


def _worker(town: Town) -> list[int]:
    return town.child("worker")


def _database(town: Town) -> list[int]:
    return servers_of(places_of(town.home).base)[:1]


@pytest.mark.parametrize(
    ("victims", "restarted"),
    [
        (_everything, True),
        (_supervisor, True),
        (_web, False),
        (_web_worker, False),
        (_worker, False),
        (_database, False),
    ],
)
def test_every_acknowledged_report_is_there_once(
    town: Town, victims: Callable[[Town], list[int]], restarted: bool
) -> None:
    keys = [str(uuid4()) for _ in range(REPORTS)]
    before = town.begun()
    acknowledged: dict[str, str] = {}
    enough = threading.Event()

    def send(key: str) -> None:
        acknowledged[key] = town.report(key)
        if len(acknowledged) >= KILL_AFTER:
            enough.set()

    with ThreadPoolExecutor(SENDERS) as senders:
        sent = [senders.submit(send, key) for key in keys]
        assert enough.wait(PATIENCE_S)
        pids = victims(town)
        assert pids, "nothing to kill"
        kill(pids)
        if restarted:
            assert town.supervisor is not None
            town.supervisor.wait(PATIENCE_S)
            assert eventually(lambda: not town.child("web") and not town.child("worker")), "orphans"
            town.start()
        for one in sent:
            one.result()
    assert len(acknowledged) == REPORTS
    assert eventually(town.is_ready), town.log()
    assert not [pid for pid in pids if is_alive(pid)]
    assert len(keeper_of(town.home)) == 1
    assert eventually(lambda: len(town.child("web")) == 1 + WEB_PROCESSES)
    assert eventually(lambda: len(town.child("worker")) == 1)
    assert set(acknowledged) == set(keys)
    assert town.begun() - before == Counter(acknowledged.values())
    assert town.differences() == []
    assert all(UUID(case) for case in acknowledged.values())


def test_lost_connections_heal_at_once_everywhere(town: Town) -> None:
    assert eventually(lambda: is_whole(town)), town.log()
    worker = town.child("worker")
    with Load(town, SENDERS // 2) as load:
        took = end_backends(town, 3, pause_s=0.5, told=print)
    assert max(took) < GOOD_WITHIN_S * SLOW_MACHINE
    assert eventually(town.is_ready), town.ask("readyz")
    assert town.child("worker") == worker, "the worker began anew, its loops were not healed"
    counted = eventually_told(town, load)
    assert counted.is_good(), counted


def test_whoever_watches_is_answered_while_the_database_stands_still_and_all_threads_with_it(town: Town) -> None:
    with Load(town, SENDERS):
        answers = stand_still(town, 3.0)
        assert eventually(town.is_ready), town.ask("readyz")
    late = [answer for answer in answers if answer[2] >= WATCHED_WITHIN_S * SLOW_MACHINE]
    assert late == []
    assert {status for path, status, _ in answers if path == "healthz"} == {200}
    assert [status for path, status, _ in answers if path == "readyz"][-1] == 503


def test_what_was_acknowledged_under_kills_in_random_order_is_there_once(town: Town) -> None:
    with Load(town, 3) as load:
        kill_at_random(town, 3, seed=7, told=print)
    counted = eventually_told(town, load)
    assert counted.is_good(), counted
    assert counted.reports > 0


def test_a_backup_amid_reports_holds_all_that_was_acknowledged_before_it_and_verifies_elsewhere(town: Town) -> None:
    target, elsewhere = short_home(), short_home()
    try:
        copy = back_up_under_load(town, target, elsewhere, a_second=20, seconds=4, told=print)
    finally:
        release(elsewhere)
        remove_home(elsewhere)
        shutil.rmtree(target)
    assert copy.is_good(), copy
    assert copy.held >= copy.before > 0


def eventually_told(town: Town, load: Load) -> Count:
    """Counted once all events have been told, or as it is when that does not come about."""
    eventually(lambda: count(town, load.acknowledged).waiting == 0, 60)
    return count(town, load.acknowledged)
