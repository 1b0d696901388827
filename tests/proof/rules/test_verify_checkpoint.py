"""Signed notes against the tree that they speak of: by a table of everything that may be wrong with one."""

from __future__ import annotations

from typing import Final

import pytest

from gezhi.proof.rules.checkpoint import Checkpoint
from gezhi.proof.rules.keys import KeyType, SecretKey
from gezhi.proof.rules.notes import Note, signature_of
from gezhi.proof.rules.verify_checkpoint import SignedTree, Trust, difference, verify_note, verify_receipt
from gezhi.proof.rules.verify_tree import KeySpan
from tests.proof.rules.test_tree import ROOT_AT
from tests.proof.rules.test_witnessing import LOG, ORIGIN, WITNESS, note, receipt

OTHER: Final = SecretKey(ORIGIN, KeyType.ED25519, bytes([9]) * 32)
ROOTS: Final = dict(enumerate(ROOT_AT[:21]))
TREE: Final = SignedTree(ORIGIN, 20, ROOTS, [KeySpan(LOG.verifier, 0, 15), KeySpan(OTHER.verifier, 10)])


def kinds(whole: str | bytes, *, tree: SignedTree = TREE, trust: Trust | None = None) -> list[str]:
    return [one.kind for one in verify_note("here", whole, {tree.origin: tree}, trust or Trust())]


@pytest.mark.parametrize(("size", "key"), [(1, LOG), (14, LOG), (10, OTHER), (20, OTHER)])
def test_what_was_signed_by_a_key_that_counted_then_agrees(size: int, key: SecretKey) -> None:
    assert kinds(note(size, key=key).whole) == []


@pytest.mark.parametrize(
    ("whole", "found"),
    [
        (b"\xff", ["note"]),
        ("", ["note"]),
        (Note("a\nb\n", note(9).signatures).whole, ["note"]),
        (note(9, origin="elsewhere/1").whole, ["origin"]),
        (note(9, key=OTHER).whole, ["unsigned"]),
        (note(15).whole, ["unsigned"]),
        (Note(note(9).text, note(8).signatures).whole, ["signature"]),
        (note(9, root=ROOT_AT[8]).whole, ["root"]),
        (note(21, key=OTHER).whole, ["cut"]),
    ],
)
def test_what_is_wrong_with_a_note_has_its_name(whole: str | bytes, found: list[str]) -> None:
    assert kinds(whole) == found


def test_a_longer_tree_that_another_one_follows_was_lost_and_not_cut() -> None:
    followed = SignedTree(ORIGIN, 20, ROOTS, TREE.keys, followed=True)
    assert kinds(note(21, key=OTHER).whole, tree=followed) == []


def test_a_difference_of_roots_tells_both() -> None:
    (one,) = verify_note("here", note(9, root=ROOT_AT[8]).whole, {ORIGIN: TREE}, Trust())
    assert (one.where, one.field, one.expected, one.found) == (
        *("here", "root 9"),
        *(ROOT_AT[8].hex(), ROOT_AT[9].hex()),
    )


def test_every_difference_tells_the_field_and_what_stands_there() -> None:
    trust = Trust((LOG.verifier,))
    forged = Note(note(9).text, note(8).signatures)
    told = [
        (note(9, origin="elsewhere/1").whole, Trust(), "origin", "elsewhere/1"),
        (note(9, key=OTHER).whole, Trust(), "keys", ORIGIN),
        (note(20, key=OTHER).whole, trust, "keys", OTHER.verifier.text),
        (forged.whole, Trust(), "signature", f"the signature of {ORIGIN} ({LOG.verifier.id.hex()}) does not fit"),
    ]
    for whole, known, field, found in told:
        (one,) = verify_note("here", whole, {ORIGIN: TREE}, known)
        assert (one.where, one.field, one.found) == ("here", field, found)


def test_a_file_elsewhere_that_cannot_be_read_is_told_so() -> None:
    one = difference("file", "here")
    assert (one.zh, one.en) == ("第二处的文件读不出来", "the file elsewhere cannot be read")


def test_a_key_from_outside_must_have_signed_whatever_the_tree_names() -> None:
    assert kinds(note(9).whole, trust=Trust((LOG.verifier,))) == []
    assert kinds(note(20, key=OTHER).whole, trust=Trust((LOG.verifier,))) == ["distrusted"]
    forged = Note(note(9).text, (signature_of(LOG.verifier, OTHER.sign(note(9).text)),)).whole
    assert kinds(forged, trust=Trust((LOG.verifier,))) == ["signature"]


def test_the_same_key_under_the_name_of_a_later_origin_is_trusted() -> None:
    renamed = SecretKey("gezhi-0a0b0c0d/2", KeyType.ED25519, LOG.secret)
    tree = SignedTree(renamed.name, 20, ROOTS, [KeySpan(renamed.verifier, 0)])
    text = Checkpoint(renamed.name, 9, ROOT_AT[9]).text
    signed = Note(text, (signature_of(renamed.verifier, renamed.sign(text)),)).whole
    assert kinds(signed, tree=tree, trust=Trust((LOG.verifier,))) == []


def test_a_receipt_counts_for_its_checkpoint_and_from_a_known_witness() -> None:
    def found(whole: str, line: str, trust: Trust) -> list[str]:
        return [one.kind for one in verify_receipt("here", whole, line, trust)]

    known = Trust(witnesses=(WITNESS.verifier,))
    assert found(note(9).whole, receipt(note(9)), known) == []
    assert found(note(8).whole, receipt(note(9)), known) == ["receipt"]
    assert found(note(9).whole, receipt(note(9)), Trust()) == ["receipt"]
    assert found(note(9).whole, "thank you", known) == ["receipt"]
    assert found("", receipt(note(9)), known) == ["receipt"]
