"""Every way that was tried to bend what a case is judged by, past all triggers as the owner: each is named."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any, Final
from uuid import uuid4

import pytest
from django.db import connection, transaction

from gezhi.proof.rules.report import Outcome
from tests.cases.city import City
from tests.proof.test_actions import execute
from tests.proof.test_verification import Proved, kinds

OF_TYPE: Final[dict[str, Any]] = {
    "boolean": False,
    "date": "2026-03-02",
    "timestamp with time zone": "2026-03-02T01:00:00Z",
    "jsonb": {},
    "ARRAY": [],
}
ROWS: Final[dict[str, dict[str, Any]]] = {
    "supervision_order": {"level": 1},
    "supervision_event": {},
    "supervision_accountability": {},
    "supervision_major": {},
    "desks_shift_entry": {},
    "documents_document": {},
    "documents_version": {"state": "draft", "approved_at": None},
    "documents_clause": {"words": ""},
    "documents_receipt": {},
}
"""Rows beside the city, of values that mean nothing: each is entered with its triggers, then signed."""

REWRITE: Final = "UPDATE cases_log_entry SET text = replace(text, '补充', '补正') WHERE seq = 3"
REHASH: Final = """
UPDATE cases_log_entry e
SET hash = sha256(convert_to(E'gezhi/link/2\\n', 'UTF8') || p.hash || sha256(convert_to(e.text, 'UTF8')))
FROM cases_log_entry p WHERE e.seq = 3 AND p.case_id = e.case_id AND p.seq = 2;
UPDATE cases_case c SET last_hash = e.hash FROM cases_log_entry e WHERE e.case_id = c.id AND e.seq = c.seq
"""
WAYS: Final = {
    # What was found before
    "text of an entry": ("UPDATE cases_log_entry SET text = replace(text, '补充', '补正') WHERE seq = 3", "cases/hash"),
    "column of an entry": ("UPDATE cases_log_entry SET actor_id = 1 WHERE seq = 2", "cases/columns"),
    "time of an entry": ("UPDATE cases_log_entry SET recorded_at = now() WHERE seq = 2", "cases/columns"),
    "entries swapped": (("UPDATE cases_log_entry SET seq = -seq WHERE seq > 1;"
                        "UPDATE cases_log_entry SET seq = 5 + seq WHERE seq < 0"), "cases/hash"),
    "chain made anew": (f"{REWRITE}; {REHASH}", "cases/named"),
    "tail cut off": ("DELETE FROM cases_log_entry WHERE seq = 3", "cases/cut"),
    "a whole case": (("DELETE FROM cases_log_entry; DELETE FROM cases_case; DELETE FROM cases_report;"
                     "DELETE FROM cases_picture_use"), "cases/missing"),
    "status": ("UPDATE cases_case SET status = 'closed'", "cases/row"),
    "reported_at": ("UPDATE cases_case SET reported_at = now()", "cases/row"),
    "complaint": ("UPDATE cases_case SET complaint = NOT complaint", "cases/row"),
    # What was missed
    "tree and checkpoints in the database": (("DELETE FROM proof_leaf; DELETE FROM proof_batch;"
                                             "DELETE FROM proof_checkpoint"), "elsewhere/origin"),
    "emptied": ("TRUNCATE cases_log_entry, cases_case", "cases/missing"),
    "entry forged without its row": (("INSERT INTO cases_log_entry SELECT (jsonb_populate_record(e, jsonb_build_object("
                                     "'seq', 4, 'command_id', gen_random_uuid()))).* FROM cases_log_entry e"
                                     " WHERE e.seq = 3"), "cases/hash"),
    "words rewritten": ("UPDATE cases_report SET description = '没有问题'", "cases/words"),
    "words deleted": ("DELETE FROM cases_report", "cases/no-report"),
    "secrecy turned round": ("UPDATE cases_report SET keep_secret = NOT keep_secret", "cases/words"),
    "use of a picture": ("DELETE FROM cases_picture_use", "cases/use"),
    "moment of a picture": ("UPDATE plumbing_picture SET taken_at = now()", "registers/row"),
    "place of a picture": ("UPDATE plumbing_picture SET taken_lon = 113", "registers/row"),
    "another picture shown": ("UPDATE plumbing_picture SET shown_as = 'ff'", "registers/row"),
    "row of a picture": ("DELETE FROM plumbing_picture", "registers/gone"),
    "supervision order": ("UPDATE supervision_order SET late = NOT late", "registers/row"),
    "supervision order deleted": ("DELETE FROM supervision_order", "registers/gone"),
    "event of supervision": ("UPDATE supervision_event SET text = 'y'", "registers/row"),
    "accountability": ("UPDATE supervision_accountability SET points = 9", "registers/row"),
    "major case": ("UPDATE supervision_major SET state = 'struck_off'", "registers/row"),
    "hand-over": ("UPDATE desks_shift_entry SET text = 'y'", "registers/row"),
    "duty row": ("UPDATE duties_duty_row SET note = 'y'", "registers/row"),
    "standard row": ("UPDATE catalog_standard_row SET limit_value = limit_value + 1", "registers/row"),
    "receipt": ("DELETE FROM documents_receipt", "registers/gone"),
    "document clause": ("UPDATE documents_clause SET text = 'y'", "registers/row"),
    "user name": ("UPDATE people_user SET display_name = 'y'", "registers/row"),
    "password": ("UPDATE people_user SET password = 'y'", "registers/row"),
    "appointment entered": (("INSERT INTO people_appointment (user_id, post_id, valid_from)"
                            " SELECT user_id, post_id, valid_from - 1 FROM people_appointment LIMIT 1"),
                            "registers/unknown"),
    "calendar": ("UPDATE calendars_timetable SET valid_from = valid_from + 1", "registers/row"),
    "local policy": ("UPDATE cases_local_policy SET valid_from = valid_from - 1", "registers/row"),
    "approval matrix": ("UPDATE cases_approval_row SET reason = 'y'", "registers/row"),
    "unit grid": ("UPDATE regions_unit_grid SET wkb = '\\x00'", "registers/row"),
    "row and journal together": (("DELETE FROM duties_duty_row; DELETE FROM plumbing_journal"
                                 " WHERE register = 'duties_duty_row'"), "registers/cut"),
    "trigger put out": ("ALTER TABLE people_user DISABLE TRIGGER people_user_journal_update", "registers/off"),
    "mark of the change": ("UPDATE cases_case SET changed = '3'::xid8, last_hash = '\\x00'", "cases/unnamed"),
}  # fmt: skip


def enter(table: str, given: dict[str, Any], known: dict[str, Any]) -> None:
    """A row of a table: what is given, keys of rows entered before, and something of the right type for the rest."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT column_name, data_type, is_nullable FROM information_schema.columns"
            " WHERE table_name = %s AND NOT (column_default IS NOT NULL OR is_identity = 'YES')",
            [table],
        )
        columns = {name: kind for name, kind, nullable in cursor.fetchall() if nullable == "NO" or name in given}
        values = {name: str(uuid4()) if kind == "uuid" else OF_TYPE.get(kind, 1) for name, kind in columns.items()}
        values |= {name: key for name, key in known.items() if name in values} | given
        names = ", ".join(f'"{name}"' for name in values)
        cursor.execute(
            f"INSERT INTO {table} ({names}) SELECT {names} FROM jsonb_populate_record(NULL::{table}, %s)",
            [json.dumps(values)],
        )
    known |= {f"{table.split('_')[1]}_id": values["id"]} if "id" in values else {}


@pytest.fixture
def proved(city: City, tmp_path: Path) -> Proved:
    with connection.cursor() as cursor:
        cursor.execute("SELECT min(id) FROM people_user")
        known = {"user_id": cursor.fetchone()[0]}
    for table, given in ROWS.items():
        enter(table, given, known)
    return Proved(city, tmp_path)


def test_every_way_to_bend_what_a_case_is_judged_by_is_named(proved: Proved) -> None:
    enter("cases_approval_row", {}, {})  # nobody reads it any more
    proved.sign()
    assert proved.all_verified().outcome is Outcome.FINE
    execute("SET LOCAL session_replication_role = replica")
    missed = {}
    for way, (sql, kind) in WAYS.items():
        with transaction.atomic():
            execute(sql)
            report = proved.all_verified()
            if kind not in kinds(report) or report.outcome is not Outcome.DIFFERS:
                missed[way] = (kinds(report), [part.failed for part in report.parts if part.failed])
            transaction.set_rollback(True)
    execute("SET LOCAL session_replication_role = DEFAULT")
    assert missed == {}
