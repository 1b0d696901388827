"""Writes the golden log anew: `python -m tests.cases.golden.write`; with `states`, only what the log folds to.

`log.jsonl` is that of 0.2, with which the format became final: it is never written again. A new kind of entry gets a
way at the end of `cases.py`, and `… write later 0.3` puts the ways that stand in no file yet into `log-0.3.jsonl`,
named after the release that first has them. Another format is another algorithm number, with files of its own. What
the log folds to may be written anew when a case learns a new field.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Iterable, Mapping
from hashlib import sha256
from pathlib import Path
from typing import Final

import msgspec

from gezhi.cases.rules.entries import entry_of, line_of, text_of
from gezhi.cases.rules.evolve import fold
from gezhi.kernel.links import ALGORITHM, FIRST, link
from tests.cases.golden.cases import Golden, walk_all

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


def files() -> list[Path]:
    """The log of 0.2, and what later releases added."""
    return [LOG, *sorted(FOLDER.glob("log-*.jsonl"))]


def read_log(*paths: Path) -> dict[str, Chained]:
    """The committed log, case by case."""
    logs: dict[str, Chained] = {}
    for line in b"".join(path.read_bytes() for path in paths or files()).splitlines():
        head, _, text = line.decode().removesuffix("}").partition(',"entry":')
        logs.setdefault(entry_of(text).case, []).append((text, head.split('"')[-2]))
    return logs


def not_yet_in(logs: Mapping[str, Chained]) -> list[Golden]:
    """The ways of `cases.py` that stand in no file yet."""
    return [walk for walk in walk_all() if walk.case_id not in logs]


def state_digests(logs: dict[str, Chained]) -> dict[str, str]:
    """What each case folds to, as a digest of its state."""
    encoder = msgspec.json.Encoder(order="deterministic")
    states = {case: fold(entry_of(text) for text, _ in log) for case, log in logs.items()}
    return {case: sha256(encoder.encode(state)).hexdigest() for case, state in states.items()}


def _write(path: Path, walks: Iterable[Golden]) -> None:
    logs = [chained(text_of(entry) for entry in walk.entries) for walk in walks]
    path.write_bytes(b"".join(line_of(text, digest, ALGORITHM) for log in logs for text, digest in log))


def main() -> None:
    match sys.argv[1:]:
        case []:
            _write(LOG, walk_all())
        case ["later", release]:
            _write(FOLDER / f"log-{release}.jsonl", not_yet_in(read_log()))
    expected = {"states": state_digests(read_log())}
    EXPECTED.write_text(json.dumps(expected, indent=1) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
