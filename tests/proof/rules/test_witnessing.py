"""A witness takes what continues what it knows, says what it knows otherwise, and only its own receipts count."""

from __future__ import annotations

from typing import Final

import pytest

from gezhi.proof.rules.checkpoint import Checkpoint
from gezhi.proof.rules.keys import KeyType, SecretKey
from gezhi.proof.rules.notes import Note, signature_of
from gezhi.proof.rules.tree import consistency_proof
from gezhi.proof.rules.witnessing import (
    PLAIN,
    SIZE_TYPE,
    AddCheckpoint,
    Answer,
    decide_checkpoint,
    fitting_receipts,
    parse_add_checkpoint,
    size_told,
)
from tests.proof.rules.test_tree import ROOT_AT, node

ORIGIN: Final = "gezhi-0a0b0c0d/1"
LOG: Final = SecretKey(ORIGIN, KeyType.ED25519, bytes(32))
WITNESS: Final = SecretKey("witness.example/w1", KeyType.COSIGNATURE, bytes([7]) * 32)
KEYS: Final = [LOG.verifier]


def note(size: int, *, key: SecretKey = LOG, origin: str = ORIGIN, root: bytes = b"") -> Note:
    text = Checkpoint(origin, size, root or ROOT_AT[size]).text
    return Note(text, (signature_of(key.verifier, key.sign(text)),))


def body(old: int, size: int, sent: Note | None = None) -> bytes:
    return AddCheckpoint(old, tuple(consistency_proof(old, size, node)), sent or note(size)).body


KNOWN: Final = Checkpoint(ORIGIN, 6, ROOT_AT[6])


def test_a_request_is_read_as_it_is_written() -> None:
    sent = AddCheckpoint(6, tuple(consistency_proof(6, 11, node)), note(11))
    assert sent.body.startswith(b"old 6\n")
    assert parse_add_checkpoint(sent.body) == sent
    assert parse_add_checkpoint(AddCheckpoint(0, (), note(3)).body).proof == ()


def test_a_proof_has_at_most_sixty_three_steps() -> None:
    longest = AddCheckpoint(6, (ROOT_AT[1],) * 63, note(11))
    assert parse_add_checkpoint(longest.body) == longest
    with pytest.raises(ValueError, match="an old size, a proof"):
        parse_add_checkpoint(AddCheckpoint(6, (ROOT_AT[1],) * 64, note(11)).body)


@pytest.mark.parametrize(("old", "size"), [(6, 6), (6, 7), (6, 70)])
def test_what_continues_the_known_tree_is_taken(old: int, size: int) -> None:
    assert decide_checkpoint(KNOWN, body(old, size), KEYS) == Checkpoint(ORIGIN, size, ROOT_AT[size])


def test_the_first_checkpoint_is_taken_from_nothing() -> None:
    assert decide_checkpoint(None, body(0, 9), KEYS) == Checkpoint(ORIGIN, 9, ROOT_AT[9])


@pytest.mark.parametrize(
    ("known", "sent", "answer"),
    [
        (KNOWN, body(5, 9), Answer(409, "6\n", SIZE_TYPE)),
        (KNOWN, body(0, 9), Answer(409, "6\n", SIZE_TYPE)),
        (None, body(6, 9), Answer(409, "0\n", SIZE_TYPE)),
        (KNOWN, body(6, 6, note(6, root=ROOT_AT[7])), Answer(409, "6\n", SIZE_TYPE)),
    ],
)
def test_another_beginning_is_answered_with_the_known_size(
    known: Checkpoint | None, sent: bytes, answer: Answer
) -> None:
    assert decide_checkpoint(known, sent, KEYS) == answer


@pytest.mark.parametrize(
    ("sent", "status"),
    [
        (b"", 400),
        (b"\xff", 400),
        (body(6, 9).replace(b"old 6", b"old 06"), 400),
        (body(6, 9).replace(b"old 6\n", b"old 6\nAA==\n"), 400),
        (body(6, 9).replace(b"old 6\n", b"old 6\n?\n"), 400),
        (body(6, 9).replace(b"old 6\n", b"old 6\n" + b"A" * 43 + b"=\n" * 64), 400),
        (body(6, 9, Note("a\nb\n", note(9).signatures)), 400),
        (AddCheckpoint(9, (), note(6)).body, 400),
        (body(6, 9, note(9, origin="elsewhere/1")), 404),
        (body(6, 9, note(9, key=SecretKey(ORIGIN, KeyType.ED25519, bytes([9]) * 32))), 403),
        (body(6, 9, Note(note(9).text, note(8).signatures)), 403),
        (AddCheckpoint(6, (), note(9)).body, 422),
        (AddCheckpoint(6, tuple(consistency_proof(6, 10, node)), note(9)).body, 422),
        (body(6, 9, note(9, root=ROOT_AT[10])), 422),
    ],
)
def test_everything_else_is_refused_with_the_status_of_the_standard(sent: bytes, status: int) -> None:
    answer = decide_checkpoint(KNOWN, sent, KEYS)
    assert isinstance(answer, Answer)
    assert (answer.status, answer.type) == (status, PLAIN)


def test_a_proof_from_nothing_is_refused() -> None:
    sent = AddCheckpoint(0, tuple(consistency_proof(6, 9, node)), note(9)).body
    assert decide_checkpoint(None, sent, KEYS) == Answer(422, "from nothing there is nothing to prove\n")


def test_a_witness_that_knows_no_key_takes_nothing() -> None:
    with pytest.raises(ValueError, match="without a key"):
        decide_checkpoint(None, body(0, 9), [])


def receipt(of: Note, *, key: SecretKey = WITNESS) -> str:
    return signature_of(key.verifier, key.sign(of.text, at=1_700_000_000)).line


def test_the_receipt_of_a_known_witness_counts() -> None:
    other = SecretKey("other", KeyType.COSIGNATURE, bytes([8]) * 32)
    (found,) = fitting_receipts(note(9), receipt(note(9)) + receipt(note(9), key=other), [WITNESS.verifier])
    assert (found.name, found.at) == (WITNESS.name, 1_700_000_000)


@pytest.mark.parametrize(
    "answer",
    [
        "",
        "200 OK\n",
        receipt(note(8)),
        receipt(note(9), key=SecretKey("other", KeyType.COSIGNATURE, bytes([8]) * 32)),
        receipt(note(9), key=SecretKey(WITNESS.name, KeyType.COSIGNATURE, bytes([8]) * 32)),
        signature_of(LOG.verifier, LOG.sign(note(9).text)).line,
        receipt(note(9)) + "more\n",
    ],
)
def test_a_forged_receipt_or_one_for_something_else_does_not(answer: str) -> None:
    with pytest.raises(ValueError, match=r"no receipt|does not fit|no signature|no end"):
        fitting_receipts(note(9), answer, [WITNESS.verifier, LOG.verifier])


def test_the_size_that_a_witness_tells_is_read() -> None:
    assert [size_told("20852014\n"), size_told("0")] == [20_852_014, 0]
    for text in ("", "-1\n", "1e9\n", "<html>\n"):
        with pytest.raises(ValueError, match="no size"):
            size_told(text)
