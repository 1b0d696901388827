"""Migrations are linear, say what the models say, and lock nothing for long."""

from __future__ import annotations

import subprocess
import sys
from io import StringIO
from pathlib import Path

import pytest
from django.apps import apps
from django.core.management import call_command
from django.db.migrations.autodetector import MigrationAutodetector
from django.db.migrations.loader import MigrationLoader
from django.db.migrations.state import ProjectState
from django.utils import translation
from pytest_django.plugin import DjangoDbBlocker

from gezhi.assembly.capabilities import existing, has_module

OWN = [name for name in existing() if has_module(name, "migrations")]
SQUAWK = Path(sys.executable).with_name("squawk")

NOT_ASKED = {
    "prefer-robust-stmts": "every migration runs in one transaction",
    "prefer-text-field": "Django's varchar(n) is a limit that is wanted",
    "prefer-identity": "Django decides how a key counts",
    "prefer-bigint-over-smallint": "a small code stays small",
    "prefer-bigint-over-int": "Django's IntegerField says that 32 bits are enough",
    "require-timeout-settings": "the command `migrate` sets the timeouts for all",
}
NOT_ASKED_OF_THE_FIRST = {
    "adding-foreign-key-constraint": "the tables are new and empty",
    "adding-not-nullable-field": "the tables are new and empty",
    "constraint-missing-not-valid": "the tables are new and empty",
    "disallowed-unique-constraint": "the tables are new and empty",
    "require-concurrent-index-creation": "the tables are new and empty",
}


@pytest.fixture(scope="module")
def loader() -> MigrationLoader:
    return MigrationLoader(None)


@pytest.mark.parametrize("capability", OWN)
def test_migrations_stand_in_one_line(loader: MigrationLoader, capability: str) -> None:
    names = sorted(name for app, name in loader.disk_migrations if app == capability)
    assert names
    assert [int(name[:4]) for name in names] == list(range(1, len(names) + 1))
    assert [key for key in loader.graph.leaf_nodes() if key[0] == capability] == [(capability, names[-1])]


def test_no_change_of_a_table_lacks_its_migration(loader: MigrationLoader) -> None:
    with translation.override(None):
        changes = MigrationAutodetector(loader.project_state(), ProjectState.from_apps(apps)).changes(loader.graph)
    assert {app: [one.operations for one in changes[app]] for app in changes} == {}


@pytest.mark.usefixtures("django_db_setup")
@pytest.mark.parametrize("capability", OWN)
def test_a_migration_locks_nothing_for_long(
    loader: MigrationLoader, tmp_path: Path, capability: str, django_db_blocker: DjangoDbBlocker
) -> None:
    for app, name in sorted(loader.disk_migrations):
        if app != capability:
            continue
        written = StringIO()
        with django_db_blocker.unblock():  # reads only; what is built concurrently cannot be asked in a transaction
            call_command("sqlmigrate", app, name, stdout=written, no_color=True)
        script = tmp_path / f"{app}_{name}.sql"
        script.write_text(written.getvalue(), encoding="utf-8")
        excluded = NOT_ASKED | (NOT_ASKED_OF_THE_FIRST if name.startswith("0001") else {})
        done = subprocess.run(
            [SQUAWK, "--pg-version=15.0", f"--exclude={','.join(excluded)}", script],
            capture_output=True,
            text=True,
            check=False,
        )
        assert done.returncode == 0, done.stdout + done.stderr
