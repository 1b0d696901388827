"""The golden log: what was written once verifies, reads and folds as it did, for ever."""

from __future__ import annotations

import json
from hashlib import sha256
from pathlib import Path

import pytest

from gezhi.assembly.version import gezhi_version
from gezhi.cases.rules.columns import columns_of, first_columns_of, log_columns_of
from gezhi.cases.rules.entries import entry_of, line_of, text_of
from gezhi.cases.rules.entry_kinds import EntryKind
from gezhi.cases.rules.evolve import fold
from gezhi.cases.rules.marks import Mark
from gezhi.cases.rules.stages import Status
from gezhi.kernel.links import ALGORITHM
from gezhi.proof.rules.verify_log import CaseRow, Finding, LogRow, verify_case
from tests.cases.golden.write import (
    EXPECTED,
    FOLDER,
    Chained,
    files,
    not_yet_in,
    read_log,
    state_digests,
)

LOGS = read_log()


def findings(log: Chained, *, named: tuple[tuple[int, bytes], ...] = ()) -> list[Finding]:
    """What the product's own verification says of a log beside the row that the golden log gives."""
    case = entry_of(log[0][0]).case
    state = fold(entry_of(text) for text, _ in LOGS[case])
    assert state is not None
    row = CaseRow(case, {**first_columns_of(state), **columns_of(state)}, state, bytes.fromhex(LOGS[case][-1][1]))
    lines = [
        LogRow(case, seq, log_columns_of(entry_of(text), state.node), ALGORITHM, text, bytes.fromhex(digest))
        for seq, (text, digest) in enumerate(log, 1)
    ]
    return list(verify_case(row, lines, named))


RELEASED = {
    "log.jsonl": "ee696986f70020a2a8517e774e365480dd8f1411fa7ccf93be43bfeba3b48e2f",
}
"""SHA-256 of the files of each release, for ever. Ways for the next release stand in none of these."""


def is_released(path: Path) -> bool:
    """Whether this version is as late as the one in the name of the file; the first has none in its name."""
    return path.name == "log.jsonl" or number(path.stem.removeprefix("log-")) <= number(gezhi_version())


def number(release: str) -> tuple[int, int]:
    major, minor = map(int, release.split(".")[:2])
    return major, minor


def test_what_was_released_is_never_written_again() -> None:
    written = {path.name: sha256(path.read_bytes()).hexdigest() for path in files() if is_released(path)}
    assert written == RELEASED


def test_every_kind_of_entry_every_status_and_every_mark_occurs() -> None:
    entries = [entry_of(text) for log in LOGS.values() for text, _ in log]
    assert {entry.step.kind for entry in entries} == set(EntryKind)
    assert {entry.step.status for entry in entries} == set(Status)
    assert {mark for entry in entries for mark in entry.step.marks} == set(Mark)


@pytest.mark.parametrize("case", LOGS)
def test_the_product_verifies_it_with_every_entry_named(case: str) -> None:
    named = tuple((seq, bytes.fromhex(digest)) for seq, (_, digest) in enumerate(LOGS[case], 1))
    assert findings(LOGS[case], named=named) == []


def test_a_changed_letter_is_found() -> None:
    log = list(LOGS["00000000-0000-0000-0000-000000000001"])
    text, digest = log[3]
    log[3] = (text.replace('"role":"duty-officer"', '"role":"acceptor"'), digest)
    assert [(one.seq, one.kind) for one in findings(log)] == [(4, "hash")]


def test_an_entry_of_an_unknown_kind_is_named_also_where_its_hash_fits() -> None:
    text = LOGS["00000000-0000-0000-0000-000000000002"][0][0].replace('"kind":"self_handled"', '"kind":"hushed_up"')
    case = entry_of(LOGS["00000000-0000-0000-0000-000000000002"][0][0]).case
    line = LogRow(case, 1, {}, ALGORITHM, text, sha256(b"\x00" * 32 + text.encode()).digest())
    assert [one.kind for one in verify_case(None, [line])] == ["text", "no-case"]


def test_the_chain_begins_with_thirty_two_zero_bytes() -> None:
    text, digest = LOGS["00000000-0000-0000-0000-000000000001"][0]
    before = b"gezhi/link/2\n" + bytes(32)
    assert (sha256(before + sha256(text.encode()).digest()).hexdigest(), ALGORITHM) == (digest, 2)


def test_what_is_read_is_written_again_byte_for_byte() -> None:
    assert [text for log in LOGS.values() for text, _ in log if text_of(entry_of(text)) != text] == []
    for path in files():
        logs = read_log(path).values()
        assert b"".join(line_of(text, digest, ALGORITHM) for log in logs for text, digest in log) == path.read_bytes()


def test_every_way_stands_in_the_log_and_a_new_one_alone_is_written_beside_it() -> None:
    assert not_yet_in(LOGS) == []
    *_, newest = LOGS
    assert [walk.case_id for walk in not_yet_in({case: LOGS[case] for case in LOGS if case != newest})] == [newest]


def test_it_folds_to_the_same_states() -> None:
    assert state_digests(LOGS) == json.loads(EXPECTED.read_bytes())["states"]


def test_it_stays_small() -> None:
    assert sum(path.stat().st_size for path in FOLDER.rglob("*") if path.is_file()) < 600_000
