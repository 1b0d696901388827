"""The role of web and worker may do its work and nothing to the logs: every way of bending them is tried."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from uuid import uuid4

import psycopg
import pytest
from django.conf import settings
from django.db import connection
from psycopg import errors
from pytest_django.plugin import DjangoDbBlocker

from gezhi.plumbing.gateways.places import places_of
from gezhi.plumbing.gateways.roles import OWNER, SERVING, password_file
from gezhi.plumbing.postgres.grants import grant_statements

REFUSED = errors.InsufficientPrivilege
ENTRY = """
INSERT INTO cases_log_entry (case_id, seq, kind, command_id, happened_at, recorded_at, actor_id, post_id,
    organisation_id, node, algorithm, text, hash)
VALUES (gen_random_uuid(), 1, 'noted', gen_random_uuid(), now(), now(), 1, 1, 1, '', 2, '{}', '')
"""


@pytest.fixture(scope="module")
def place(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> dict[str, Any]:
    place = {"host": str(places_of(settings.GEZHI_HOME).socket), "dbname": connection.settings_dict["NAME"]}
    with psycopg.connect(**place, user=OWNER, autocommit=True) as owner:
        owner.execute(grant_statements(SERVING).encode())
    return place


@pytest.fixture
def serving(place: dict[str, Any]) -> Iterator[psycopg.Connection[Any]]:
    with psycopg.connect(**place, user=SERVING) as connected:
        yield connected
        connected.rollback()


def test_it_does_its_work_and_adds_to_the_logs(serving: psycopg.Connection[Any]) -> None:
    serving.execute("INSERT INTO plumbing_register_version VALUES ('lamps', 1)")
    serving.execute("UPDATE plumbing_register_version SET number = 2 WHERE name = 'lamps'")
    serving.execute("DELETE FROM plumbing_register_version WHERE name = 'lamps'")
    serving.execute("SELECT nextval('cases_serial')")
    serving.execute(ENTRY)
    assert serving.execute("SELECT count(*) FROM cases_log_entry").fetchone() == (1,)


def test_what_it_changes_in_a_register_stands_in_the_journal_under_its_name(serving: psycopg.Connection[Any]) -> None:
    serving.execute(
        "INSERT INTO supervision_rule (key, valid_from, document, changed_by, changed_at, reason)"
        " VALUES ('lamps', '2026-03-01', '{}', 1, now(), '')"
    )
    found = serving.execute("SELECT register, db_role FROM plumbing_journal ORDER BY id DESC LIMIT 1").fetchone()
    assert found == ("supervision_rule", SERVING)


@pytest.mark.parametrize(
    "sql",
    [
        "UPDATE cases_log_entry SET text = '{}'",
        "DELETE FROM cases_log_entry",
        "TRUNCATE cases_log_entry",
        "TRUNCATE cases_log_entry CASCADE",
        "UPDATE proof_checkpoint SET size = 1",
        "TRUNCATE proof_leaf",
        "DELETE FROM people_account_event",
        "UPDATE supervision_event SET text = ''",
        "DELETE FROM desks_shift_entry",
        "DELETE FROM proof_leaf",
        "INSERT INTO plumbing_journal (register) VALUES ('people_user')",
        "UPDATE plumbing_journal SET user_id = 9",
        "DELETE FROM plumbing_journal",
        "TRUNCATE plumbing_journal",
        "TRUNCATE people_user CASCADE",
        "TRUNCATE cases_report",
        "ALTER TABLE cases_log_entry DISABLE TRIGGER ALL",
        "ALTER TABLE people_user DISABLE TRIGGER people_user_journal_update",
        "DROP TRIGGER cases_log_entry_append_only ON cases_log_entry",
        "ALTER TABLE cases_log_entry OWNER TO gezhi_serving",
        "ALTER TABLE cases_case ADD COLUMN mine int",
        "DROP TABLE cases_log_entry",
        "CREATE TABLE mine (id int)",
        "CREATE TEMPORARY TABLE people_user (id int)",
        "CREATE SCHEMA mine",
        "CREATE FUNCTION mine() RETURNS int LANGUAGE sql AS 'SELECT 1'",
        "CREATE OR REPLACE FUNCTION plumbing_refuse_change() RETURNS trigger LANGUAGE plpgsql AS ''",
        "SELECT plumbing_journal_write()",
        "SET session_replication_role = replica",
        "SET ROLE gezhi",
        "SET SESSION AUTHORIZATION gezhi",
        "ALTER ROLE gezhi_serving SUPERUSER",
        "GRANT UPDATE ON cases_log_entry TO gezhi_serving; UPDATE cases_log_entry SET text = '{}'",
        "COPY cases_log_entry TO PROGRAM 'cat'",
        "SELECT pg_read_file('pg_hba.conf')",
        "SELECT pg_reload_conf()",
        "INSERT INTO django_migrations (app, name, applied) VALUES ('cases', '9999', now())",
        "CREATE TRIGGER mine BEFORE INSERT ON cases_log_entry FOR EACH ROW EXECUTE FUNCTION plumbing_refuse_change()",
        "CREATE RULE mine AS ON INSERT TO cases_log_entry DO INSTEAD NOTHING",
        "ALTER SEQUENCE cases_serial RESTART",
        "SELECT setval('cases_serial', 1)",
        "REINDEX TABLE cases_log_entry",
        "CLUSTER cases_log_entry USING cases_log_entry_pkey",
        "LOCK TABLE cases_log_entry IN ACCESS EXCLUSIVE MODE",
    ],
)
def test_it_is_refused_whatever_bends_a_log(serving: psycopg.Connection[Any], sql: str) -> None:
    with pytest.raises((REFUSED, errors.UndefinedObject, errors.FeatureNotSupported, errors.WrongObjectType)):
        serving.execute(sql.encode())


def test_nobody_is_the_owner_without_the_password(place: dict[str, Any], tmp_path: Path) -> None:
    (tmp_path / "none").write_text("")
    with pytest.raises(psycopg.OperationalError, match="password"):
        psycopg.connect(**place, user=OWNER, passfile=str(tmp_path / "none"))
    with pytest.raises(psycopg.OperationalError, match="pg_hba"):
        psycopg.connect(**place, user=f"somebody-{uuid4().hex[:6]}")
    file = password_file(places_of(settings.GEZHI_HOME))
    assert file.stat().st_mode & 0o777 == 0o600
    assert os.environ["PGPASSFILE"] == str(file)
