"""Writes the golden log anew: `python -m tests.cases.golden.write`; with `states`, only what the log folds to.

Until version 0.2 the format of the log may change: then the golden log is written anew in the same change, with a
decision record. From 0.2 on `log.jsonl` and `anchors` are never written again: another format is another algorithm
number, with a golden log of its own beside this one. What the log folds to may be written anew when a case learns a
new field.
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
from gezhi.cases.rules.proof.anchoring import FIRST_DIGEST, Anchored, digest_of, pack
from gezhi.cases.rules.proof.chain import entry_of, line_of, text_of
from gezhi.kernel.links import ALGORITHM, FIRST, link
from tests.cases.golden.cases import walk_all

FOLDER: Final = Path(__file__).parent
LOG, ANCHORS, EXPECTED = FOLDER / "log.jsonl", FOLDER / "anchors", FOLDER / "expected.json"
ANCHORED_AFTER: Final = (1 / 3, 2 / 3, 1)
"""After which part of every case's entries an anchor is taken."""

Chained = list[tuple[str, str]]


def chained(texts: Iterable[str]) -> Chained:
    """Each text with its hash."""
    found: Chained = []
    previous = FIRST
    for text in texts:
        previous = link(previous, text)
        found.append((text, previous.hex()))
    return found


def anchors_over(logs: dict[str, Chained]) -> list[bytes]:
    """The bodies of the anchors: each names the cases that moved since the one before."""
    bodies, named = [], dict.fromkeys(logs, 0)
    for part in ANCHORED_AFTER:
        tails = {case: round(len(log) * part) for case, log in logs.items()}
        moved = [Anchored(case, seq, logs[case][seq - 1][1]) for case, seq in tails.items() if seq > named[case]]
        named |= {one.case: one.seq for one in moved}
        bodies.append(pack(moved))
    return bodies


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


def last_anchor_digest(bodies: Iterable[bytes]) -> str:
    digest = FIRST_DIGEST
    for body in bodies:
        digest = digest_of(digest, body)
    return digest.hex()


def _write_log() -> None:
    logs = {walk.case_id: chained(text_of(entry) for entry in walk.entries) for walk in walk_all()}
    LOG.write_bytes(b"".join(line_of(text, digest, ALGORITHM) for log in logs.values() for text, digest in log))
    ANCHORS.mkdir(exist_ok=True)
    for number, body in enumerate(anchors_over(logs), 1):
        (ANCHORS / f"{number:06d}.jsonl.gz").write_bytes(body)


def main() -> None:
    if sys.argv[1:] != ["states"]:
        _write_log()
    bodies = [path.read_bytes() for path in sorted(ANCHORS.glob("*.gz"))]
    expected = {"anchor": last_anchor_digest(bodies), "states": state_digests(read_log())}
    EXPECTED.write_text(json.dumps(expected, indent=1) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
