"""The whole log and all cases, streamed in the order of case ids, so that a million cases need no more memory than
one.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from itertools import groupby
from typing import Any

import msgspec
from django.db import connection

from gezhi.cases.queries.states import decode_state
from gezhi.cases.rules.columns import FIRST, GIVEN, LEDGER, LOG, MOVING, Column
from gezhi.cases.rules.commands import Sender
from gezhi.cases.rules.state import CaseState
from gezhi.proof.rules.verify_beside import SentRow
from gezhi.proof.rules.verify_log import CaseRow, LogRow

CHUNK = 5_000
CASE: tuple[Column[Any], ...] = FIRST + MOVING


def _read(column: Column[Any]) -> str:
    match column.type:
        case "moment":
            return _epoch(column.name)
        case "uuid":
            return f"{column.name}::text"
        case _:
            return column.name


def _epoch(column: str) -> str:
    """As epoch seconds; nothing for a moment that is none."""
    return f"CASE WHEN isfinite({column}) THEN extract(epoch from {column})::bigint END"


def _reads(columns: tuple[Column[Any], ...]) -> str:
    return ", ".join(map(_read, columns))


def _named(columns: tuple[Column[Any], ...], values: tuple[Any, ...]) -> dict[str, Any]:
    """The values under their names; jsonb comes as its text."""
    return {
        column.name: _json_in(value) if column.type == "jsonb" else value
        for column, value in zip(columns, values, strict=True)
    }


def _json_in(text: str) -> Any:
    """The value, or its text where somebody has put there what cannot be read: too deep, or a number without end."""
    try:
        return json.loads(text)
    except (ValueError, RecursionError):
        return text


ENTRIES = f"SELECT case_id::text, seq, algorithm, text, hash, {_reads(LOG)} FROM cases_log_entry ORDER BY case_id, seq"
CASES = f"SELECT id::text, state::text, last_hash, {_reads(CASE)} FROM cases_case ORDER BY id"
APPLICATIONS = f"SELECT case_id::text, {_reads(LEDGER)} FROM cases_application ORDER BY case_id, no"
DISPATCHES = f"SELECT case_id::text, {_reads(GIVEN)} FROM cases_dispatch ORDER BY case_id, no"
TEXTS, FLAGS = ("description", "sender_no", "name", "phone"), ("wants_answer", "keep_secret", "by_call")
SENDER = ("salt", *TEXTS, *FLAGS)
# Each contact of a report, in the case and from the entry on that it stands in.
REPORTS = f"""
    SELECT coalesce(from_entry->>'case', case_id::text), id::text, channel, {_epoch("sent_at")},
        coalesce(contact->>'salt', ''), {", ".join(f"coalesce(contact->>'{n}', '')" for n in TEXTS)},
        {", ".join(f"coalesce((contact->>'{n}')::boolean, false)" for n in FLAGS)},
        erased_at IS NOT NULL, (from_entry->>'seq')::int
    FROM (
        SELECT r.*, CASE WHEN i > 0 THEN earlier->(i - 1) END AS from_entry,
            to_jsonb(r) || jsonb_build_object('salt', encode(salt, 'hex')) || coalesce(earlier->i, '{{}}') AS contact
        FROM cases_report r, generate_series(0, jsonb_array_length(earlier)) i
    ) r ORDER BY coalesce((from_entry->>'case')::uuid, case_id), id
"""
ERASED = """
    SELECT "row", text FROM plumbing_journal WHERE register = 'cases_report' AND text LIKE '%"erased_at": "%'
"""
USE = "SELECT case_id::text, sha256, seq FROM cases_picture_use ORDER BY case_id"
TAILS = "SELECT id::text, seq, encode(last_hash, 'hex') FROM cases_case WHERE changed >= %s::text::xid8 ORDER BY id"


def _stream(name: str, sql: str) -> Iterator[tuple[Any, ...]]:
    connection.ensure_connection()
    with connection.connection.cursor(name=name) as cursor:
        cursor.itersize = CHUNK
        cursor.execute(sql)
        yield from cursor


def stream_logs() -> Iterator[tuple[str, list[LogRow]]]:
    """(case id, its log), case by case. Needs a transaction around it."""
    rows = (
        LogRow(row[0], row[1], _named(LOG, row[5:]), row[2], row[3], bytes(row[4]))
        for row in _stream("whole_log", ENTRIES)
    )
    for case, lines in groupby(rows, key=lambda line: line.case):
        yield case, list(lines)


def stream_cases() -> Iterator[CaseRow]:
    for row in _stream("all_cases", CASES):
        yield CaseRow(row[0], _named(CASE, row[3:]), _state_in(row[1]), bytes(row[2]))


def _state_in(text: str) -> CaseState | None:
    """The state, or None where somebody has put something else there."""
    try:
        return decode_state(text)
    except (msgspec.DecodeError, RecursionError):
        return None


def stream_applications() -> Iterator[tuple[str, list[dict[str, Any]]]]:
    """(case id, its rows of the ledger), case by case."""
    for case, rows in groupby(_stream("applications", APPLICATIONS), key=lambda row: row[0]):
        yield case, [_named(LEDGER, row[1:]) for row in rows]


def stream_dispatches() -> Iterator[tuple[str, list[dict[str, Any]]]]:
    """(case id, its rows of the register of dispatches), case by case."""
    for case, rows in groupby(_stream("dispatches", DISPATCHES), key=lambda row: row[0]):
        yield case, [_named(GIVEN, row[1:]) for row in rows]


def stream_reports() -> Iterator[tuple[str, list[SentRow]]]:
    """(case id, what its senders wrote), case by case."""
    for case, rows in groupby(_stream("reports", REPORTS), key=lambda row: row[0]):
        yield case, [_sent_row(*row[1:]) for row in rows]


def _sent_row(report: str, channel: str, sent: int, *words: Any) -> SentRow:
    *sender, erased, corrected = words
    return SentRow(report, channel, sent, Sender(**dict(zip(SENDER, sender, strict=True))), erased, corrected)


def list_erased() -> set[str]:
    """The reports of which the journal says that somebody erased them."""
    with connection.cursor() as cursor:
        cursor.execute(ERASED)
        return {report for report, text in cursor.fetchall() if _says_erased(text)}


def _says_erased(text: str) -> bool:
    entry = _json_in(text)
    values = entry.get("values") if isinstance(entry, dict) else None
    return isinstance(values, dict) and values.get("erased_at") is not None


def stream_use() -> Iterator[tuple[str, list[tuple[str, int]]]]:
    """(case id, the pictures that it uses with the entry of each), case by case."""
    for case, rows in groupby(_stream("picture_use", USE), key=lambda row: row[0]):
        yield case, [(sha, seq) for _, sha, seq in rows]


def stream_paired() -> Iterator[tuple[CaseRow | None, list[LogRow]]]:
    """Each case with its log; one side may be missing."""
    logs, cases = stream_logs(), stream_cases()
    log, case = next(logs, None), next(cases, None)
    while log is not None or case is not None:
        if case is None or (log is not None and log[0] < case.case):
            assert log is not None
            yield None, log[1]
            log = next(logs, None)
        elif log is None or case.case < log[0]:
            yield case, []
            case = next(cases, None)
        else:
            yield case, log[1]
            log, case = next(logs, None), next(cases, None)


def stream_texts() -> Iterator[tuple[Any, ...]]:
    """(canonical text, hash, algorithm) of every entry, for the export."""
    sql = "SELECT text, encode(hash, 'hex'), algorithm FROM cases_log_entry ORDER BY case_id, seq"
    yield from _stream("log_texts", sql)


def list_tails(since: int) -> list[tuple[str, int, str]]:
    """(case, last number, last hash) of every case changed by a transaction not older than this."""
    with connection.cursor() as cursor:
        cursor.execute(TAILS, [str(since)])
        return list(cursor.fetchall())
