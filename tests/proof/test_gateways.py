"""The signer over its socket, its folder, and a witness over HTTP, against the real thing on this machine."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import httpx
import pytest

from gezhi.proof.gateways.receivers import FolderReceiver, HttpWitness, receivers_of
from gezhi.proof.gateways.signer_folder import NoSuchKey, SignerFolder, SignerFolderBroken
from gezhi.proof.gateways.signer_socket import SocketSigner, _Server, serve_signer, short
from gezhi.proof.gateways.witness import WitnessFolder, witness_server
from gezhi.proof.rules.keys import KeyType, parse_verifier_key
from gezhi.proof.rules.notes import parse_note
from gezhi.proof.rules.receivers import ReceiverAway
from gezhi.proof.rules.signing import LogBehindSigner, LogForks, SignerAway, SignRequest
from gezhi.proof.rules.tree import consistency_proof
from gezhi.proof.rules.witnessing import AddCheckpoint, fitting_receipts
from tests.fixtures import FixedClock
from tests.proof.rules.test_tree import ROOT_AT, node


def request(old: int, size: int) -> SignRequest:
    return SignRequest(size, ROOT_AT[size], tuple(consistency_proof(old, size, node)))


@pytest.fixture
def folder(tmp_path: Path) -> SignerFolder:
    folder = SignerFolder(tmp_path / "signer")
    folder.prepare()
    return folder


@contextmanager
def served(folder: SignerFolder, path: Path) -> Iterator[SocketSigner]:
    with short(path) as bound, _Server(bound, folder) as server:
        threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01}, daemon=True).start()
        yield SocketSigner(path, timeout_s=5)
        server.shutdown()


def test_key_and_head_lie_in_one_file_that_is_closed_to_others(folder: SignerFolder) -> None:
    assert folder.folder.stat().st_mode & 0o777 == 0o700
    assert folder.file.stat().st_mode & 0o777 == 0o600
    before = folder.verifier_keys()
    folder.prepare()
    assert folder.verifier_keys() == before


@pytest.mark.parametrize("length", [10, 200], ids=["short", "longer than a socket's name may be"])
def test_the_signer_answers_over_its_socket_and_refuses_in_its_own_words(
    folder: SignerFolder, tmp_path: Path, length: int
) -> None:
    inner = tmp_path / ("x" * length)
    inner.mkdir()
    with served(folder, inner / "signer.sock") as signer:
        assert signer.ask().head.size == 0
        note = parse_note(signer.sign(request(0, 7)))
        assert note.good_keys(map(parse_verifier_key, folder.verifier_keys()))
        assert signer.ask().head.size == 7
        with pytest.raises(LogBehindSigner) as behind:
            signer.sign(request(0, 5))
        assert behind.value.details == {"size": 5, "signed": 7}
        with pytest.raises(LogForks):
            signer.sign(SignRequest(9, ROOT_AT[8], ()))
        assert signer.ask().head.size == 7


def test_the_head_outlives_the_process(folder: SignerFolder) -> None:
    folder.sign(request(0, 7))
    again = SignerFolder(folder.folder)
    again.prepare()
    assert again.state().head.root == ROOT_AT[7]
    with pytest.raises(LogForks):
        again.sign(request(0, 9))


def test_a_signer_that_is_not_there_or_talks_of_something_else_is_away(folder: SignerFolder, tmp_path: Path) -> None:
    with pytest.raises(SignerAway):
        SocketSigner(tmp_path / "nobody.sock").ask()
    with served(folder, tmp_path / "signer.sock") as signer:
        folder.file.write_text("no json")
        with pytest.raises(SignerAway, match="folder-broken"):
            signer.ask()


def test_a_socket_that_was_left_behind_is_replaced_and_closed_to_others(folder: SignerFolder, tmp_path: Path) -> None:
    path = tmp_path / "signer.sock"
    path.write_text("left behind")
    threading.Thread(target=serve_signer, args=(folder, path), daemon=True).start()
    for _ in range(500):
        try:
            state = SocketSigner(path).ask()
            break
        except SignerAway:
            threading.Event().wait(0.01)
    else:
        pytest.fail("nobody answers")
    assert state.head.size == 0
    assert path.stat().st_mode & 0o777 == 0o600


def test_a_folder_that_cannot_be_read_is_not_begun_anew(folder: SignerFolder) -> None:
    folder.file.write_bytes(folder.file.read_bytes()[:-20])
    with pytest.raises(SignerFolderBroken):
        folder.prepare(with_sm2=True)
    with pytest.raises(SignerFolderBroken):
        folder.state()


def test_the_second_kind_of_key_is_added_once(folder: SignerFolder) -> None:
    for _ in range(2):
        folder.prepare(with_sm2=True)
    kinds = [parse_verifier_key(text).type for text in folder.verifier_keys()]
    assert kinds == [KeyType.ED25519, KeyType.SM2]
    assert len(folder.state().unsettled) == 1
    both = SignerFolder(folder.folder.with_name("both"))
    both.prepare(with_sm2=True)
    note = parse_note(both.sign(request(0, 3)))
    assert len(note.good_keys(map(parse_verifier_key, both.verifier_keys()))) == 2


def test_the_last_key_that_everybody_can_verify_is_not_given_up(folder: SignerFolder) -> None:
    folder.new_key(KeyType.SM2)
    ed25519, sm2 = (parse_verifier_key(text).id.hex() for text in folder.verifier_keys())
    for wrong in (ed25519, "00000000"):
        with pytest.raises(NoSuchKey):
            folder.retire(wrong)
    folder.retire(sm2)


# witnesses


@pytest.fixture
def witness(folder: SignerFolder, tmp_path: Path) -> Iterator[tuple[WitnessFolder, HttpWitness]]:
    keys = [parse_verifier_key(text) for text in folder.verifier_keys()]
    kept = WitnessFolder(tmp_path / "witness", "witness.example/w1", keys, clock=FixedClock())
    with witness_server(kept, "127.0.0.1", 0) as server:
        threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01}, daemon=True).start()
        yield kept, HttpWitness(f"http://127.0.0.1:{server.server_port}/", timeout_s=5)
        server.shutdown()


def sent(folder: SignerFolder, old: int, size: int) -> AddCheckpoint:
    note = parse_note(folder.sign(request(folder.state().head.size, size)))
    return AddCheckpoint(old, tuple(consistency_proof(old, size, node)), note)


def test_a_witness_cosigns_what_continues_its_last_checkpoint_and_shows_it(
    folder: SignerFolder, witness: tuple[WitnessFolder, HttpWitness]
) -> None:
    kept, asked = witness
    with pytest.raises(ReceiverAway, match="HTTP 404"):
        asked.get_checkpoint()
    first = sent(folder, 0, 7)
    status, answer = asked.add(first.body)
    assert status == 200
    assert fitting_receipts(first.note, answer, [kept.key.verifier])
    second = sent(folder, 0, 20)
    assert asked.add(second.body) == (409, "7\n")
    assert asked.add(AddCheckpoint(7, tuple(consistency_proof(7, 20, node)), second.note).body)[0] == 200
    shown = parse_note(asked.get_checkpoint())
    assert shown.text == second.note.text
    assert shown.good_keys([kept.key.verifier]) == [kept.key.verifier]
    again = WitnessFolder(kept.folder, "witness.example/w1", kept.keys, clock=FixedClock())
    assert (again.key, again.last_note) == (kept.key, kept.last_note)


def test_two_that_come_at_once_do_not_pass_each_other(
    folder: SignerFolder, witness: tuple[WitnessFolder, HttpWitness]
) -> None:
    _, asked = witness
    bodies = [sent(folder, 0, size).body for size in (5, 6, 7, 8)]
    answers: list[int] = []
    threads = [threading.Thread(target=lambda body=body: answers.append(asked.add(body)[0])) for body in bodies]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(answers) == [200, 409, 409, 409]


def test_a_witness_refuses_what_is_too_long_or_elsewhere(witness: tuple[WitnessFolder, HttpWitness]) -> None:
    _, asked = witness
    assert asked.add(b"x" * 100_001)[0] == 413
    assert httpx.post(f"{asked.name}/elsewhere", content=b"").status_code == 404
    assert httpx.get(f"{asked.name}/key").status_code == 404


def test_a_witness_that_is_away_says_so() -> None:
    gone = HttpWitness("http://127.0.0.1:1", timeout_s=0.5)
    for call in (gone.get_checkpoint, lambda: gone.add(b"")):
        with pytest.raises(ReceiverAway):
            call()


def test_the_setting_names_folders_and_witnesses(tmp_path: Path) -> None:
    witness, folder = receivers_of(["https://witness.example/", str(tmp_path)])
    assert isinstance(witness, HttpWitness)
    assert witness.name == "https://witness.example"
    assert isinstance(folder, FolderReceiver)
    assert (folder.folder, folder.origins()) == (tmp_path, [])
