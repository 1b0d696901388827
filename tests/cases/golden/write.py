"""Writes the golden log anew: `python -m tests.cases.golden.write`; with `states`, only what the log folds to.

Until version 0.2 the format of the log may change: then the golden log is written anew in the same change, with a
decision record. From 0.2 on `log.jsonl` is never written again: another format is another algorithm number, with a
golden log of its own beside this one. What the log folds to may be written anew when a case learns a new field.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Iterable
from hashlib import sha256
from pathlib import Path
from typing import Final

import msgspec

from gezhi.cases.rules.evolve import fold
from gezhi.cases.rules.proof.chain import entry_of, line_of, text_of
from gezhi.kernel.links import ALGORITHM, FIRST, link
from tests.cases.golden.cases import walk_all

FOLDER: Final = Path(__file__).parent
LOG, EXPECTED = FOLDER / "log.jsonl", FOLDER / "expected.json"

Chained = list[tuple[str, str]]


def chained(texts: Iterable[str]) -> Chained:
    """Each text with its hash."""
    found: Chained = []
    previous = FIRST
    for text in texts:
        previous = link(previous, text)
        found.append((text, previous.hex()))
    return found


def read_log() -> dict[str, Chained]:
    """The committed log, case by case."""
    logs: dict[str, Chained] = {}
    for line in LOG.read_bytes().splitlines():
        head, _, text = line.decode().removesuffix("}").partition(',"entry":')
        logs.setdefault(entry_of(text).case, []).append((text, head.split('"')[-2]))
    return logs


def state_digests(logs: dict[str, Chained]) -> dict[str, str]:
    """What each case folds to, as a digest of its state."""
    encoder = msgspec.json.Encoder(order="deterministic")
    states = {case: fold(entry_of(text) for text, _ in log) for case, log in logs.items()}
    return {case: sha256(encoder.encode(state)).hexdigest() for case, state in states.items()}


def _write_log() -> None:
    logs = {walk.case_id: chained(text_of(entry) for entry in walk.entries) for walk in walk_all()}
    LOG.write_bytes(b"".join(line_of(text, digest, ALGORITHM) for log in logs.values() for text, digest in log))


def main() -> None:
    if sys.argv[1:] != ["states"]:
        _write_log()
    expected = {"states": state_digests(read_log())}
    EXPECTED.write_text(json.dumps(expected, indent=1) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
