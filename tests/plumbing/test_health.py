from __future__ import annotations

import pytest
from django.db import connection, transaction

from gezhi.plumbing import health

pytestmark = pytest.mark.django_db


def beat(seconds_ago: int) -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT procrastinate_register_worker_v1()")
        cursor.execute(
            "UPDATE procrastinate_workers SET last_heartbeat = now() - %s * interval '1 second'", [seconds_ago]
        )


def test_with_a_fresh_heartbeat_all_is_well() -> None:
    beat(1)
    assert health.look()["status"] == "ok"


@pytest.mark.parametrize("seconds_ago", [None, 60])
def test_without_a_worker_it_is_degraded_but_answers(seconds_ago: int | None) -> None:
    if seconds_ago is not None:
        beat(seconds_ago)
    report = health.look()
    assert (report["status"], report["worker"]) == ("degraded", "missing")


def test_pending_migrations_are_told(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(health, "_is_migrated", lambda: False)
    report = health.look()
    assert (report["status"], report["migrations"]) == ("down", "pending")


def test_a_database_that_is_away_is_down_without_its_address(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(health, "HEARTBEAT", "SELECT pg_sleep(1)")
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SET LOCAL statement_timeout = 1")
        report = health.look()
        transaction.set_rollback(True)
    assert report["status"] == "down"
    assert report["database"] == "OperationalError"
