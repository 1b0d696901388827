"""见证 (C2SP tlog-witness): what is sent to a witness, when it takes it, and which of its receipts count."""

from __future__ import annotations

import re
from base64 import b64decode, b64encode
from binascii import Error
from collections.abc import Sequence

import msgspec

from gezhi.proof.rules.checkpoint import Checkpoint, parse_checkpoint
from gezhi.proof.rules.keys import VerifierKey
from gezhi.proof.rules.notes import Note, Signature, is_cosignature, parse_note, parse_signatures
from gezhi.proof.rules.tree import HASH_SIZE, is_consistent

OLD = re.compile(r"old (0|[1-9]\d{0,18})")
MOST_STEPS = 63
SIZE_TYPE = "text/x.tlog.size"
PLAIN = "text/plain; charset=utf-8"


class AddCheckpoint(msgspec.Struct, frozen=True):
    """A checkpoint, and that it continues the tree of the old size."""

    old: int
    proof: tuple[bytes, ...]
    note: Note

    @property
    def body(self) -> bytes:
        steps = [b64encode(step).decode() for step in self.proof]
        return "\n".join([f"old {self.old}", *steps, "", self.note.whole]).encode()


class Answer(msgspec.Struct, frozen=True):
    """A refusal of a witness; 409 tells the size that it has."""

    status: int
    body: str
    type: str = PLAIN


def parse_add_checkpoint(body: bytes) -> AddCheckpoint:
    head, empty, note = body.decode().partition("\n\n")
    first, *steps = head.split("\n")
    match = OLD.fullmatch(first)
    if match is None or not empty or len(steps) > MOST_STEPS:
        raise ValueError("an old size, a proof, an empty line and a checkpoint are wanted")
    try:
        proof = tuple(b64decode(step, validate=True) for step in steps)
    except Error as error:
        raise ValueError("a step of the proof is no base64") from error
    if any(len(step) != HASH_SIZE for step in proof):
        raise ValueError("a step of the proof is no hash")
    return AddCheckpoint(int(match[1]), proof, parse_note(note))


def decide_checkpoint(known: Checkpoint | None, body: bytes, keys: Sequence[VerifierKey]) -> Checkpoint | Answer:
    """What a witness keeps and cosigns, or its refusal. Asked and kept under one lock, or two can pass each other."""
    if not keys:
        raise ValueError("a witness without a key of a log would take nothing, or anything")
    try:
        request = parse_add_checkpoint(body)
        checkpoint = parse_checkpoint(request.note.text)
    except ValueError as error:
        return Answer(400, f"{error}\n")
    return _refusal(known, request, checkpoint, keys) or checkpoint


def _refusal(
    known: Checkpoint | None, request: AddCheckpoint, checkpoint: Checkpoint, keys: Sequence[VerifierKey]
) -> Answer | None:
    trusted = [key for key in keys if key.name == checkpoint.origin]
    if not trusted:
        return Answer(404, "this origin is unknown here\n")
    try:
        signed = request.note.good_keys(trusted)
    except ValueError:
        signed = []
    if not signed:
        return Answer(403, "no signature of a known key fits\n")
    if request.old > checkpoint.size:
        return Answer(400, "the old size is larger than the checkpoint's\n")
    size = known.size if known is not None else 0
    if request.old != size:
        return Answer(409, f"{size}\n", SIZE_TYPE)
    if known is not None and size == checkpoint.size and known.root != checkpoint.root:
        return Answer(409, f"{size}\n", SIZE_TYPE)
    if known is None or size == 0:
        return None if not request.proof else Answer(422, "from nothing there is nothing to prove\n")
    if not is_consistent(size, known.root, checkpoint.size, checkpoint.root, request.proof):
        return Answer(422, "the checkpoint does not continue the one that is known\n")
    return None


def fitting_receipts(note: Note, answer: str, keys: Sequence[VerifierKey]) -> list[Signature]:
    """The receipts of known witnesses for this very checkpoint, or ValueError where there is none or one is forged."""
    signatures = parse_signatures(answer)
    known = [key for key in keys if is_cosignature(key)]
    receipts = Note(note.text, signatures)
    good = receipts.good_keys(known)
    found = [one for one in signatures if any(one.is_of(key) for key in good)]
    if not found:
        raise ValueError("no receipt of a known witness")
    return found


def size_told(body: str) -> int:
    """The size that a witness answers with 409, or ValueError."""
    match = re.fullmatch(r"(0|[1-9]\d{0,18})\n?", body)
    if match is None:
        raise ValueError(f"no size: {body[:60]!r}")
    return int(match[1])
