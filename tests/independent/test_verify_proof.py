"""The independent verifier of the proof: what is whole passes; whatever is changed, cut or forged is named."""

from __future__ import annotations

import json
import random
import subprocess
import sys
from pathlib import Path
from typing import Final

import pytest

from gezhi.proof.gateways.receivers import FolderReceiver
from gezhi.proof.gateways.signer_folder import SignerFolder
from gezhi.proof.rules.keys import KeyType, SecretKey
from gezhi.proof.rules.leaves import Leaf, LeafKind, Seal, in_order
from gezhi.proof.rules.notes import merged, parse_note, signature_of
from gezhi.proof.rules.receivers import checkpoint_path
from gezhi.proof.rules.signing import SignRequest
from gezhi.proof.rules.tiles import WIDTH, bundle, tile_path
from gezhi.proof.rules.tree import EMPTY_ROOT, consistency_proof, leaf_hash, root_of
from tests.cases.golden.write import LOG
from tests.independent import verify_proof
from tests.independent.verify_proof import Key, Proof

ENTRIES: Final = [
    (json.loads(line)["entry"]["case"], json.loads(line)["entry"]["seq"], bytes.fromhex(json.loads(line)["hash"]))
    for line in LOG.read_bytes().splitlines()
]
WITNESS: Final = SecretKey("witness.example/w1", KeyType.COSIGNATURE, bytes([7]) * 32)
BATCHES: Final = 3


class Exported:
    """The golden log under a signed tree of three batches, as the product writes it."""

    def __init__(self, place: Path) -> None:
        self.folder, self.signer = place / "proof", SignerFolder(place / "signer")
        self.signer.prepare(with_sm2=True)
        self.origin, self.lines = self.signer.state().head.origin, list[str]()
        receiver = FolderReceiver(self.folder)
        for part in range(BATCHES):
            self._grow(part)
            receiver.put(f"{self.origin}/{checkpoint_path(len(self.lines))}", self._sign().encode())
        for first in range(0, len(self.lines), WIDTH):
            lines = self.lines[first : first + WIDTH]
            path = tile_path("entries", first // WIDTH) + (f".p/{len(lines)}" if len(lines) < WIDTH else "")
            receiver.put(f"{self.origin}/{path}", bundle(lines))
        self.key = self.signer.verifier_keys()[0]

    def _root(self) -> bytes:
        return root_of(leaf_hash(line.encode()) for line in self.lines) if self.lines else EMPTY_ROOT

    def _grow(self, part: int) -> None:
        heads = [Leaf(LeafKind.HEAD, case, seq, hashed) for case, seq, hashed in ENTRIES[part::BATCHES]]
        keys = [Leaf(LeafKind.KEY, subject) for subject in self.signer.state().subjects if part == 0]
        seal = Seal(1_793_000_000 + part, len(self.lines), self._root())
        self.lines += [leaf.line for leaf in (*in_order([*heads, *keys]), seal.leaf)]

    def _sign(self) -> str:
        hashes = [leaf_hash(line.encode()) for line in self.lines]
        old = self.signer.state().head.size

        def node(height: int, index: int) -> bytes:
            return root_of(hashes[index << height : (index + 1) << height])

        proof = consistency_proof(old, len(hashes), node)
        note = parse_note(self.signer.sign(SignRequest(len(hashes), self._root(), tuple(proof))))
        receipt = signature_of(WITNESS.verifier, WITNESS.sign(note.text, at=1_793_000_009))
        return merged(note, [receipt]).whole

    @property
    def files(self) -> list[Path]:
        return sorted(path for path in self.folder.rglob("*") if path.is_file())

    @property
    def keys(self) -> list[Key]:
        return [Key.read(self.key)]

    def faults(self, *, keys: list[Key] | None = None) -> list[str]:
        return list(Proof(self.folder, self.keys if keys is None else keys, []).verify())


@pytest.fixture
def exported(tmp_path: Path) -> Exported:
    return Exported(tmp_path)


def test_it_runs_as_a_program_and_the_golden_log_passes(exported: Exported) -> None:
    command = [sys.executable, "-I", verify_proof.__file__, str(exported.folder), "--log", str(LOG)]
    keys = ["--key", exported.key, "--witness", WITNESS.verifier.text]
    done = subprocess.run([*command, *keys], capture_output=True, text=True, check=False)
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout == f"{len(exported.lines)} lines, 3 checkpoints, 3 receipts, 0 faults\n"


def test_a_changed_byte_in_whatever_file_is_named(exported: Exported) -> None:
    draw = random.Random(7)
    for file in exported.files:
        body = file.read_bytes()
        # Not behind the signature of the log: what others signed below is passed over.
        end = body.index("— witness".encode()) if b"witness" in body else len(body)
        end = body.index("— ".encode()) + 90 if b"witness" in body else end
        for at in [draw.randrange(end) for _ in range(4)]:
            bent = bytearray(body)
            bent[at] ^= 1 << draw.randrange(7)
            file.write_bytes(bytes(bent))
            assert exported.faults(), (file, at)
        file.write_bytes(body)
    assert exported.faults() == []


def test_a_cut_end_another_key_and_a_missing_bundle_are_named(exported: Exported) -> None:
    stranger = SecretKey(exported.origin, KeyType.ED25519, bytes([3]) * 32).verifier
    assert any("no key that was given" in fault for fault in exported.faults(keys=[Key.read(stranger.text)]))
    first, last = (path for path in exported.files if "entries" in path.parts)
    body = first.read_bytes()
    first.unlink()
    assert any("the lines from 0 on are missing" in fault for fault in exported.faults())
    first.write_bytes(body)
    last.unlink()
    assert any("the end was cut off" in fault for fault in exported.faults())


def test_an_entry_that_is_gone_or_written_anew_is_named_with_its_case(exported: Exported, tmp_path: Path) -> None:
    proof = Proof(exported.folder, exported.keys, [])
    assert list(proof.verify()) == []
    lines = LOG.read_bytes().splitlines(keepends=True)
    first = json.loads(lines[0])["entry"]["case"]
    own = [line for line in lines if json.loads(line)["entry"]["case"] == first]
    bent = tmp_path / "log.jsonl"
    for left, words in (
        ([line for line in lines if line not in own], f"case {first} is gone"),
        ([line for line in lines if line != own[-1]], f"case {first} ends before its entry {len(own)}"),
        ([lines[0].replace(b'"hash":"', b'"hash":"0', 1), *lines[1:]], f"case {first} entry 1 has another hash"),
    ):
        bent.write_bytes(b"".join(left))
        assert any(fault.endswith(words) for fault in proof.compare_log(bent)), words


def test_the_vectors_of_ed25519_fit_and_nothing_else() -> None:
    public = bytes.fromhex("3d4017c3e843895a92b70aa74d1b7ebc9c982ccf2ec4968cc0cd55f12af4660c")
    signature = bytes.fromhex(
        "92a009a9f0d4cab8720e820b5f642540a2b27b5416503f8fb3762223ebdb69da"
        "085ac1e43e15996e458f3613d0f11d8c387b2eaeb4302aeeb00d291612bb0c00"
    )
    assert verify_proof.fits(public, signature, b"\x72")
    assert not verify_proof.fits(public, signature, b"\x73")
    assert not verify_proof.fits(public, signature[:32] + bytes(32), b"\x72")
    assert not verify_proof.fits(b"\xff" * 32, signature, b"\x72")
