"""The proof of one case: its file word by word, and that it fits only what was signed."""

from __future__ import annotations

from base64 import b64encode

import msgspec
import pytest

from gezhi.proof.rules.checkpoint import Checkpoint
from gezhi.proof.rules.inclusion import DoesNotFit, Inclusion, NotSignedYet
from gezhi.proof.rules.leaves import Leaf, LeafKind
from gezhi.proof.rules.notes import Note, Signature
from gezhi.proof.rules.tree import inclusion_proof, root_of

LEAVES = [Leaf(LeafKind.HEAD, f"case-{number}", number, bytes([number]) * 32) for number in range(7)]
HASHES = [leaf.hashed for leaf in LEAVES]
SIGNATURE = Signature("city/1", b"abcd", b"signed")


def node(height: int, index: int) -> bytes:
    return root_of(HASHES[index << height : (index + 1) << height])


def proof_of(index: int) -> Inclusion:
    text = Checkpoint("city/1", len(LEAVES), root_of(HASHES)).text
    return Inclusion(LEAVES[index], index, tuple(inclusion_proof(index, len(LEAVES), node)), Note(text, (SIGNATURE,)))


@pytest.mark.parametrize("index", range(len(LEAVES)))
def test_each_line_fits_at_its_place_and_nowhere_else(index: int) -> None:
    found = proof_of(index)
    assert found.fits()
    other = (index + 1) % len(LEAVES)
    assert not msgspec.structs.replace(found, index=other).fits()
    assert not msgspec.structs.replace(found, leaf=LEAVES[other]).fits()
    assert not msgspec.structs.replace(found, proof=found.proof[:-1]).fits()
    assert not msgspec.structs.replace(found, index=len(LEAVES)).fits()


def test_the_file_is_a_tlog_proof_with_the_line_in_extra() -> None:
    found = proof_of(6)
    line, steps = LEAVES[6].line, [b64encode(step).decode() for step in found.proof]
    extra = b64encode(line.encode()).decode()
    above = ["c2sp.org/tlog-proof@v1", f"extra {extra}", "index 6", *steps, ""]
    assert found.text == "\n".join(above) + "\n" + found.note.whole
    assert found.note.whole.startswith("city/1\n7\n")


def test_a_refusal_says_when_to_come_again_or_what_to_run() -> None:
    assert "每 5 分钟" in NotSignedYet(minutes=5).text()
    assert "gezhi verify" in DoesNotFit().text("en")
