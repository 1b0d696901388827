from __future__ import annotations

import time
from collections.abc import Iterator
from threading import Event

import pytest
from django.db import connection

from gezhi.plumbing.health import checks, looking
from gezhi.plumbing.health.findings import (
    GB,
    Finding,
    Health,
    finding_of_clock,
    finding_of_disk,
    finding_of_loop,
    overall,
)
from gezhi.plumbing.health.looking import PATIENCE_S, Watch, readiness
from gezhi.plumbing.queue import loops
from gezhi.plumbing.queue.rounds import Beats, Rounds
from tests.fixtures import ApiClient

OK, WARNING, FAILED = Health.OK, Health.WARNING, Health.FAILED


@pytest.mark.parametrize(
    ("rhythm_s", "age_s", "standing"),
    [(5, 0.2, OK), (5, 60, OK), (5, 60.1, FAILED), (20, 80, OK), (20, 80.1, FAILED), (5, None, FAILED)],
)
def test_a_loop_is_late_when_it_has_missed_several_rounds_and_a_minute(
    rhythm_s: float, age_s: float | None, standing: Health
) -> None:
    assert finding_of_loop("cases.raise-due-clocks", rhythm_s, age_s).standing is standing


@pytest.mark.parametrize(
    ("free", "total", "standing"),
    [
        (GB // 4 - 1, 10 * GB, FAILED),
        (GB // 4, 10 * GB, WARNING),
        (GB // 2, 10 * GB, OK),
        (2 * GB - 1, 1000 * GB, WARNING),
        (2 * GB, 1000 * GB, OK),
    ],
)
def test_a_disk_warns_before_it_is_full(free: int, total: int, standing: Health) -> None:
    assert finding_of_disk(free, total).standing is standing


@pytest.mark.parametrize(("skew_s", "standing"), [(0, OK), (60, OK), (-60, OK), (60.5, FAILED), (-61, FAILED)])
def test_a_clock_that_differs_from_the_databases_is_no_good(skew_s: float, standing: Health) -> None:
    assert finding_of_clock(skew_s, 60).standing is standing


def test_all_together_is_as_bad_as_the_worst() -> None:
    assert overall([]) is OK
    assert overall([Finding(), Finding(WARNING)]) is WARNING
    assert overall([Finding(FAILED), Finding(WARNING)]) is FAILED


def test_what_hangs_is_named_in_time_and_looked_at_once() -> None:
    freed, begun = Event(), []

    def hangs() -> Iterator[tuple[str, Finding]]:
        begun.append(1)
        yield "database", Finding()
        freed.wait()
        yield "queue", Finding()

    watch = Watch({"disk": lambda: [("disk", Finding())], "database": hangs})
    took = []
    for _ in range(3):
        before = time.monotonic()
        findings = watch.ask()
        took.append(time.monotonic() - before)
        assert {name: finding.standing for name, finding in findings.items()} == {"disk": OK, "database": FAILED}
    assert took[0] >= PATIENCE_S > sum(took[1:])
    assert len(begun) == 1
    freed.set()
    watch.looks["database"].ended.wait()
    assert watch.ask()["queue"].standing is OK


def test_a_look_that_breaks_is_a_finding_too() -> None:
    def breaks() -> Iterator[tuple[str, Finding]]:
        yield "disk", Finding()
        raise OSError

    findings = Watch({"disk": breaks}).ask()
    assert (findings["disk"].standing, findings["look"].standing) == (OK, FAILED)
    assert findings["look"].facts == {"error": "OSError"}


@pytest.fixture
def _fresh(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(looking, "WATCH", Watch(looking.WATCH.parts))
    with connection.cursor() as cursor:
        cursor.execute("SELECT procrastinate_register_worker_v1()")
    rounds = Rounds()
    for loop in loops:
        rounds.begin(loop)
        rounds.end(loop, well=True)
    Beats(rounds).keep()


def age(statement: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute(statement)


committed = [pytest.mark.django_db(transaction=True), pytest.mark.usefixtures("_fresh")]


def failed() -> set[str]:
    status, report = readiness()
    names = {name for name, finding in report["checks"].items() if finding.get("standing") == "failed"}
    assert (status, report["status"]) == ((503, "failed") if names else (200, report["status"]))
    return names


class TestReadiness:
    pytestmark = committed

    def test_with_a_worker_and_all_its_loops_all_is_well(self) -> None:
        assert failed() == set()

    def test_a_worker_without_a_heartbeat_is_missing(self) -> None:
        age("UPDATE procrastinate_workers SET last_heartbeat = now() - interval '1 minute'")
        assert failed() == {"queue"}

    def test_a_loop_that_came_round_long_ago_is_named(self) -> None:
        age("UPDATE plumbing_loop_beat SET beat_at = now() - interval '2 minutes' WHERE name = 'notices.send-messages'")
        assert failed() == {"loop:notices.send-messages"}

    def test_tables_of_an_earlier_version_are_told_and_nothing_else_is_asked_of_them(
        self, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr(checks, "_migrated", False)
        monkeypatch.setitem(connection.settings_dict, "NAME", "postgres")
        assert failed() == {"migrations"}

    def test_a_database_that_is_away_is_told_without_its_address(self, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setitem(connection.settings_dict, "HOST", "/nowhere")
        assert failed() == {"database"}
        assert "nowhere" not in str(readiness())

    def test_what_another_capability_knows_is_asked_on_the_same_connection(
        self, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        def look(cursor: checks.Cursor) -> Finding:
            return Finding(FAILED if cursor.execute("SELECT 1").fetchone() == (1,) else OK)

        monkeypatch.setattr(checks, "_plugged", {"anchors": look})
        assert failed() == {"anchors"}

    def test_a_check_that_takes_too_long_is_stopped_by_the_database(self, monkeypatch: pytest.MonkeyPatch) -> None:
        def look(cursor: checks.Cursor) -> Finding:
            cursor.execute("SELECT pg_sleep(600)")
            return Finding()

        monkeypatch.setattr(checks, "_plugged", {"anchors": look})
        assert failed() == {"database"}

    def test_both_addresses_answer_and_the_first_asks_nobody(
        self, api: ApiClient, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setitem(connection.settings_dict, "HOST", "/nowhere")
        alive, ready = api.get("/healthz"), api.get("/readyz")
        assert (alive.status_code, alive.json()["status"]) == (200, "ok")
        assert (ready.status_code, ready.json()["status"]) == (503, "failed")
        assert ready.json()["checks"]["database"]["zh"].startswith("数据库无法连接")
