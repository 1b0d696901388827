"""The database of this installation, ready before anything asks it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import msgspec
from django.conf import settings
from django.core.management import call_command
from django.db import OperationalError, connection
from django.db.backends.utils import CursorWrapper
from django.db.migrations import Migration
from django.db.migrations.executor import MigrationExecutor

from gezhi.kernel.problems import Problem
from gezhi.plumbing.gateways.binaries import OLDEST_MAJOR, TooOld
from gezhi.plumbing.gateways.holding import hold
from gezhi.plumbing.gateways.places import holds_cluster
from gezhi.plumbing.postgres.grants import grant_to_serving

MIGRATION_LOCK = 0x6765_7A68_6902


class Unreachable(Problem):
    code = "plumbing.database.unreachable"
    status = 503
    title = "无法连接 DATABASE_URL 指明的数据库：{reason}"
    title_en = "The database named by DATABASE_URL cannot be reached: {reason}"


class NoDatabase(Problem):
    code = "plumbing.database.none"
    status = 503
    title = "{home} 中没有数据库。请用 GEZHI_HOME 指明数据目录；新安装请先运行 gezhi serve。"
    title_en = "There is no database in {home}. Name the right folder in GEZHI_HOME; a new one begins with gezhi serve."


class SchemaOlder(Problem):
    code = "plumbing.database.schema-older"
    status = 503
    title = (
        "数据库结构比本程序旧（差 {count} 步升级）。请先用 gezhi backup 备份，再运行 gezhi migrate，然后重试本命令。"
    )
    title_en = (
        "The tables are those of an older version ({count} migrations behind). Take a backup with gezhi backup, run "
        "gezhi migrate, then try again."
    )


def find_ready() -> None:
    """For commands that work on what is there: they begin no database, and take none of an older version."""
    if settings.GEZHI_EMBEDDED and not holds_cluster(settings.GEZHI_HOME):
        raise NoDatabase(home=settings.GEZHI_HOME)
    make_ready()
    pending = _pending()
    if pending:
        raise SchemaOlder(count=len(pending))


def _pending() -> list[Migration]:
    executor = MigrationExecutor(connection)
    return [migration for migration, _ in executor.migration_plan(executor.loader.graph.leaf_nodes())]


def make_ready() -> None:
    """Start and hold the embedded database, or look whether the named one can be used. Every process calls it first."""
    if settings.GEZHI_EMBEDDED:
        hold(settings.GEZHI_HOME, settings.GEZHI_POSTGRES_BIN, settings.GEZHI_POSTGRES_OPTIONS)
        return
    try:
        connection.ensure_connection()
        major = connection.pg_version // 10_000  # type: ignore[attr-defined]
    except OperationalError as error:
        raise Unreachable(reason=str(error).strip()) from error
    if major < OLDEST_MAJOR:
        raise TooOld(found=major, needed=OLDEST_MAJOR)


def migrate_database() -> list[str]:
    """Bring the tables to this version; two processes that start at once do it one after the other."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_lock(%s)", [MIGRATION_LOCK])
    try:
        pending = _pending()
        if pending:
            call_command("migrate", interactive=False, verbosity=0)
        grant_to_serving()
    finally:
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_unlock(%s)", [MIGRATION_LOCK])
    return [f"{migration.app_label}.{migration.name}" for migration in pending]


def prepared_cursor() -> CursorWrapper:
    """A cursor whose statements stay prepared on the connection: for fixed texts that are sent again and again."""
    cursor: CursorWrapper = connection.prepared_cursor()  # type: ignore[attr-defined]
    return cursor


def insert_rows(
    table: str, rows: Sequence[Mapping[str, Any]], *, replacing: Sequence[str] = (), once: Sequence[str] = ()
) -> int:
    """Rows of one shape in one statement; PostgreSQL reads the types off the table. Gives how many were written.

    A row whose `replacing` columns are there takes the new values; one whose `once` columns are there stays as it is.
    """
    if not rows:
        return 0
    names = list(rows[0])
    columns = ", ".join(names)
    records = f"jsonb_populate_recordset(NULL::{table}, %s::jsonb)"
    sql = f"INSERT INTO {table} ({columns}) SELECT {columns} FROM {records}"  # noqa: S608
    if replacing:
        moving = ", ".join(f"{name} = excluded.{name}" for name in names if name not in replacing)
        sql += f" ON CONFLICT ({', '.join(replacing)}) DO UPDATE SET {moving}"
    elif once:
        sql += f" ON CONFLICT ({', '.join(once)}) DO NOTHING"
    with prepared_cursor() as cursor:
        cursor.execute(sql, [msgspec.json.encode(rows).decode()])
        return int(cursor.rowcount)


def take_turns(name: str) -> None:
    """Whoever asks for the same name waits until this transaction has ended."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(hashtextextended(%s, 0))", [name])
