"""What becomes of a row of a register stands in the journal, whatever statement changed it, and stays there."""

from __future__ import annotations

import json
from typing import Any

import pytest
from django.db import IntegrityError, connection, transaction

from gezhi.kernel.links import FIRST, link
from gezhi.plumbing.journal.reads import (
    list_journal_heads,
    list_journal_registers,
    stream_journal,
    stream_journal_rows,
)
from gezhi.plumbing.journal.triggers import append_only, under_journal
from gezhi.plumbing.journal.verify import verify_registers
from gezhi.plumbing.postgres.acting import act_for, for_nobody_yet, writes_a_register

pytestmark = pytest.mark.django_db

LAMPS = """
CREATE TABLE lamp (
    id bigint PRIMARY KEY, name text, phone text, salt bytea, seen_at timestamptz, taken boolean, price double precision
)
"""


@pytest.fixture(autouse=True)
def lamps() -> None:
    with connection.cursor() as cursor:
        cursor.execute(LAMPS)
        cursor.execute("INSERT INTO lamp (id, name) VALUES (7, 'older than its journal')")
        cursor.execute(str(under_journal("lamp", digested=["phone"], left_out=["taken"]).sql))


def run(sql: str, *values: Any) -> None:
    with connection.cursor() as cursor:
        cursor.execute(sql, values)


def lines(row: str) -> list[Any]:
    return [line for line in stream_journal() if (line.register, line.row) == ("lamp", row)]


def ops(row: str) -> list[tuple[int, str, Any]]:
    return [(line.seq, line.op, json.loads(line.text)["values"]) for line in lines(row)]


def names(row: str) -> list[tuple[str, str | None]]:
    return [(op, values and values["name"]) for _, op, values in ops(row)]


def test_a_row_is_followed_from_its_beginning_to_its_end() -> None:
    run("INSERT INTO lamp (id, name) VALUES (1, 'a')")
    run("UPDATE lamp SET name = 'b' WHERE id = 1")
    run("DELETE FROM lamp WHERE id = 1")
    run("INSERT INTO lamp (id, name) VALUES (1, 'c')")
    assert names("1") == [("insert", "a"), ("update", "b"), ("delete", None), ("insert", "c")]
    assert [line.seq for line in lines("1")] == [1, 2, 3, 4]


def test_many_rows_of_one_statement_have_a_chain_each() -> None:
    run("INSERT INTO lamp (id, name) SELECT n, 'x' FROM generate_series(10, 12) n")
    run(
        "INSERT INTO lamp (id, name) SELECT n, 'y' FROM generate_series(12, 13) n"
        " ON CONFLICT (id) DO UPDATE SET name = 'z'"
    )
    assert [names(str(row)) for row in (10, 12, 13)] == [
        [("insert", "x")],
        [("insert", "x"), ("update", "z")],
        [("insert", "y")],
    ]


def test_the_hash_of_every_entry_follows_from_the_one_before_and_its_text() -> None:
    run("INSERT INTO lamp (id, name) VALUES (1, '灯')")
    run("UPDATE lamp SET name = 'b' WHERE id = 1")
    previous = FIRST
    for line in lines("1"):
        previous = link(previous, line.text)
        assert (line.hash, line.algorithm) == (previous, 2)
        told = json.loads(line.text)
        assert told.pop("values")["id"] == 1
        assert told == {
            name: getattr(line, name) for name in ("register", "row", "seq", "at", "op", "user", "post", "db_role")
        }


def test_what_lay_there_before_is_taken_up_and_what_looks_the_same_is_no_change() -> None:
    assert names("7") == [("update", "older than its journal")]
    run("UPDATE lamp SET taken = true, name = name WHERE id = 7")
    assert len(lines("7")) == 1


def test_a_row_under_another_key_has_left_its_old_one() -> None:
    run("UPDATE lamp SET id = 8 WHERE id = 7")
    assert (names("7")[-1], names("8")) == (("delete", None), [("update", "older than its journal")])


def test_a_digested_value_cannot_be_read_and_changes_with_its_salt() -> None:
    run("INSERT INTO lamp (id, phone, salt) VALUES (1, '13800001111', '\\x01')")
    run("INSERT INTO lamp (id, phone, salt) VALUES (2, '13800001111', '\\x02')")
    run("INSERT INTO lamp (id, phone) VALUES (3, '')")
    told = [ops(row)[0][2] for row in "123"]
    assert "13800001111" not in json.dumps(told)
    assert all("salt" not in values and "taken" not in values for values in told)
    assert len({values["phone"] for values in told}) == 3
    assert (len(told[0]["phone"]), told[2]["phone"]) == (64, "")


def test_whoever_the_connection_speaks_for_stands_in_the_entry() -> None:
    run("SET LOCAL gezhi.actor = '12,34'")
    run("INSERT INTO lamp (id) VALUES (1)")
    run("SET LOCAL gezhi.actor = ''")
    run("INSERT INTO lamp (id) VALUES (2)")
    assert [(line.user, line.post) for row in "12" for line in lines(row)] == [(12, 34), (0, 0)]


@pytest.mark.parametrize(
    "sql",
    [
        "UPDATE plumbing_journal SET op = 'insert'",
        "DELETE FROM plumbing_journal",
        "TRUNCATE plumbing_journal",
        "TRUNCATE lamp",
    ],
)
def test_nothing_of_it_is_changed_removed_or_emptied(sql: str) -> None:
    with pytest.raises(IntegrityError, match="append-only"), transaction.atomic():
        run(sql)


def test_a_log_refuses_every_change_of_what_stands() -> None:
    run("CREATE TABLE lamp_log (id bigint)")
    run(str(append_only("lamp_log").sql))
    run("INSERT INTO lamp_log VALUES (1)")
    for sql in ("UPDATE lamp_log SET id = 2", "DELETE FROM lamp_log", "TRUNCATE lamp_log"):
        with pytest.raises(IntegrityError, match="lamp_log is append-only"), transaction.atomic():
            run(sql)


def test_the_heads_since_a_transaction_are_the_last_entries_of_its_rows() -> None:
    run("INSERT INTO lamp (id, name) VALUES (1, 'a')")
    run("UPDATE lamp SET name = 'b' WHERE id = 1")
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_current_xact_id()::text::bigint")
        now = cursor.fetchone()[0]
    heads = [head for head in list_journal_heads(now) if head.register == "lamp"]
    assert [(head.row, head.seq, head.hash) for head in heads] == [
        ("1", 2, lines("1")[-1].hash.hex()),
        ("7", 1, lines("7")[-1].hash.hex()),
    ]
    assert list_journal_heads(now + 1) == []


def test_a_row_reads_as_its_last_entry_whatever_the_session_is_set_to() -> None:
    run("INSERT INTO lamp VALUES (1, 'a', '138', '\\x01', '2026-03-01 08:00+08', true, 0.1)")
    run("SET LOCAL timezone = 'Asia/Shanghai'")
    run("SET LOCAL extra_float_digits = -3")
    (register,) = [one for one in list_journal_registers() if one.table == "lamp"]
    assert (register.key, register.digested, register.left_out, register.is_on) == (
        ("id",),
        ("phone",),
        ("taken",),
        True,
    )
    told = {row: json.loads(text) for row, text in stream_journal_rows(register)}
    assert told == {row: ops(row)[-1][2] for row in ("1", "7")}
    run("ALTER TABLE lamp DISABLE TRIGGER lamp_journal_update")
    assert [one.is_on for one in list_journal_registers() if one.table == "lamp"] == [False]


def differences() -> list[tuple[str, int | None, str]]:
    return [(one.row, one.seq, one.kind) for one in verify_registers() if one.register == "lamp"]


@pytest.mark.parametrize(
    ("sql", "found"),
    [
        ("UPDATE lamp SET name = 'c' WHERE id = 1", ("1", 2, "row")),
        ("UPDATE lamp SET phone = '139' WHERE id = 1", ("1", 2, "row")),
        ("DELETE FROM lamp WHERE id = 1", ("1", 2, "gone")),
        ("INSERT INTO lamp (id) VALUES (3)", ("3", None, "unknown")),
        ("INSERT INTO lamp (id) VALUES (2)", ("2", 2, "unknown")),
        (
            "UPDATE plumbing_journal SET text = overlay(text PLACING '9' FROM 8) WHERE row = '1' AND seq = 1",
            ("1", 1, "hash"),
        ),
        ("UPDATE plumbing_journal SET text = 'no JSON' WHERE row = '1' AND seq = 1", ("1", 1, "text")),
        ("UPDATE plumbing_journal SET user_id = 9 WHERE row = '1' AND seq = 1", ("1", 1, "columns")),
        ("UPDATE plumbing_journal SET algorithm = 1 WHERE row = '1' AND seq = 1", ("1", 1, "algorithm")),
        ("DELETE FROM plumbing_journal WHERE row = '1' AND seq = 1", ("1", 2, "gap")),
        ("ALTER TABLE lamp DISABLE TRIGGER lamp_journal_delete", ("", None, "off")),
    ],
    ids=["row", "digest", "deleted", "entered", "again", "hash", "text", "columns", "algorithm", "gap", "off"],
)
def test_whatever_is_changed_behind_the_back_of_the_journal_is_named(
    sql: str, found: tuple[str, int | None, str]
) -> None:
    run("INSERT INTO lamp (id, name, phone, salt) VALUES (1, 'a', '138', '\\x01'), (2, 'b', '', NULL)")
    run("UPDATE lamp SET name = 'b' WHERE id = 1")
    run("DELETE FROM lamp WHERE id = 2")
    assert differences() == []
    run("SET LOCAL session_replication_role = replica")
    run(sql)
    run("SET LOCAL session_replication_role = DEFAULT")
    assert found in differences()


def test_a_column_that_came_with_a_later_version_is_no_difference() -> None:
    run("ALTER TABLE lamp ADD COLUMN colour text NOT NULL DEFAULT 'white'")
    assert differences() == []
    run("UPDATE lamp SET colour = 'red'")
    assert ops("7")[-1][2]["colour"] == "red"
    assert differences() == []


def test_a_register_is_written_for_whom_the_request_acts_also_after_a_rollback() -> None:
    with for_nobody_yet():
        act_for(12, 34)
        with transaction.atomic():
            run("INSERT INTO lamp (id) VALUES (1)")
            transaction.set_rollback(True)
        run("INSERT INTO lamp (id) VALUES (2)")
        act_for(13, 35)
        run("INSERT INTO lamp (id) VALUES (3)")
    run("INSERT INTO lamp (id) VALUES (4)")
    assert [(line.user, line.post) for row in "234" for line in lines(row)] == [(12, 34), (13, 35), (0, 0)]


def test_of_a_case_the_log_names_who_acted_so_nothing_more_is_said() -> None:
    others = ("WITH begun AS (INSERT INTO cases_case", 'UPDATE "plumbing_picture"', "SELECT 1")
    assert [sql for sql in others if writes_a_register(sql)] == []
    assert writes_a_register('INSERT INTO "people_user"')
    assert writes_a_register("UPDATE supervision_order SET")
