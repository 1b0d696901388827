"""Signed notes (C2SP signed-note): a text, an empty line, and a line for each signature under it."""

from __future__ import annotations

import re
from base64 import b64decode, b64encode
from binascii import Error
from collections.abc import Iterable

import msgspec

from gezhi.proof.rules.keys import STAMP, KeyType, VerifierKey

SIGNATURE = re.compile(r"— ([^\s+]+) ([A-Za-z0-9+/]+={0,2})")
MOST_SIGNATURES = 64
KEY_ID = 4


class Signature(msgspec.Struct, frozen=True):
    """A line under a note: who says to have signed, by which key, and the signature."""

    name: str
    key_id: bytes
    signature: bytes

    @property
    def line(self) -> str:
        return f"— {self.name} {b64encode(self.key_id + self.signature).decode()}\n"

    def is_of(self, key: VerifierKey) -> bool:
        """Whether it names this key; that says nothing of whether it is good."""
        return (self.name, self.key_id) == (key.name, key.id)

    @property
    def at(self) -> int:
        """The time in a cosignature."""
        return int.from_bytes(self.signature[:STAMP], "big")


class Note(msgspec.Struct, frozen=True):
    """A text and the signatures under it, none of them verified."""

    text: str
    signatures: tuple[Signature, ...]

    @property
    def whole(self) -> str:
        return f"{self.text}\n{''.join(one.line for one in self.signatures)}"

    def good_keys(self, keys: Iterable[VerifierKey]) -> list[VerifierKey]:
        """Which of the keys have signed. Signatures of others are passed over; a bad one of a known key is an error."""
        good = []
        for key in keys:
            signatures = [one for one in self.signatures if one.is_of(key)]
            if any(not key.verifies(one.signature, self.text) for one in signatures):
                raise ValueError(f"the signature of {key.name} ({key.id.hex()}) does not fit")
            if signatures:
                good.append(key)
        return good


def signature_of(key: VerifierKey, signature: bytes) -> Signature:
    return Signature(key.name, key.id, signature)


def parse_signatures(text: str) -> tuple[Signature, ...]:
    """Signature lines, or ValueError where anything else stands among them."""
    if not text.endswith("\n"):
        raise ValueError("a line of a signature has no end")
    lines = text[:-1].split("\n")
    if len(lines) > MOST_SIGNATURES:
        raise ValueError(f"more than {MOST_SIGNATURES} signatures")
    signatures = []
    for line in lines:
        match = SIGNATURE.fullmatch(line)
        if match is None:
            raise ValueError(f"no signature: {line[:200]!r}")
        try:
            raw = b64decode(match[2], validate=True)
        except Error as error:
            raise ValueError(f"no signature: {line[:200]!r}") from error
        if len(raw) <= KEY_ID:
            raise ValueError(f"no signature: {line[:200]!r}")
        signatures.append(Signature(match[1], raw[:KEY_ID], raw[KEY_ID:]))
    return tuple(signatures)


def parse_note(raw: bytes | str) -> Note:
    """The note of these bytes, or ValueError."""
    whole = raw.decode() if isinstance(raw, bytes) else raw  # UnicodeDecodeError is a ValueError
    if any(ord(letter) < ord(" ") and letter != "\n" for letter in whole):
        raise ValueError("no note: a control character stands in it")
    text, empty, signatures = whole.rpartition("\n\n")
    if not empty:
        raise ValueError("no note: no empty line stands before the signatures")
    return Note(text + "\n", parse_signatures(signatures))


def merged(note: Note, more: Iterable[Signature]) -> Note:
    """The note with more signatures under it, each once."""
    return Note(note.text, tuple(dict.fromkeys([*note.signatures, *more])))


def is_cosignature(key: VerifierKey) -> bool:
    return key.type is KeyType.COSIGNATURE
