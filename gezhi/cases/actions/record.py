"""The only writer of cases, their log and what is announced of them: one statement, in the caller's transaction."""

from __future__ import annotations

from typing import Any
from uuid import UUID

import msgspec

from gezhi.cases.rules.columns import application_columns_of, columns_of, first_columns_of
from gezhi.cases.rules.commands import Submission
from gezhi.cases.rules.entries import Entry
from gezhi.cases.rules.local_policy import LocalPolicy
from gezhi.cases.rules.proof.chain import ALGORITHM, FIRST, link, text_of
from gezhi.cases.rules.state import CaseState
from gezhi.plumbing.database import prepared_cursor
from gezhi.plumbing.outbox import ANNOUNCE, as_records

# column -> type in the record set; `moment` columns travel as epoch seconds, `hash` columns as hexadecimal text
FIXED = {"id": "uuid", "no": "text", "node": "text", "channel": "text", "complaint": "boolean", "reported_at": "moment"}
MOVING = {
    "status": "text",
    "stage": "smallint",
    "class_key": "text",
    "row_key": "text",
    "address": "text",
    "lon": "float8",
    "lat": "float8",
    "h3": "bigint",
    "area_code": "text",
    "unit_id": "bigint",
    "unit_ids": "bigint[]",
    "former_unit_ids": "bigint[]",
    "asking": "text",
    "deciding": "text",
    "supervision": "smallint",
    "major": "smallint",
    "difficulty": "text",
    "suspended_until": "moment",
    "reported_by": "bigint",
    "collector_id": "bigint",
    "claimed_by": "bigint",
    "round": "smallint",
    "report_count": "smallint",
    "due_at": "moment",
    "warn_at": "moment",
    "next_due_at": "moment",
    "closed_at": "moment",
    "picture": "text",
    "seq": "integer",
    "last_hash": "hash",
    "state": "jsonb",
}
LOG = {
    "case_id": "uuid",
    "seq": "integer",
    "kind": "text",
    "command_id": "uuid",
    "happened_at": "moment",
    "recorded_at": "moment",
    "actor_id": "bigint",
    "post_id": "bigint",
    "organisation_id": "bigint",
    "node": "text",
    "algorithm": "smallint",
    "text": "text",
    "hash": "hash",
}
SENT = {
    "id": "uuid",
    "case_id": "uuid",
    "channel": "text",
    "description": "text",
    "sender_no": "text",
    "name": "text",
    "phone": "text",
    "wants_answer": "boolean",
    "keep_secret": "boolean",
    "sent_at": "moment",
}
APPLIED = {
    "case_id": "uuid",
    "no": "smallint",
    "case_no": "text",
    "class_key": "text",
    "area_code": "text",
    "kind": "text",
    "unit_id": "bigint",
    "asked_at": "moment",
    "asked_by": "bigint",
    "role": "text",
    "organisation_id": "bigint",
    "late": "boolean",
    "times": "smallint",
    "steps": "text[]",
    "deciding": "text",
    "opinions": "jsonb",
    "outcome": "text",
    "ended_at": "moment",
    "value": "integer",
    "value_unit": "text",
    "until_at": "moment",
    "old_due_at": "moment",
    "new_due_at": "moment",
    "share": "integer",
    "ceiling": "integer",
    "exempt": "boolean",
    "shirking": "boolean",
    "reason": "text",
    "pictures": "text[]",
}
USED = {"sha256": "text", "case_id": "uuid"}
_WIRE = {"moment": "bigint", "hash": "text"}
_READ = {"moment": "to_timestamp(x.{0})", "hash": "decode(x.{0}, 'hex')"}


def _records(columns: dict[str, str]) -> str:
    shape = ", ".join(f"{name} {_WIRE.get(kind, kind)}" for name, kind in columns.items())
    return f"jsonb_to_recordset(%s::jsonb) AS x({shape})"


def _reads(columns: dict[str, str]) -> list[str]:
    return [_READ.get(kind, "x.{0}").format(name) for name, kind in columns.items()]


def _insert(table: str, columns: dict[str, str], *, stamp: bool = False) -> str:
    names, values = list(columns), _reads(columns)
    if stamp:
        names, values = [*names, "changed"], [*values, "pg_current_xact_id()"]
    return f"INSERT INTO {table} ({', '.join(names)}) SELECT {', '.join(values)} FROM {_records(columns)}"


def _update() -> str:
    sets = ", ".join(f"{name} = {value}" for name, value in zip(MOVING, _reads(MOVING), strict=True))
    records = _records({"id": "uuid", **MOVING})
    return f"UPDATE cases_case c SET {sets}, changed = pg_current_xact_id() FROM {records} WHERE c.id = x.id"


def _upsert(table: str, columns: dict[str, str], key: tuple[str, ...]) -> str:
    sets = ", ".join(f"{name} = excluded.{name}" for name in columns if name not in key)
    return f"{_insert(table, columns)} ON CONFLICT ({', '.join(key)}) DO UPDATE SET {sets}"


PARTS = {
    "begun": _insert("cases_case", {**FIXED, **MOVING}, stamp=True),
    "moved": _update(),
    "logged": _insert("cases_log_entry", LOG),
    "applied": _upsert("cases_application", APPLIED, ("case_id", "no")),
    "sent": _insert("cases_report", SENT),
    "used": _insert("cases_picture_use", USED),
    "announced": ANNOUNCE,
}


class Recorder:
    """Collects what a batch writes; `write` sends it as one statement."""

    def __init__(self) -> None:
        self.rows: dict[str, list[dict[str, Any]]] = {part: [] for part in PARTS}
        self._latest: dict[UUID, tuple[CaseState, bytes]] = {}
        self._applied: dict[tuple[str, int], dict[str, Any]] = {}
        self._begun: dict[UUID, dict[str, Any]] = {}

    def append(
        self, one: Submission, entry: Entry, state: CaseState, previous: bytes | None, policy: LocalPolicy
    ) -> bytes:
        """Take up an entry and the state after it; gives the hash of the entry."""
        text = text_of(entry)
        digest = link(previous or FIRST, text)
        if previous is None:
            self._begun[one.case_id] = first_columns_of(state, policy)
        self._latest[one.case_id] = (state, digest)
        self.rows["logged"].append(
            {
                "case_id": entry.case,
                "seq": entry.seq,
                "kind": entry.step.kind,
                "command_id": entry.command_id,
                "happened_at": entry.happened,
                "recorded_at": entry.recorded,
                "actor_id": entry.user,
                "post_id": entry.post,
                "organisation_id": entry.organisation,
                "node": state.node,
                "algorithm": ALGORITHM,
                "text": text,
                "hash": digest.hex(),
            }
        )
        self.rows["used"].extend(
            {"sha256": sha, "case_id": entry.case} for sha in (*entry.step.before, *entry.step.after, *entry.step.proof)
        )
        self._apply(entry, state)
        self.rows["announced"] += as_records([(f"cases.{entry.step.kind}", entry.case, {"seq": entry.seq})])
        report = entry.step.report
        if report is not None and one.sender is not None:
            sender = msgspec.structs.asdict(one.sender)
            self.rows["sent"].append(
                {**sender, "id": report.id, "case_id": entry.case, "channel": report.channel, "sent_at": report.at}
            )
        return digest

    def _apply(self, entry: Entry, state: CaseState) -> None:
        """The row of the ledger, where the entry concerns an application."""
        application = entry.step.application
        if application is not None:
            row = {"case_id": entry.case, **application_columns_of(state, application)}
            self._applied[entry.case, application.no] = row

    def write(self) -> None:
        for case_id, (state, digest) in self._latest.items():
            row = {"id": case_id, **columns_of(state), "last_hash": digest.hex(), "state": state}
            begun = self._begun.get(case_id)
            self.rows["begun" if begun is not None else "moved"].append({**row, **(begun or {})})
        self.rows["applied"] = list(self._applied.values())
        parts = [part for part, rows in self.rows.items() if rows]
        if not parts:
            return
        *heads, last = parts
        sql = (
            "".join(f"{'WITH' if at == 0 else ','} {part} AS ({PARTS[part]})\n" for at, part in enumerate(heads))
            + PARTS[last]
        )
        with prepared_cursor() as cursor:
            cursor.execute(sql, [msgspec.json.encode(self.rows[part]).decode() for part in parts])
