"""The independent verifier on the golden log: whole it passes; whatever is changed, cut or taken away is named."""

from __future__ import annotations

import json
import random
import re
import subprocess
import sys
from collections.abc import Iterable
from typing import Final

import pytest

from tests.cases.golden.write import LOG, files
from tests.independent import verify_log
from tests.independent.verify_log import SCHEMA, Shape, Verifier

LINES: Final = LOG.read_bytes().splitlines(keepends=True)
SHAPE: Final = Shape(json.loads(SCHEMA.read_bytes()))
FIRST: Final = "00000000-0000-0000-0000-000000000001"


def of_case(case: str) -> list[bytes]:
    return [line for line in LINES if f'"entry":{{"case":"{case}"'.encode() in line]


def faults(lines: Iterable[bytes]) -> list[str]:
    return [str(fault) for fault in Verifier(SHAPE).verify(iter(lines))]


def test_it_runs_as_a_program_and_every_file_of_the_golden_log_passes() -> None:
    said = {}
    for path in files():
        command = [sys.executable, "-I", verify_log.__file__, str(path)]
        done = subprocess.run(command, capture_output=True, text=True, check=False)
        assert (done.returncode, done.stderr) == (0, ""), path
        said[path] = done.stdout
    assert said[LOG].startswith(f"39 cases, {len(LINES)} entries, 0 faults\n")


def test_a_changed_byte_anywhere_is_named_with_its_line() -> None:
    draw = random.Random(7)
    for _ in range(150):
        lines = of_case(json.loads(draw.choice(LINES))["entry"]["case"])
        at = draw.randrange(len(lines))
        line = bytearray(lines[at])
        line[draw.randrange(len(line))] ^= draw.randint(1, 255)
        lines[at] = bytes(line)
        named = faults(b"".join(lines).splitlines(keepends=True))
        assert any(f"line {at + 1}" in fault for fault in named), (lines[at], named)


def test_the_case_and_the_entry_are_named() -> None:
    lines = of_case(FIRST)
    lines[3] = lines[3].replace(b'"role":"duty-officer"', b'"role":"acceptor"')
    assert faults(lines) == [
        f"case {FIRST} entry 4 (line 4): the hash does not follow from the entry and the hash before it"
    ]


def test_an_entry_taken_out_put_in_or_moved_is_named() -> None:
    lines = of_case(FIRST)
    assert faults([*lines[:4], *lines[5:]])[0].endswith("entry 6 (line 5): follows entry 4")
    assert faults([*lines[:4], lines[3], *lines[4:]])[0].endswith("entry 4 (line 5): follows entry 4")
    assert faults([*lines[:4], lines[5], lines[4], *lines[6:]])[0].endswith("entry 6 (line 5): follows entry 4")


@pytest.mark.parametrize(
    ("old", "new", "what"),
    [
        (b'"kind":"reported"', b'"kind":"rumoured"', "entry.step.kind: 'rumoured' is not in the closed list"),
        (b'"role":"collector"', b'"role":"king"', "entry.role: 'king' is not in the closed list"),
        (b'"seq":1,', b'"seq":1,"who":2,', "entry.who: unknown field"),
        (b'"status":"reported"', b'"status":7', "entry.step.status: 7 is not in the closed list"),
        (b'"lon":1180000000', b'"lon":118.0', "entry.step.place.lon: 118.0 is no integer"),
        (b'"user":11,', b"", "entry.user: missing"),
        (b'"happened":1', b'"happened":9', "happened after it was recorded"),
        (b'"number":"TW-20260302-000001",', b"", "does not begin a case as a first entry does, or begins it again"),
    ],
    ids=["kind", "role", "field", "status", "fraction", "missing", "moment", "beginning"],
)
def test_what_no_entry_may_hold_is_named_also_where_the_hash_fits(old: bytes, new: bytes, what: str) -> None:
    text = of_case(FIRST)[0].split(b'"entry":', 1)[1].rstrip()[:-1]
    assert old in text
    changed = text.replace(old, new)
    digest = verify_log.chain_2(verify_log.START, changed).hex().encode()
    line = b'{"algorithm":2,"hash":"%b","entry":%b}\n' % (digest, changed)
    assert f"case {FIRST} entry 1 (line 1): {what}" in faults([line])


def test_a_case_goes_on_no_further_after_it_was_refused() -> None:
    refused = next(line for line in LINES if b'"kind":"refused"' in line)
    case = json.loads(refused)["entry"]["case"]
    again = b'{"algorithm":2,"hash":"%b","entry":%b}\n'
    text = refused.split(b'"entry":', 1)[1].rstrip()[:-1].replace(b'"seq":4,', b'"seq":5,')
    previous = bytes.fromhex(json.loads(refused)["hash"])
    digest = verify_log.chain_2(previous, text).hex().encode()
    named = faults([*of_case(case), again % (digest, text)])
    assert named == [f"case {case} entry 5 (line 5): comes after the case was refused"]


def test_an_unknown_algorithm_is_named() -> None:
    lines = of_case(FIRST)
    lines[0] = lines[0].replace(b'"algorithm":2', b'"algorithm":1')
    assert faults(lines) == [f"case {FIRST} entry 1 (line 1): algorithm 1 is unknown"]


def chained_anew(lines: list[bytes]) -> list[bytes]:
    """The same entries with hashes that fit them."""
    digest, written = verify_log.START, []
    for line in lines:
        text = line.split(b'"entry":', 1)[1].rstrip()[:-1]
        digest = verify_log.chain_2(digest, text)
        written.append(b'{"algorithm":2,"hash":"%b","entry":%b}\n' % (digest.hex().encode(), text))
    return written


@pytest.mark.parametrize(
    ("kind", "old", "new", "what"),
    [
        (
            b"dispatch_undone",
            rb'"undoes":\d+',
            b'"undoes":2',
            "takes back entry 2, which is not the dispatch that stands",
        ),
        (b"inspection_sent", rb'"due":(\d+)\}\]', b'"due":1}]', "task 1 is not due with its clock"),
        (
            b"received",
            rb'"ended":(\d+)',
            b'"ended":9999999999',
            "the clock receipt says of itself wrongly whether it is late",
        ),
        (b"closed", rb'"late":true', b'"late":false', "says of itself wrongly whether it is late"),
    ],
    ids=["undo", "task", "late", "not late"],
)
def test_a_clock_or_a_task_that_contradicts_itself_is_named(kind: bytes, old: bytes, new: bytes, what: str) -> None:
    mark = b'"kind":"%b"' % kind
    case = next(json.loads(one)["entry"]["case"] for one in LINES if mark in one and re.search(old, one))
    lines = [re.sub(old, new, one, count=1) if mark in one else one for one in of_case(case)]
    assert any(what in fault for fault in faults(chained_anew(lines)))
