"""A second opinion on an exported case log, written from docs/log-format.md alone: nothing of the product is imported.

python tests/independent/verify_log.py EXPORT [--schema FILE]

Says for every fault which case, which entry and what is wrong; ends with 1 where anything is.
"""

from __future__ import annotations

import argparse
import gzip
import hashlib
import json
import re
import sys
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

LINE = re.compile(rb'\{"algorithm":(\d+),"hash":"([0-9a-f]{64})","entry":(.*)\}', re.DOTALL)
START = bytes(32)
LAST_STATUSES = {"refused", "merged", "self_handled", "rejected", "voided"}
TOLD = ("contact_corrected", "told_by_call")
AFTER_THE_LAST = dict.fromkeys(("refused", "rejected", "voided"), TOLD)
BEGINNING = ("number", "node", "place", "subject", "report")
SCHEMA = Path(__file__).parents[2] / "docs" / "log-entry.schema.json"
STAGES = {
    "acceptance", "verification", "registration", "dispatch", "unowned", "handling", "helping", "review",
    "send_inspection", "inspection", "closing",
}  # fmt: skip
TYPES = {"string": str, "integer": int, "boolean": bool, "object": dict, "array": list, "null": type(None)}


def chain_2(previous: bytes, text: bytes) -> bytes:
    """Algorithm 2."""
    return hashlib.sha256(b"gezhi/link/2\n" + previous + hashlib.sha256(text).digest()).digest()


ALGORITHMS = {2: chain_2}


@dataclass(frozen=True)
class Fault:
    where: str
    what: str

    def __str__(self) -> str:
        return f"{self.where}: {self.what}"


@dataclass
class Case:
    """What is known of a case so far."""

    seq: int = 0
    hash: bytes = START
    status: str = ""
    clocks: dict[str, dict[str, Any]] = field(default_factory=dict)
    was_late: bool = False
    dispatched: int | None = None
    before: dict[str, dict[str, Any]] = field(default_factory=dict)


class Shape:
    """The parts of JSON Schema that the schema of an entry uses, and that no unknown field stands in an object."""

    def __init__(self, schema: dict[str, Any]) -> None:
        self.parts: dict[str, Any] = schema["$defs"]
        self.entry: dict[str, Any] = schema

    def faults(self, value: Any, part: dict[str, Any] | None = None, at: str = "entry") -> Iterator[str]:
        part = self.entry if part is None else part
        if "$ref" in part:
            part = self.parts[part["$ref"].rsplit("/", 1)[1]]
        if "anyOf" in part:
            options = [one for one in part["anyOf"] if (one.get("type") == "null") == (value is None)]
            found = [list(self.faults(value, one, at)) for one in options]
            yield from min(found, key=len, default=[f"{at}: {value!r} may not stand there"])
            return
        if "enum" in part and value not in part["enum"]:
            yield f"{at}: {value!r} is not in the closed list"
        kind = part.get("type")
        if kind and (not isinstance(value, TYPES[kind]) or (kind == "integer" and isinstance(value, bool))):
            yield f"{at}: {value!r} is no {kind}"
        elif isinstance(value, dict):
            yield from self._of_object(value, part, at)
        elif isinstance(value, list):
            yield from self._of_list(value, part, at)

    def _of_object(self, value: dict[str, Any], part: dict[str, Any], at: str) -> Iterator[str]:
        known = part.get("properties", {})
        yield from (f"{at}.{name}: missing" for name in part.get("required", ()) if name not in value)
        for name, inside in value.items():
            if name in known:
                yield from self.faults(inside, known[name], f"{at}.{name}")
            else:
                yield f"{at}.{name}: unknown field"

    def _of_list(self, value: list[Any], part: dict[str, Any], at: str) -> Iterator[str]:
        places = part.get("prefixItems", [])
        if len(value) < part.get("minItems", 0) or len(value) > part.get("maxItems", len(value)):
            yield f"{at}: {len(value)} parts"
        for index, inside in enumerate(value):
            inner = places[index] if index < len(places) else part.get("items")
            if isinstance(inner, dict):
                yield from self.faults(inside, inner, f"{at}[{index}]")


class Verifier:
    """Goes through the export once; memory grows with the cases, not with the entries."""

    def __init__(self, shape: Shape | None) -> None:
        self.shape = shape
        self.cases: dict[str, Case] = {}
        self.entries = 0

    def verify(self, lines: Iterator[bytes]) -> Iterator[Fault]:
        for at, line in enumerate(lines, 1):
            self.entries += 1
            yield from self._line(at, line)

    def _line(self, at: int, line: bytes) -> Iterator[Fault]:
        if not line.endswith(b"\n"):
            yield Fault(f"line {at}", "does not end with a line break")
        parts = LINE.fullmatch(line.removesuffix(b"\n"))
        if parts is None:
            yield Fault(f"line {at}", "is no line of an export")
            return
        algorithm, digest, text = int(parts[1]), bytes.fromhex(parts[2].decode()), parts[3]
        try:
            entry = json.loads(text)
            name, seq = str(entry["case"]), int(entry["seq"])
        except (ValueError, TypeError, KeyError):
            yield Fault(f"line {at}", "holds no entry that can be read")
            return
        where = f"case {name} entry {seq} (line {at})"
        case = self.cases.setdefault(name, Case())
        if seq != case.seq + 1:
            yield Fault(where, f"follows entry {case.seq}")
        if algorithm not in ALGORITHMS:
            yield Fault(where, f"algorithm {algorithm} is unknown")
        elif ALGORITHMS[algorithm](case.hash, text) != digest:
            yield Fault(where, "the hash does not follow from the entry and the hash before it")
        yield from (Fault(where, what) for what in self._contents(case, entry, seq))
        case.seq, case.hash = seq, digest

    def _contents(self, case: Case, entry: dict[str, Any], seq: int) -> Iterator[str]:
        wrong = list(self.shape.faults(entry)) if self.shape is not None else []
        yield from wrong
        step = entry.get("step")
        if wrong or not isinstance(step, dict):
            return
        if entry["happened"] > entry["recorded"]:
            yield "happened after it was recorded"
        if case.status in LAST_STATUSES and step["kind"] not in AFTER_THE_LAST.get(case.status, ()):
            yield f"comes after the case was {case.status}"
        if (seq == 1) != ("number" in step) or (seq == 1 and any(name not in step for name in BEGINNING)):
            yield "does not begin a case as a first entry does, or begins it again"
        case.status = step["status"]
        yield from _clocks(case, step, seq)


def _clocks(case: Case, step: dict[str, Any], seq: int) -> Iterator[str]:
    """What the page says of clocks, tasks and of a dispatch that was undone."""
    if "undoes" in step:
        if step["undoes"] != case.dispatched:
            yield f"takes back entry {step['undoes']}, which is not the dispatch that stands"
        case.clocks = case.before
    elif step["kind"] == "dispatched":
        case.dispatched, case.before = seq, dict(case.clocks)
    for clock in step.get("clocks", ()):
        yield from _clock(case, clock)
    if case.clocks.get("whole", {}).get("late") and not case.was_late:
        yield "the whole case is late and no stage was"
    receipt, handling = case.clocks.get("receipt", {}), case.clocks.get("handling", {})
    if "since" in receipt and "since" in handling and receipt["due"] > handling["due"]:
        yield "the receipt is due after the handling"
    yield from _tasks(case, step)


def _clock(case: Case, clock: dict[str, Any]) -> Iterator[str]:
    case.clocks[clock["kind"]] = clock
    stopped = clock.get("ended", clock.get("paused"))
    if clock.get("late", False) != (stopped is not None and stopped > clock["due"]):
        yield f"the clock {clock['kind']} says of itself wrongly whether it is late"
    if clock["kind"] in STAGES:
        case.was_late = case.was_late or clock.get("late", False) or clock.get("raised", False)


def _tasks(case: Case, step: dict[str, Any]) -> Iterator[str]:
    running = {"verify": "verification", "inspect": "inspection"}
    for task in step.get("tasks", ()):
        clock = case.clocks.get(running[task["kind"]], {})
        open_now = "answered" not in task and "rerouted" not in task
        if "due" not in task or (open_now and task["due"] != clock.get("due")):
            yield f"task {task['no']} is not due with its clock"


def read_lines(export: Path) -> Iterator[bytes]:
    with gzip.open(export) if export.suffix == ".gz" else export.open("rb") as stream:
        yield from stream


def main(arguments: list[str] | None = None) -> int:
    asked = argparse.ArgumentParser(description="Verify an exported case log (see docs/log-format.md).")
    asked.add_argument("export", type=Path, help="what `gezhi export log` wrote, or the same as .gz")
    asked.add_argument("--schema", type=Path, default=SCHEMA, help="schema of an entry; closed words are read from it")
    given = asked.parse_args(arguments)
    shape = Shape(json.loads(given.schema.read_bytes())) if given.schema.exists() else None
    verifier = Verifier(shape)
    faults = 0
    for fault in verifier.verify(read_lines(given.export)):
        faults += 1
        print(fault)  # noqa: T201
    standing = Counter(case.status for case in verifier.cases.values())
    print(  # noqa: T201
        f"{len(verifier.cases)} cases, {verifier.entries} entries, {faults} faults"
        + ("" if shape is not None else "; no schema, so words were not looked at")
        + "\n"
        + ", ".join(f"{status} {count}" for status, count in sorted(standing.items()))
    )
    return 1 if faults else 0


if __name__ == "__main__":
    sys.exit(main())
