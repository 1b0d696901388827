"""唯一写入: the only writer of cases, their log and what is announced: one statement, in the caller's transaction."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any
from uuid import UUID

import msgspec
from django.conf import settings

from gezhi.cases.rules import columns
from gezhi.cases.rules.columns import Column
from gezhi.cases.rules.commands import Sender, Submission
from gezhi.cases.rules.entries import Entry, text_of
from gezhi.cases.rules.entry_kinds import EntryKind
from gezhi.cases.rules.state import CaseState, Place
from gezhi.kernel.links import ALGORITHM, FIRST, link
from gezhi.kernel.permissions import Actor
from gezhi.kernel.phones import phone_digest
from gezhi.kernel.problems import Problem
from gezhi.plumbing.database import prepared_cursor
from gezhi.plumbing.outbox import ANNOUNCE, as_records


def _types(declared: Iterable[Column[Any]]) -> dict[str, str]:
    return {column.name: column.type for column in declared}


# column -> type; beside what is read off the case stand its key, the proof and what only the writer knows
FIXED = {"id": "uuid", **_types(columns.FIRST)}
MOVING = {**_types(columns.MOVING), "last_hash": "hash", "state": "jsonb"}
LOGGED = {
    "case_id": "uuid",
    "seq": "integer",
    **_types(columns.LOG),
    "algorithm": "smallint",
    "text": "text",
    "hash": "hash",
}
APPLIED = {"case_id": "uuid", **_types(columns.LEDGER)}
GIVEN = {"case_id": "uuid", **_types(columns.GIVEN)}
SENT = _types(columns.SENT)
SOUGHT = {"report_id": "uuid", "case_id": "uuid", "phone": "text", "words": "tsvector"}
USED = {"sha256": "text", "case_id": "uuid", "seq": "integer"}
REFUSED = {
    "refused_at": "moment",
    "user_id": "bigint",
    "post_id": "bigint",
    "organisation_id": "bigint",
    "case_id": "uuid",
    "area_code": "text",
    "sha256": "text",
    "code": "text",
}
# `moment` columns travel as epoch seconds, `hash` columns as hexadecimal text
_WIRE = {"moment": "bigint", "hash": "text"}
_READ = {"moment": "to_timestamp(x.{0})", "hash": "decode(x.{0}, 'hex')"}


def _records(types: dict[str, str]) -> str:
    shape = ", ".join(f"{name} {_WIRE.get(kind, kind)}" for name, kind in types.items())
    return f"jsonb_to_recordset(%s::jsonb) AS x({shape})"


def _reads(types: dict[str, str]) -> list[str]:
    return [_READ.get(kind, "x.{0}").format(name) for name, kind in types.items()]


def _insert(table: str, types: dict[str, str], *, stamp: bool = False) -> str:
    names, values = list(types), _reads(types)
    if stamp:
        names, values = [*names, "changed"], [*values, "pg_current_xact_id()"]
    return f"INSERT INTO {table} ({', '.join(names)}) SELECT {', '.join(values)} FROM {_records(types)}"


def _update() -> str:
    sets = ", ".join(f"{name} = {value}" for name, value in zip(MOVING, _reads(MOVING), strict=True))
    records = _records({"id": "uuid", **MOVING})
    return f"UPDATE cases_case c SET {sets}, changed = pg_current_xact_id() FROM {records} WHERE c.id = x.id"


def _upsert(table: str, types: dict[str, str], key: tuple[str, ...]) -> str:
    sets = ", ".join(f"{name} = excluded.{name}" for name in types if name not in key)
    return f"{_insert(table, types)} ON CONFLICT ({', '.join(key)}) DO UPDATE SET {sets}"


def _delete(table: str, key: dict[str, str]) -> str:
    same = " AND ".join(f"d.{name} = x.{name}" for name in key)
    return f"DELETE FROM {table} d USING {_records(key)} WHERE {same}"


CORRECTED = {"seq": "integer", **SENT}
_EARLIER = ("name", "phone", "wants_answer", "by_call")
# What the contact was until this entry of this case goes to the others before it, and its salt with it.
_CORRECT = f"""
    UPDATE cases_report r SET {", ".join(f"{name} = x.{name}" for name in _EARLIER)}, salt = decode(x.salt, 'hex'),
        earlier = r.earlier || jsonb_build_array(jsonb_build_object('case', x.case_id, 'seq', x.seq,
            'salt', encode(r.salt, 'hex'), {", ".join(f"'{name}', r.{name}" for name in _EARLIER)}))
    FROM {_records(CORRECTED)} WHERE r.id = x.id AND r.erased_at IS NULL
"""
PARTS = {
    "begun": _insert("cases_case", {**FIXED, **MOVING}, stamp=True),
    "moved": _update(),
    "logged": _insert("cases_log_entry", LOGGED),
    "applied": _upsert("cases_application", APPLIED, ("case_id", "no")),
    "undone": _delete("cases_dispatch", {"case_id": "uuid", "no": "smallint"}),
    "given": _upsert("cases_dispatch", GIVEN, ("case_id", "no")),
    "sent": _insert("cases_report", SENT),
    "corrected": _CORRECT,
    "sought": f"{_insert('cases_sought', SOUGHT)} ON CONFLICT (report_id) DO UPDATE"
    " SET phone = excluded.phone, words = excluded.words",
    "used": _insert("cases_picture_use", USED),
    "refused": _insert("cases_refused_picture", REFUSED),
    "announced": ANNOUNCE,
}


def _sought(sender: Sender) -> dict[str, str | None]:
    """By what a report is found again."""
    phone = phone_digest(sender.phone, settings.SECRET_KEY.encode()) if sender.phone else None
    return {"phone": phone, "words": columns.sought_words(sender)}


class Recorder:
    """Collects what a batch writes; `write` sends it as one statement."""

    def __init__(self) -> None:
        self.rows: dict[str, list[dict[str, Any]]] = {part: [] for part in PARTS}
        self._latest: dict[UUID, tuple[CaseState, bytes]] = {}
        self._applied: dict[tuple[str, int], dict[str, Any]] = {}
        self._given: dict[tuple[str, int], dict[str, Any]] = {}
        self._undone: dict[tuple[str, int], dict[str, Any]] = {}
        self._begun: dict[UUID, dict[str, Any]] = {}

    def append(self, one: Submission, entry: Entry, state: CaseState, previous: bytes | None) -> bytes:
        """Take up an entry and the state after it; gives the hash of the entry."""
        text = text_of(entry)
        digest = link(previous or FIRST, text)
        if previous is None:
            self._begun[one.case_id] = columns.first_columns_of(state)
        self._latest[one.case_id] = (state, digest)
        proof = {"algorithm": ALGORITHM, "text": text, "hash": digest.hex()}
        beside = columns.log_columns_of(entry, state.node)
        self.rows["logged"].append({"case_id": entry.case, "seq": entry.seq, **beside, **proof})
        self.rows["used"].extend(
            {"sha256": sha, "case_id": entry.case, "seq": entry.seq}
            for sha in (*entry.step.before, *entry.step.after, *entry.step.proof)
        )
        self._apply(entry, state)
        self.rows["announced"] += as_records([(f"cases.{entry.step.kind}", entry.case, {"seq": entry.seq})])
        report = entry.step.report
        if report is not None and one.sender is not None:
            sent = columns.values_of(columns.SENT, columns.Sent(entry.case, report, one.sender))
            part = "corrected" if entry.step.kind is EntryKind.CONTACT_CORRECTED else "sent"
            self.rows[part].append({"seq": entry.seq, **sent})
            self.rows["sought"].append({"report_id": report.id, "case_id": entry.case, **_sought(one.sender)})
        return digest

    def refuse(self, actor: Actor, problem: Problem, case_id: UUID | None, place: Place, *, moment: int) -> None:
        """Keep on record who handed in a picture that is not a new one; without a case it came with a report."""
        self.rows["refused"].append(
            {
                "refused_at": moment,
                "user_id": actor.user_id,
                "post_id": actor.post_id,
                "organisation_id": actor.organisation_id,
                "case_id": case_id,
                "area_code": place.area,
                "sha256": problem.details["sha256"],
                "code": problem.code,
            }
        )

    def _apply(self, entry: Entry, state: CaseState) -> None:
        """The rows of the ledger and of dispatches that the entry concerns: all of them where it changes what they say
        of the case itself.
        """
        step, case = entry.step, {"case_id": entry.case}
        amended = step.place is not None or step.subject is not None
        touched = (step.application,) if step.application is not None else ()
        for application in state.applications if amended else touched:
            self._applied[entry.case, application.no] = {
                **case,
                **columns.application_columns_of(state, application),
            }
        given = [part for part in step.assignments if part.dispatched == entry.recorded and step.undoes is None]
        for part in state.assignments if amended else given:
            self._given[entry.case, part.no] = {**case, **columns.given_columns_of(state, part)}
            self._undone.pop((entry.case, part.no), None)
        for part in step.assignments if step.undoes is not None else ():
            self._given.pop((entry.case, part.no), None)
            self._undone[entry.case, part.no] = {**case, "no": part.no}

    def write(self) -> None:
        for case_id, (state, digest) in self._latest.items():
            row = {"id": case_id, **columns.columns_of(state), "last_hash": digest.hex(), "state": state}
            begun = self._begun.get(case_id)
            self.rows["begun" if begun is not None else "moved"].append({**row, **(begun or {})})
        self.rows["applied"], self.rows["given"] = list(self._applied.values()), list(self._given.values())
        self.rows["undone"] = list(self._undone.values())
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
