"""A second opinion on what stands beside the log, written from docs/proof-format.md alone.

Nothing of the product is imported.

python tests/independent/verify_tables.py TABLES [--export FOLDER]

TABLES is what docs/proof-dump.sql writes. FOLDER gets the trees of the database as verify_proof.py reads them, so that
they can be compared with what is kept elsewhere. Says for every fault where it is and what is wrong; ends with 1 where
anything is.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import re
import sys
from collections import defaultdict
from collections.abc import Iterable, Iterator
from datetime import datetime, timedelta
from itertools import groupby
from pathlib import Path
from typing import Any
from urllib.parse import quote

Row = dict[str, Any]
START, WIDTH = bytes(32), 256
EPOCH = datetime.fromisoformat("1970-01-01T00:00:00+00:00")
WORDS = ("by_call", "description", "keep_secret", "name", "phone", "sender_no", "wants_answer")
PLAIN = "/:@+,.-_~()"
ORIGIN = re.compile(r"[A-Za-z0-9-]+/\d+")


def microseconds(moment: Any) -> int | None:
    try:
        return (datetime.fromisoformat(str(moment)) - EPOCH) // timedelta(microseconds=1)
    except ValueError:
        return None


def seconds(moment: Any) -> int | None:
    found = microseconds(moment)
    return found // 1_000_000 if found is not None else None


def raw(value: Any) -> bytes:
    """bytea as `to_jsonb` spells it."""
    return bytes.fromhex(str(value)[2:]) if value else b""


def link(previous: bytes, text: str) -> bytes:
    return hashlib.sha256(b"gezhi/link/2\n" + previous + hashlib.sha256(text.encode()).digest()).digest()


def json_in(text: str) -> Row:
    try:
        found = json.loads(text)
    except (ValueError, RecursionError):
        return {}
    return found if isinstance(found, dict) else {}


def text_of(value: Any) -> str:
    """A value as PostgreSQL's `->>` spells it."""
    return value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)


class Tables:
    """All rows, by table, and the triggers of the journal."""

    def __init__(self, lines: Iterable[bytes]) -> None:
        self.rows: dict[str, list[Row]] = defaultdict(list)
        self.triggers: dict[str, list[Row]] = defaultdict(list)
        for line in lines:
            found = json.loads(line)
            if "trigger" in found:
                self.triggers[found["table"]].append(found)
            else:
                self.rows[found["table"]].append(found["row"])

    def verify(self) -> Iterator[str]:
        logs = {case: list(rows) for case, rows in self._by("cases_log_entry", "case_id", "seq")}
        journal = {
            (register, row): list(rows) for (register, row), rows in self._by("plumbing_journal", "register", "row")
        }
        yield from self._logs(logs)
        yield from self._reports(logs, journal)
        yield from self._use(logs)
        yield from self._ledger(logs)
        yield from self._dispatches(logs)
        yield from self._registers(journal)
        yield from self._named(logs, journal)
        for tree in sorted({row["tree"] for name in ("proof_leaf", "proof_batch") for row in self.rows[name]}):
            yield from self._tree(tree)

    def _by(self, table: str, *keys: str) -> Iterator[tuple[Any, Iterator[Row]]]:
        """Rows of the log by case, of the journal by register and row, each in the order of their numbers."""
        named = keys[:1] if "seq" in keys else keys
        rows = sorted(self.rows[table], key=lambda row: (*(row[key] for key in named), row["seq"]))
        return groupby(rows, key=lambda row: row[named[0]] if len(named) == 1 else tuple(row[key] for key in named))

    def _logs(self, logs: dict[str, list[Row]]) -> Iterator[str]:
        cases = {row["id"]: row for row in self.rows["cases_case"]}
        for case, rows in logs.items():
            entries = [json_in(row["text"]) for row in rows]
            for fault in chain(rows):
                yield f"log/{fault[0]}: case {case} entry {fault[1]}"
            node = step_of(entries[0]).get("node")
            for row, entry in zip(rows, entries, strict=True):
                names = list(differing(columns_of(entry, node), row)) if entry else []
                if names:
                    yield f"log/columns: case {case} entry {row['seq']}: {', '.join(names)}"
            if case not in cases:
                yield f"log/no-case: case {case}"
                continue
            names = list(differing(state_of(entries), cases[case]))
            state = cases[case].get("state") or {}
            names += [f"state.{name}" for name in ("no", "status", "seq") if state.get(name) != cases[case][name]]
            if raw(cases[case]["last_hash"]) != raw(rows[-1]["hash"]):
                names.append("last_hash")
            if names:
                yield f"case/row: case {case}: {', '.join(names)}"
        yield from (f"case/no-log: case {case}" for case in cases if case not in logs)

    def _reports(self, logs: dict[str, list[Row]], journal: dict[tuple[str, str], list[Row]]) -> Iterator[str]:
        rows = {row["id"]: row for row in self.rows["cases_report"]}
        contacts = {key: one for row in rows.values() for key, one in contacts_of(row)}
        for case, log in logs.items():
            for entry in log:
                step = step_of(json_in(entry["text"]))
                told = step.get("report")
                if not told or not told.get("words"):  # it came along with a merged case
                    continue
                corrected = (case, entry["seq"]) if step["kind"] == "contact_corrected" else None
                row = contacts.pop((told["id"], corrected), None)
                if row is None and corrected and self._erased(told["id"], journal):
                    continue
                if row is None:
                    yield f"report/gone: case {case} report {told['id']}"
                    continue
                erased = self._erased(row["id"], journal)
                if not (digest_of(row) == told["words"] if row["salt"] else erased and not row["description"]):
                    yield f"report/words: case {case} report {row['id']}"
                where = case if corrected is None else row["case_id"]
                if (row["case_id"], row["channel"], seconds(row["sent_at"])) != (where, told["channel"], told["at"]):
                    yield f"report/columns: case {case} report {row['id']}"
        yield from (f"report/unknown: case {row['case_id']} report {name}" for (name, _), row in contacts.items())

    def _erased(self, report: str, journal: dict[tuple[str, str], list[Row]]) -> bool:
        entries = journal.get(("cases_report", report), [])
        return any((json_in(one["text"]).get("values") or {}).get("erased_at") for one in entries)

    def _use(self, logs: dict[str, list[Row]]) -> Iterator[str]:
        used: dict[str, set[str]] = defaultdict(set)
        named: dict[str, set[str]] = defaultdict(set)
        for row in self.rows["cases_picture_use"]:
            used[row["case_id"]].add(row["sha256"])
        for case, log in logs.items():
            for entry in log:
                step = step_of(json_in(entry["text"]))
                named[case] |= {sha for name in ("before", "after", "proof") for sha in step.get(name, ())}
        for case in sorted({*used, *named}):
            yield from (f"picture/use: case {case} picture {sha[:12]}" for sha in sorted(used[case] ^ named[case]))

    def _ledger(self, logs: dict[str, list[Row]]) -> Iterator[str]:
        rows = {(row["case_id"], row["no"]): row for row in self.rows["cases_application"]}
        for case, log in logs.items():
            told: dict[int, Row] = {}
            for entry in log:
                one = step_of(json_in(entry["text"])).get("application")
                told |= {one["no"]: one} if one else {}
            for number, one in told.items():
                wanted = {name: one.get(name) for name in ("kind", "reason", "outcome", "asked_by")}
                names = list(differing(wanted, rows.pop((case, number), {"kind": "none"})))
                if names:
                    yield f"ledger/row: case {case} application {number}: {', '.join(names)}"
        yield from (f"ledger/unknown: case {case} application {number}" for case, number in rows)

    def _dispatches(self, logs: dict[str, list[Row]]) -> Iterator[str]:
        rows = {(row["case_id"], row["no"]): row for row in self.rows["cases_dispatch"]}
        for case, log in logs.items():
            told: dict[int, Row] = {}
            for entry in log:
                told |= {one["no"]: one for one in step_of(json_in(entry["text"])).get("assignments", ())}
            for number, one in told.items():
                row = rows.pop((case, number), None)
                if row is None or (row["unit_id"], seconds(row["dispatched_at"])) != (one["unit"], one["dispatched"]):
                    yield f"dispatch/row: case {case} part {number}"
        yield from (f"dispatch/unknown: case {case} part {number}" for case, number in rows)

    def _registers(self, journal: dict[tuple[str, str], list[Row]]) -> Iterator[str]:
        for table, triggers in self.triggers.items():
            arguments = {one["arguments"] for one in triggers}
            if len(arguments) != 1 or any(one["enabled"] not in "OA" for one in triggers):
                yield f"register/off: {table}"
            parts = [*triggers[0]["arguments"].split("\\000"), "", "", ""]
            key, digested, left_out = ([name for name in part.split(",") if name] for part in parts[:3])
            if not key:
                continue
            standing = {key_of(row, key): values_of(row, digested, left_out) for row in self.rows[table]}
            known = {row: lines for (register, row), lines in journal.items() if register == table}
            from_insert = any(one["trigger"].endswith("_journal_insert") for one in triggers)
            yield from (f"register/{fault}" for fault in register_faults(table, standing, known, begins=from_insert))

    def _named(self, logs: dict[str, list[Row]], journal: dict[tuple[str, str], list[Row]]) -> Iterator[str]:
        entries = {(case, row["seq"]): raw(row["hash"]) for case, rows in logs.items() for row in rows}
        changes = {
            (f"{register} {quote(row, safe=PLAIN)}", one["seq"]): raw(one["hash"])
            for (register, row), rows in journal.items()
            for one in rows
        }
        heads = set()
        for leaf in self.rows["proof_leaf"]:
            known = {"head": entries, "register": changes}.get(leaf["kind"])
            if known is None or leaf["number"] is None:
                continue
            where, found = (leaf["subject"], leaf["number"]), known.get((leaf["subject"], leaf["number"]))
            heads.add((*where, raw(leaf["hash"])))
            if found != raw(leaf["hash"]):
                what = "changed" if found is not None else "cut" if leaf["subject"] in logs else "missing"
                what = what if leaf["kind"] == "head" or found is not None else "cut"
                yield f"named/{leaf['kind']}-{what}: {leaf['subject']} entry {leaf['number']}"
        batches = sorted(self.rows["proof_batch"], key=lambda row: (row["tree"], row["size"]))
        for case in self.rows["cases_case"] if batches else ():
            is_old = int(case["changed"]) < batches[-1]["changed_before"]
            if is_old and (case["id"], case["seq"], raw(case["last_hash"])) not in heads:
                yield f"named/unnamed: case {case['id']}"

    def lines_of(self, tree: int) -> list[tuple[int, str]]:
        rows = sorted((row for row in self.rows["proof_leaf"] if row["tree"] == tree), key=lambda row: row["index"])
        return [(row["index"], line_of(row)) for row in rows]

    def _tree(self, tree: int) -> Iterator[str]:
        lines = self.lines_of(tree)
        if [index for index, _ in lines] != list(range(len(lines))):
            yield f"tree/gap: tree {tree}"
        rows = sorted((row for row in self.rows["proof_batch"] if row["tree"] == tree), key=lambda row: row["size"])
        batches, kept, last = {row["size"]: row for row in rows}, Edge(), 0
        for _, line in lines:
            kept.append(hashlib.sha256(b"\x00" + line.encode()).digest())
            batch = batches.pop(kept.size, None)
            if batch is not None:
                last = kept.size
                if raw(batch["root"]) != kept.root() or not line.startswith(f"seal/1 {seconds(batch['sealed_at'])} "):
                    yield f"tree/batch: tree {tree} size {kept.size}"
        yield from (f"tree/size: tree {tree} size {size}" for size in batches)
        if last < kept.size and not batches:
            yield f"tree/rest: tree {tree} from line {last}"
        for row in self.rows["proof_tile"]:
            span = WIDTH ** row["level"]
            first = row["number"] * WIDTH * span
            part = [line for index, line in lines if first <= index < first + WIDTH * span]
            roots = [root_of(part[at : at + span]) for at in range(0, len(part), span)]
            if row["tree"] == tree and (b"".join(roots), root_of(part)) != (raw(row["body"]), raw(row["root"])):
                yield f"tree/tile: tree {tree} tile {row['level']}/{row['number']}"

    def export(self, folder: Path) -> Iterator[str]:
        """The trees as files: verify_proof.py compares them with the checkpoints of any other place."""
        origins: dict[int, str] = {}
        for row in self.rows["proof_checkpoint"]:
            if row["note"].split("\n")[:2] != [row["origin"], str(row["size"])] or not ORIGIN.fullmatch(row["origin"]):
                yield f"checkpoint/place: tree {row['tree']} size {row['size']}"
            if ORIGIN.fullmatch(row["origin"]):
                origins[row["tree"]] = row["origin"]
                put(folder / row["origin"] / "checkpoints" / f"{row['size']:015d}", row["note"].encode())
        for tree, origin in origins.items():
            lines = [line.encode() for _, line in self.lines_of(tree)]
            for first in range(0, len(lines), WIDTH):
                part = lines[first : first + WIDTH]
                number = f"{first // WIDTH:03d}" + (f".p/{len(part)}" if len(part) < WIDTH else "")
                body = b"".join(len(line).to_bytes(2, "big") + line for line in part)
                put(folder / origin / "tile" / "entries" / number, body)


class Edge:
    """The roots of the perfect subtrees of a growing tree."""

    def __init__(self) -> None:
        self.size, self.roots = 0, list[bytes]()

    def append(self, found: bytes) -> None:
        size, self.size = self.size, self.size + 1
        while size & 1:
            found, size = hashlib.sha256(b"\x01" + self.roots.pop() + found).digest(), size >> 1
        self.roots.append(found)

    def root(self) -> bytes:
        found = self.roots[-1] if self.roots else hashlib.sha256(b"").digest()
        for left in reversed(self.roots[:-1]):
            found = hashlib.sha256(b"\x01" + left + found).digest()
        return found


def root_of(lines: list[str]) -> bytes:
    edge = Edge()
    for line in lines:
        edge.append(hashlib.sha256(b"\x00" + line.encode()).digest())
    return edge.root()


def line_of(leaf: Row) -> str:
    """`concat_ws` leaves out what is not there."""
    parts = [f"{leaf['kind']}/1", leaf["subject"], leaf["number"], raw(leaf["hash"]).hex() if leaf["hash"] else None]
    return " ".join(str(part) for part in parts if part is not None)


def put(file: Path, body: bytes) -> None:
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_bytes(body)


def step_of(entry: Row) -> Row:
    step = entry.get("step")
    return step if isinstance(step, dict) else {}


def chain(rows: list[Row]) -> Iterator[tuple[str, int]]:
    previous = START
    for at, row in enumerate(rows, 1):
        if row["seq"] != at:
            yield "gap", row["seq"]
        elif row["algorithm"] != 2 or link(previous, row["text"]) != raw(row["hash"]):
            yield "hash", row["seq"]
        elif not json_in(row["text"]):
            yield "text", row["seq"]
        previous = raw(row["hash"])


def differing(wanted: Row, row: Row) -> Iterator[str]:
    for name, value in wanted.items():
        found = row.get(name)
        if name.endswith("_at"):
            found = seconds(found) if found is not None else None
        if found != value:
            yield name


def columns_of(entry: Row, node: Any) -> Row:
    """What stands beside the text of an entry."""
    return {
        "case_id": entry.get("case"),
        "seq": entry.get("seq"),
        "kind": step_of(entry).get("kind"),
        "command_id": entry.get("command_id"),
        "happened_at": entry.get("happened"),
        "recorded_at": entry.get("recorded"),
        "actor_id": entry.get("user"),
        "post_id": entry.get("post"),
        "organisation_id": entry.get("organisation"),
        "node": node,
    }


def state_of(entries: list[Row]) -> Row:
    """The columns of a case that follow from its log without any table."""
    first, steps = step_of(entries[0]), [step_of(entry) for entry in entries]
    report = first.get("report") or {}
    subject: Row = next((step["subject"] for step in reversed(steps) if step.get("subject")), {})
    place: Row = next((step["place"] for step in reversed(steps) if step.get("place")), {})
    return {
        "no": first.get("number"),
        "node": first.get("node"),
        "channel": report.get("channel"),
        "complaint": report.get("complaint", False),
        "reported_at": entries[0].get("recorded"),
        "status": steps[-1].get("status"),
        "class_key": subject.get("class_key", ""),
        "address": place.get("address", ""),
        "area_code": place.get("area", ""),
        "seq": entries[-1].get("seq"),
    }


def contacts_of(row: Row) -> Iterator[tuple[tuple[str, tuple[str, int] | None], Row]]:
    """A report as it was from each entry on: (report, the case and number of the correction, none at first)."""
    since: tuple[str, int] | None = None
    for earlier in row["earlier"]:
        contact = {name: earlier[name] for name in ("name", "phone", "wants_answer", "by_call")}
        yield (row["id"], since), {**row, **contact, "salt": "\\x" + earlier["salt"]}
        since = earlier["case"], earlier["seq"]
    yield (row["id"], since), row


def digest_of(row: Row) -> str:
    said = {name: row[name] for name in WORDS if name != "by_call" or row[name]}
    words = json.dumps(said, ensure_ascii=False, separators=(",", ":"))
    return hashlib.sha256(raw(row["salt"]) + words.encode()).hexdigest()


def key_of(row: Row, key: list[str]) -> str:
    return "/".join(text_of(row[name]) for name in key if row.get(name) is not None)


def values_of(row: Row, digested: list[str], left_out: list[str]) -> Row:
    found = {name: value for name, value in row.items() if name not in left_out}
    salt = raw(found.pop("salt", None)) if digested else b""
    for name in digested:
        if found.get(name) not in (None, ""):
            found[name] = hashlib.sha256(salt + text_of(found[name]).encode()).hexdigest()
    return found


def register_faults(
    table: str, standing: dict[str, Row], known: dict[str, list[Row]], *, begins: bool
) -> Iterator[str]:
    for row, lines in known.items():
        yield from (f"{what}: {table} {row} entry {seq}" for what, seq in chain(lines))
        for line in lines:
            told = json_in(line["text"])
            wanted = {"user_id": told.get("user"), "post_id": told.get("post")}
            wanted |= {name: told.get(name) for name in ("register", "row", "seq", "op", "db_role")}
            names = list(differing(wanted, line)) + ["at"] * (told.get("at") != microseconds(line["at"]))
            if told and names:
                yield f"columns: {table} {row} entry {line['seq']}: {', '.join(names)}"
        values = json_in(lines[-1]["text"]).get("values") or {}
        if row not in standing:
            if lines[-1]["op"] != "delete":
                yield f"gone: {table} {row}"
        elif lines[-1]["op"] == "delete":
            yield f"unknown: {table} {row}"
        elif names := [name for name, value in standing[row].items() if name in values and values[name] != value]:
            yield f"row: {table} {row}: {', '.join(names)}"
    yield from (f"unknown: {table} {row}" for row in standing if begins and row not in known)


def main(arguments: list[str] | None = None) -> int:
    asked = argparse.ArgumentParser(description="Verify a dump of the tables (see docs/proof-format.md).")
    asked.add_argument("tables", type=Path, help="what docs/proof-dump.sql wrote")
    asked.add_argument("--export", type=Path, help="a folder to write the trees to, for verify_proof.py")
    given = asked.parse_args(arguments)
    with given.tables.open("rb") as lines:
        tables = Tables(lines)
    faults = [*tables.verify(), *(tables.export(given.export) if given.export is not None else ())]
    for fault in faults:
        print(fault)  # noqa: T201
    rows = sum(map(len, tables.rows.values()))
    print(f"{len(tables.rows)} tables, {rows} rows, {len(faults)} faults")  # noqa: T201
    return 1 if faults else 0


if __name__ == "__main__":
    sys.exit(main())
