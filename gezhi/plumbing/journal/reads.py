"""Reads of the journal, for whoever proves it."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, NamedTuple

from django.db import connection
from psycopg import sql

CHUNK = 5_000


class JournalHead(NamedTuple):
    """The last entry of a row of a register; the hash in hexadecimal."""

    register: str
    row: str
    seq: int
    hash: str


class JournalLine(NamedTuple):
    """An entry as it is stored; `at` in microseconds since 1970."""

    register: str
    row: str
    seq: int
    at: int
    op: str
    user: int
    post: int
    db_role: str
    algorithm: int
    text: str
    hash: bytes


class JournalRegister(NamedTuple):
    """A table under the journal: what names its rows, what of them stands there as a digest or not at all.

    `is_on` is False where somebody has put a trigger out, or laid another one; without `from_insert` a row begins
    elsewhere.
    """

    table: str
    key: tuple[str, ...]
    digested: tuple[str, ...]
    left_out: tuple[str, ...]
    is_on: bool
    from_insert: bool


HEADS = """
SELECT DISTINCT ON (register, "row") register, "row", seq, encode(hash, 'hex')
FROM plumbing_journal WHERE changed >= %s::text::xid8 ORDER BY register, "row", seq DESC
"""
LINES = """
SELECT register, "row", seq,
    CASE WHEN isfinite(at) THEN (extract(epoch FROM at) * 1000000)::bigint ELSE 0 END,
    op, user_id, post_id, db_role, algorithm,
    text, hash
FROM plumbing_journal WHERE {register} IN ('', register) ORDER BY register, "row", seq
"""
REGISTERS = r"""
SELECT c.relname, min(encode(t.tgargs, 'escape')),
    bool_and(t.tgenabled IN ('O', 'A')) AND count(DISTINCT t.tgargs) = 1 AND min(t.tgnargs) = 3,
    bool_or(t.tgname LIKE '%\_journal\_insert')
FROM pg_trigger t JOIN pg_class c ON c.oid = t.tgrelid JOIN pg_proc p ON p.oid = t.tgfoid
WHERE p.proname = 'plumbing_journal_write' AND c.relnamespace = 'public'::regnamespace
GROUP BY c.relname ORDER BY c.relname
"""
ROWS = """
SELECT plumbing_journal_key(to_jsonb(r), {key}) COLLATE "C" AS line,
    plumbing_journal_values(to_jsonb(r), {digested}, {left_out})::text
FROM {table} r ORDER BY line
"""
AS_WRITTEN = "SET LOCAL timezone = 'UTC'; SET LOCAL bytea_output = 'hex'; SET LOCAL extra_float_digits = 1"


def list_journal_heads(since: int) -> list[JournalHead]:
    """The last entry of every row that was changed by a transaction not older than this."""
    with connection.cursor() as cursor:
        cursor.execute(HEADS, [str(since)])
        return [JournalHead(*line) for line in cursor.fetchall()]


def stream_journal(register: str = "") -> Iterator[JournalLine]:
    """Every entry, of one register or of all, row by row, in order. Needs a transaction around it."""
    for line in _stream("journal", sql.SQL(LINES).format(register=sql.Literal(register))):
        yield JournalLine._make((*line[:-1], bytes(line[-1])))


def list_journal_registers() -> list[JournalRegister]:
    """The tables under the journal, as their triggers say."""
    with connection.cursor() as cursor:
        cursor.execute(REGISTERS)
        rows = cursor.fetchall()
    registers = []
    for table, words, is_on, from_insert in rows:
        parts = [*words.split("\\000"), "", "", ""]
        key, digested, left_out = (tuple(word for word in part.split(",") if word) for part in parts[:3])
        registers.append(JournalRegister(table, key, digested, left_out, is_on, from_insert))
    return registers


def stream_journal_rows(register: JournalRegister) -> Iterator[tuple[str, str]]:
    """(row, what the journal would say of it) of every row that stands in a register, in the order of the journal."""
    with connection.cursor() as cursor:
        cursor.execute(AS_WRITTEN)
    query = sql.SQL(ROWS).format(
        table=sql.Identifier(register.table),
        key=sql.Literal(list(register.key)),
        digested=sql.Literal(list(register.digested)),
        left_out=sql.Literal(list(register.left_out)),
    )
    yield from _stream(f"rows_of_{register.table}", query)


def _stream(name: str, query: sql.Composable) -> Iterator[tuple[Any, ...]]:
    connection.ensure_connection()
    with connection.connection.cursor(name=name) as cursor:
        cursor.itersize = CHUNK
        cursor.execute(query)
        yield from cursor
