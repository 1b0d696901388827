"""Signed notes: a vector of the standard, and every way in which a note is none."""

from __future__ import annotations

from typing import Final

import pytest

from gezhi.proof.rules.keys import KeyType, SecretKey, parse_verifier_key
from gezhi.proof.rules.notes import Note, merged, parse_note, parse_signatures, signature_of
from tests.proof.rules.test_keys import PETER

TEXT: Final = "If you think cryptography is the answer to your problem,\nthen you don't know what your problem is.\n"
LINE: Final = (
    "— PeterNeumann x08go/ZJkuBS9UG/SffcvIAQxVBtiFupLLr8pAcElZInNIuGUgYN1FFYC2pZSNXgKvqfqdngotpRZb6KE6RyyBwJnAM=\n"
)
NOTE: Final = f"{TEXT}\n{LINE}"
OTHER: Final = SecretKey("other", KeyType.ED25519, bytes(32))


def test_the_note_of_the_standard_is_good() -> None:
    note = parse_note(NOTE.encode())
    peter = parse_verifier_key(PETER)
    assert (note.text, note.whole) == (TEXT, NOTE)
    assert note.good_keys([OTHER.verifier, peter]) == [peter]


def test_a_note_that_nobody_known_signed_has_no_good_key() -> None:
    assert parse_note(NOTE).good_keys([OTHER.verifier]) == []


def test_a_bad_signature_of_a_known_key_spoils_the_note() -> None:
    forged = parse_note(NOTE.replace("answer", "Answer"))
    with pytest.raises(ValueError, match=r"the signature of PeterNeumann \(c74f20a3\) does not fit"):
        forged.good_keys([parse_verifier_key(PETER)])


def test_signatures_of_others_are_added_once() -> None:
    more = signature_of(OTHER.verifier, OTHER.sign(TEXT))
    note = merged(merged(parse_note(NOTE), [more]), [more])
    assert note.whole == NOTE + more.line
    assert parse_note(note.whole) == note
    assert [key.name for key in note.good_keys([OTHER.verifier, parse_verifier_key(PETER)])] == [
        *("other", "PeterNeumann")
    ]


def test_the_text_ends_at_the_last_empty_line() -> None:
    note = Note("a\n\nb\n", parse_note(NOTE).signatures)
    assert parse_note(note.whole) == note


@pytest.mark.parametrize(
    "raw",
    [
        b"",
        TEXT.encode(),
        f"{TEXT}\n".encode(),
        NOTE[:-1].encode(),
        NOTE.replace("—", "-").encode(),
        NOTE.replace("\n\n", "\n").encode(),
        NOTE.replace("think", "th\tink").encode(),
        (NOTE + "more\n").encode(),
        (NOTE + "— a AAAA\n").encode(),
        (NOTE + "— a A\n").encode(),
        (NOTE + "— a AAAAAA==\n").encode(),
        (NOTE + LINE * 64).encode(),
        NOTE.encode() + b"\xff\n",
    ],
)
def test_what_is_no_note_is_refused(raw: bytes) -> None:
    with pytest.raises(ValueError, match=r"no note|no signature|no end|more than 64|codec can't decode"):
        parse_note(raw)


def test_a_note_has_room_for_sixty_four_signatures() -> None:
    assert len(parse_note(NOTE + LINE * 63).signatures) == 64


def test_signature_lines_alone_are_read_as_a_witness_sends_them() -> None:
    (one,) = parse_signatures(LINE)
    assert (one.name, one.key_id.hex(), one.line) == ("PeterNeumann", "c74f20a3", LINE)
