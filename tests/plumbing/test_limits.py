"""What the database ends when it lasts too long, and what is told of it."""

from __future__ import annotations

import shutil
import time
from collections.abc import Iterator
from pathlib import Path
from threading import Thread
from typing import Any

import psycopg
import pytest
from django.db import DatabaseError, OperationalError, connection, transaction

from gezhi.plumbing.gateways.places import places_of
from gezhi.plumbing.postgres import room
from gezhi.plumbing.postgres.limits import Limits, limit_this_process, network_options
from gezhi.plumbing.postgres.refusals import refusal_of
from tests.plumbing.processes import eventually

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def _limited(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    options = {**connection.settings_dict["OPTIONS"]}
    monkeypatch.setitem(connection.settings_dict, "OPTIONS", options)
    limit_this_process(Limits(statement_s=2, lock_s=1, idle_s=1))
    yield
    connection.close()


def execute(statement: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute(statement)


def other() -> psycopg.Connection[Any]:
    settings = connection.settings_dict
    return psycopg.connect(host=settings["HOST"], user=settings["USER"], dbname=settings["NAME"])


def refused(statement: str) -> tuple[str, int | None]:
    with pytest.raises(DatabaseError) as refusal:
        execute(statement)
    problem = refusal_of(refusal.value)
    assert problem is not None
    return problem.code, problem.retry_after_s


@pytest.mark.usefixtures("_limited")
def test_a_statement_that_takes_too_long_is_told_as_slow_and_the_connection_goes_on() -> None:
    assert refused("SELECT pg_sleep(60)") == ("plumbing.database.slow", 30)
    execute("SELECT 1")


@pytest.mark.usefixtures("_limited")
def test_a_lock_that_another_holds_is_told_as_busy() -> None:
    with other() as holder:
        holder.execute("LOCK TABLE plumbing_register_version IN ACCESS EXCLUSIVE MODE")
        assert refused("SELECT * FROM plumbing_register_version") == ("plumbing.database.busy", 2)


def begin_and_forget() -> None:
    with transaction.atomic():
        execute("SELECT 1")
        pid = connection.connection.info.backend_pid
        with other() as looker:
            looker.autocommit = True
            ask = "SELECT 1 FROM pg_stat_activity WHERE pid = %s"
            assert eventually(lambda: not looker.execute(ask, [pid]).fetchall())
        execute("SELECT 1")


@pytest.mark.usefixtures("_limited")
def test_a_transaction_in_which_nothing_happens_is_ended_and_told_as_slow() -> None:
    with pytest.raises(DatabaseError) as refusal:
        begin_and_forget()
    problem = refusal_of(refusal.value)
    assert problem is not None
    assert problem.code == "plumbing.database.slow"
    execute("SELECT 1")


def test_a_connection_that_was_ended_is_told_as_away() -> None:
    execute("SELECT 1")
    pid = connection.connection.info.backend_pid
    with other() as ender:
        ender.execute("SELECT pg_terminate_backend(%s, 5000)", [pid])
    assert refused("SELECT 1") == ("plumbing.database.away", 5)
    connection.close()


def test_a_disk_of_the_database_that_is_full_is_told_so_with_every_state_that_says_it() -> None:
    full = "DO $$ BEGIN RAISE SQLSTATE '53100' USING MESSAGE = 'could not extend file'; END $$"
    assert refused(full) == ("plumbing.database.full", None)


def told_of_a_lost_connection() -> str:
    problem = refusal_of(OperationalError("the database system is in recovery mode"))
    assert problem is not None
    return problem.code


def test_a_database_of_ours_that_is_away_because_its_log_has_no_room_is_told_as_full(
    monkeypatch: pytest.MonkeyPatch, settings: Any, tmp_path: Path
) -> None:
    """A PostgreSQL whose log does not fit ends with PANIC; then nobody gets a connection, and none is told why."""
    settings.GEZHI_HOME = tmp_path
    places = places_of(tmp_path)
    places.data.mkdir(parents=True)
    assert told_of_a_lost_connection() == "plumbing.database.away"
    monkeypatch.setattr(room, "PIECE", 2**62)
    assert told_of_a_lost_connection() == "plumbing.database.away"
    monkeypatch.setitem(connection.settings_dict, "HOST", str(places.socket))
    assert told_of_a_lost_connection() == "plumbing.database.full"
    monkeypatch.setattr(room, "PIECE", 0)
    assert told_of_a_lost_connection() == "plumbing.database.away"


def test_the_fullest_of_several_disks_is_the_one_that_counts(tmp_path: Path) -> None:
    here = shutil.disk_usage(tmp_path)
    assert room.least_free((tmp_path / "nowhere",)) is None
    found = room.least_free((tmp_path / "nowhere", tmp_path, Path("/proc")))
    assert found is not None
    assert found[0] <= here.free


def test_two_that_wait_for_each_other_are_told_as_busy() -> None:
    with other() as holder:
        holder.execute("SELECT pg_advisory_lock(71)")
        with transaction.atomic():
            execute("SELECT pg_advisory_xact_lock(72)")
            waiting = Thread(target=lambda: holder.execute("SET deadlock_timeout = '1h'; SELECT pg_advisory_lock(72)"))
            waiting.start()
            time.sleep(0.3)
            with pytest.raises(DatabaseError) as refusal:
                execute("SELECT pg_advisory_xact_lock(71)")
            transaction.set_rollback(True)
        waiting.join()
    problem = refusal_of(refusal.value)
    assert problem is not None
    assert problem.code == "plumbing.database.busy"


def test_a_mistake_of_ours_is_no_refusal_of_the_database() -> None:
    with pytest.raises(DatabaseError) as mistake:
        execute("SELECT no_such_column")
    assert refusal_of(mistake.value) is None
    assert refusal_of(ZeroDivisionError()) is None


def test_a_command_of_the_command_line_has_no_limit() -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT name, setting FROM pg_settings WHERE name ~ '^(statement|lock|idle_in.*)_timeout$'")
        assert {setting for _, setting in cursor.fetchall()} == {"0"}


@pytest.mark.parametrize(("host", "watched"), [("", False), ("/run/postgresql", False), ("10.0.0.7", True)])
def test_a_connection_over_the_network_notices_a_pulled_cable(host: str, watched: bool) -> None:
    assert ("tcp_user_timeout" in network_options(host)) is watched
