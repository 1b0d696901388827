"""The tree grows by what changed, is signed by a signer that forks for nobody, and is handed to others."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Final
from uuid import UUID

import pytest
from django.db import IntegrityError, connection, transaction

from gezhi.cases.rules import commands
from gezhi.cases.rules.stages import Status
from gezhi.kernel.permissions import Role
from gezhi.proof.actions import grow_tree, hand_to_folder, hand_to_witness, keep_up, take_checkpoint
from gezhi.proof.gateways.receivers import FolderReceiver
from gezhi.proof.gateways.signer_folder import SignerFolder
from gezhi.proof.gateways.witness import WitnessFolder
from gezhi.proof.queries.checkpoints import get_last_checkpoint, list_checkpoints, list_receipts, with_receipts
from gezhi.proof.queries.standing import get_standing
from gezhi.proof.queries.trees import Batch, get_followed, list_batches, list_leaves, read_nodes
from gezhi.proof.rules.checkpoint import parse_checkpoint
from gezhi.proof.rules.keys import KeyType, parse_verifier_key
from gezhi.proof.rules.leaves import LeafKind, Seal
from gezhi.proof.rules.notes import parse_note
from gezhi.proof.rules.receivers import ReceiverAway, ReceiverDisagrees
from gezhi.proof.rules.signing import LogBehindSigner, LogForks, OtherSigner, SignerAway, SignerState, SignRequest
from gezhi.proof.rules.tree import EMPTY_ROOT, inclusion_proof, is_included, root_of
from gezhi.proof.rules.witnessing import Answer
from tests.cases.city import City


class FolderSigner:
    """The signer without its socket."""

    def __init__(self, folder: SignerFolder) -> None:
        self.folder = folder

    def ask(self) -> SignerState:
        return self.folder.state()

    def sign(self, request: SignRequest) -> str:
        return self.folder.sign(request)


class NobodyThere:
    def ask(self) -> SignerState:
        raise SignerAway(reason="nobody")

    def sign(self, request: SignRequest) -> str:
        raise SignerAway(reason="nobody")


@pytest.fixture
def folder(tmp_path: Path) -> SignerFolder:
    folder = SignerFolder(tmp_path / "signer")
    folder.prepare()
    return folder


@pytest.fixture
def signer(folder: SignerFolder) -> FolderSigner:
    return FolderSigner(folder)


@pytest.fixture
def worked(city: City) -> UUID:
    city.begin()
    return city.at(Status.ACCEPTED)


def grown(city: City) -> Batch:
    batch = grow_tree(clock=city.clock)
    assert batch is not None
    return batch


def lines(tree: int = 1) -> list[str]:
    return [leaf.line for leaf in list_leaves(tree, 0, 1 << 40)]


def note_on(city: City, case: UUID) -> None:
    city.do(case, commands.Note(text="补充"), city.actor(Role.ACCEPTOR))


def execute(sql: str, *values: int | str) -> None:
    with connection.cursor() as cursor:
        cursor.execute(sql, values)


@pytest.fixture
def forced() -> Iterator[None]:
    """Somebody with the rights of the database's owner, past every trigger."""
    execute("SET LOCAL session_replication_role = replica")
    yield
    execute("SET LOCAL session_replication_role = DEFAULT")


def test_a_batch_names_what_changed_and_ends_with_a_seal(city: City, worked: UUID) -> None:
    first = grown(city)
    kinds = [leaf.kind for leaf in list_leaves(1, 0, first.size)]
    assert (kinds.count(LeafKind.HEAD), kinds[-1]) == (2, LeafKind.SEAL)
    assert f"head/1 {worked} {city.state(worked).seq} " in "\n".join(lines())
    assert Seal.of_leaf(list_leaves(1, 0, first.size)[-1]) == Seal(city.clock(), 0, EMPTY_ROOT)
    assert grow_tree(clock=city.clock) is None
    note_on(city, worked)
    second = grown(city)
    assert second.size == first.size + 2
    assert lines()[-2].startswith(f"head/1 {worked} {city.state(worked).seq} ")
    assert Seal.of_leaf(list_leaves(1, 0, second.size)[-1]) == Seal(city.clock(), first.size, first.root)


def test_the_root_is_the_one_over_all_lines_and_every_line_is_provable(city: City, worked: UUID) -> None:
    for _ in range(3):
        note_on(city, worked)
        grown(city)
    batch = list_batches(1)[-1]
    hashes = [leaf.hashed for leaf in list_leaves(1, 0, batch.size)]
    assert root_of(hashes) == batch.root
    node = read_nodes(1, batch.size)
    for index, hashed in enumerate(hashes):
        assert is_included(index, batch.size, hashed, inclusion_proof(index, batch.size, node), batch.root)


def test_a_clock_that_was_set_back_leaves_no_seal_before_the_last(city: City, worked: UUID) -> None:
    first = grown(city)
    note_on(city, worked)
    city.clock.advance(-7_200)
    assert grown(city).sealed_at == first.sealed_at


def test_a_database_whose_transactions_count_anew_misses_nothing(city: City, worked: UUID, forced: None) -> None:
    grown(city)
    execute("UPDATE proof_batch SET changed_before = changed_before + 1000000")
    note_on(city, worked)
    assert grown(city).size - list_batches(1)[0].size == 2


def test_nothing_of_the_proof_can_be_changed(city: City, worked: UUID, signer: FolderSigner, tmp_path: Path) -> None:
    keep_up(signer, every_s=300, clock=city.clock)
    hand_to_folder(FolderReceiver(tmp_path / "else"), clock=city.clock)
    execute("INSERT INTO proof_tile VALUES (1, 9, 9, '', '')")
    for name in ("leaf", "tile", "batch", "checkpoint", "receipt"):
        for change in ("DELETE FROM {}", "TRUNCATE {}", "UPDATE {} SET tree = 2"):
            with pytest.raises(IntegrityError, match=f"proof_{name} is append-only"), transaction.atomic():
                execute(change.format(f"proof_{name}"))


def test_what_is_signed_can_be_verified_by_the_key_that_the_tree_names(
    city: City, worked: UUID, signer: FolderSigner
) -> None:
    kept = keep_up(signer, every_s=300, clock=city.clock)
    assert kept is not None
    (key,) = map(parse_verifier_key, signer.folder.verifier_keys())
    note = parse_note(kept.note)
    assert note.good_keys([key]) == [key]
    found = parse_checkpoint(note.text)
    assert (found.size, found.root, found.origin) == (kept.size, list_batches(1)[-1].root, key.name)
    assert f"key/1 from {key.text}" in lines()
    assert get_standing().covered_until == city.clock()


def test_it_is_signed_again_when_it_is_time_and_something_changed_or_an_hour_is_over(
    city: City, worked: UUID, signer: FolderSigner
) -> None:
    def signed() -> bool:
        return keep_up(signer, every_s=300, clock=city.clock) is not None

    note_on(city, worked)
    before = city.clock()
    assert signed()
    note_on(city, worked)
    city.clock.advance(before + 299 - city.clock())
    assert not signed()
    city.clock.advance(1)
    assert [signed(), signed()] == [True, False]
    city.clock.advance(3_599)
    assert not signed()
    city.clock.advance(1)
    assert signed()


def test_a_signer_that_is_away_is_caught_up_with_in_one_step(city: City, worked: UUID, signer: FolderSigner) -> None:
    keep_up(signer, every_s=300, clock=city.clock)
    for _ in range(3):
        note_on(city, worked)
        city.clock.advance(300)
        with pytest.raises(SignerAway):
            keep_up(NobodyThere(), every_s=300, clock=city.clock)
    kept = take_checkpoint(signer, clock=city.clock)
    assert kept is not None
    assert (len(list_batches(1)), kept.size) == (4, list_batches(1)[-1].size)
    assert [one.size for one in list_checkpoints(1)] == [list_batches(1)[0].size, kept.size]


def test_a_signature_that_was_lost_on_its_way_is_given_again(city: City, worked: UUID, signer: FolderSigner) -> None:
    batch = grown(city)
    first = signer.sign(SignRequest(batch.size, batch.root, ()))
    kept = take_checkpoint(signer, clock=city.clock)
    assert kept is not None
    assert kept.note == first


def cut_after_first_batch() -> None:
    first = list_batches(1)[0]
    for table, column in (("leaf", "index"), ("batch", "size"), ("checkpoint", "size")):
        execute(f"DELETE FROM proof_{table} WHERE {column} >= %s", first.size + (column == "size"))


def test_a_log_that_was_cut_behind_the_signer_is_not_signed_until_a_new_tree_names_the_old_one(
    city: City, worked: UUID, signer: FolderSigner, forced: None
) -> None:
    keep_up(signer, every_s=300, clock=city.clock)
    for _ in range(2):
        note_on(city, worked)
        city.clock.advance(300)
        keep_up(signer, every_s=300, clock=city.clock)
    last = get_last_checkpoint()
    assert last is not None
    cut_after_first_batch()
    with pytest.raises(LogBehindSigner):
        keep_up(signer, every_s=0, clock=city.clock)
    signer.folder.new_origin()
    city.clock.advance(300)
    again = keep_up(signer, every_s=300, clock=city.clock)
    assert again is not None
    assert (again.tree, again.origin) == (2, last.origin.replace("/1", "/2"))
    followed = get_followed(2)
    assert followed is not None
    assert (followed.origin, followed.size) == (last.origin, last.size)
    kinds = [leaf.kind for leaf in list_leaves(2, 0, again.size)]
    assert (kinds[0], kinds.count(LeafKind.HEAD)) == (LeafKind.ORIGIN, 2)


def test_a_log_that_was_bent_behind_the_signer_is_not_signed(
    city: City, worked: UUID, signer: FolderSigner, forced: None
) -> None:
    keep_up(signer, every_s=300, clock=city.clock)
    execute("UPDATE proof_tile SET root = sha256(root) WHERE level = 0")
    note_on(city, worked)
    grown(city)
    with pytest.raises(LogForks):
        take_checkpoint(signer, clock=city.clock)


def test_another_signer_is_not_believed(city: City, worked: UUID, signer: FolderSigner, tmp_path: Path) -> None:
    keep_up(signer, every_s=300, clock=city.clock)
    stranger = SignerFolder(tmp_path / "stranger")
    stranger.prepare()
    note_on(city, worked)
    city.clock.advance(300)
    with pytest.raises(OtherSigner):
        keep_up(FolderSigner(stranger), every_s=300, clock=city.clock)
    assert not [line for line in lines() if stranger.verifier_keys()[0] in line]
    last = get_last_checkpoint()
    assert last is not None
    stranger.new_origin(last.note)
    city.clock.advance(300)
    kept = keep_up(FolderSigner(stranger), every_s=300, clock=city.clock)
    assert kept is not None
    assert (kept.tree, kept.origin) == (2, last.origin.replace("/1", "/2"))


def test_a_new_key_signs_beside_the_old_one_once_it_stands_in_the_tree_and_alone_at_last(
    city: City, worked: UUID, signer: FolderSigner
) -> None:
    def signers() -> list[str]:
        note_on(city, worked)
        city.clock.advance(300)
        kept = keep_up(signer, every_s=300, clock=city.clock)
        assert kept is not None
        return [one.key_id.hex() for one in parse_note(kept.note).signatures]

    old = signers()
    new = [parse_verifier_key(signer.folder.new_key(KeyType.ED25519)).id.hex()]
    sm2 = [parse_verifier_key(signer.folder.new_key(KeyType.SM2)).id.hex()]
    assert signers() == [*old, *new, *sm2]
    signer.folder.retire(old[0])
    assert signers() == [*new, *sm2]
    assert len([line for line in lines() if line.startswith("key/1 ")]) == 4


# receivers


def test_a_folder_gets_every_checkpoint_and_every_full_tile_and_nothing_is_overwritten(
    city: City, worked: UUID, signer: FolderSigner, tmp_path: Path
) -> None:
    receiver = FolderReceiver(tmp_path / "else")
    for _ in range(3):
        note_on(city, worked)
        city.clock.advance(300)
        keep_up(signer, every_s=300, clock=city.clock)
    assert hand_to_folder(receiver, clock=city.clock) is False
    origin = list_checkpoints(1)[0].origin
    assert [size for size, _ in receiver.checkpoints(origin)] == [one.size for one in list_checkpoints(1)]
    assert [one.receiver for one in list_receipts(1)] == [str(tmp_path / "else")]
    file = next(path for _, path in receiver.checkpoints(origin))
    receiver.put(file.relative_to(tmp_path / "else").as_posix(), file.read_bytes())
    with pytest.raises(ReceiverDisagrees):
        receiver.put(file.relative_to(tmp_path / "else").as_posix(), b"another")
    assert not list((tmp_path / "else").rglob("*.half"))


def test_a_folder_that_knows_more_than_this_database_is_an_alarm(
    city: City, worked: UUID, signer: FolderSigner, tmp_path: Path
) -> None:
    kept = keep_up(signer, every_s=300, clock=city.clock)
    assert kept is not None
    receiver = FolderReceiver(tmp_path / "else")
    receiver.put(f"{kept.origin}/checkpoints/{kept.size + 1:015d}", b"later")
    with pytest.raises(ReceiverDisagrees):
        hand_to_folder(receiver, clock=city.clock)


def test_a_folder_that_cannot_be_written_is_a_receiver_that_is_away(
    city: City, worked: UUID, signer: FolderSigner, tmp_path: Path
) -> None:
    keep_up(signer, every_s=300, clock=city.clock)
    (tmp_path / "else").write_text("no folder")
    with pytest.raises(ReceiverAway):
        hand_to_folder(FolderReceiver(tmp_path / "else"), clock=city.clock)


class OwnWitness:
    """A witness without its network; it can be made to say anything."""

    name = "https://witness.example"

    def __init__(self, folder: WitnessFolder) -> None:
        self.folder, self.says, self.asked = folder, list[Answer](), 0

    def add(self, body: bytes) -> tuple[int, str]:
        self.asked += 1
        answer = self.says.pop(0) if self.says else self.folder.add(body)
        return answer.status, answer.body


@pytest.fixture
def witness(city: City, signer: FolderSigner, tmp_path: Path) -> OwnWitness:
    keys = [parse_verifier_key(text) for text in signer.folder.verifier_keys()]
    return OwnWitness(WitnessFolder(tmp_path / "witness", "witness.example/w1", keys, clock=city.clock))


def test_a_witness_that_was_away_for_a_day_is_caught_up_with_by_one_proof(
    city: City, worked: UUID, signer: FolderSigner, witness: OwnWitness
) -> None:
    keys = [witness.folder.key.verifier]
    keep_up(signer, every_s=300, clock=city.clock)
    assert hand_to_witness(witness, keys, clock=city.clock)
    assert not hand_to_witness(witness, keys, clock=city.clock)
    for _ in range(4):
        note_on(city, worked)
        city.clock.advance(300)
        keep_up(signer, every_s=300, clock=city.clock)
    assert hand_to_witness(witness, keys, clock=city.clock)
    assert witness.asked == 2
    last = get_last_checkpoint()
    assert last is not None
    assert with_receipts(last).good_keys(keys) == keys
    assert [one.size for one in list_receipts(1)] == [list_checkpoints(1)[0].size, last.size]


def test_a_witness_whose_receipts_were_lost_says_what_it_has(
    city: City, worked: UUID, signer: FolderSigner, witness: OwnWitness, forced: None
) -> None:
    keys = [witness.folder.key.verifier]
    keep_up(signer, every_s=300, clock=city.clock)
    hand_to_witness(witness, keys, clock=city.clock)
    execute("DELETE FROM proof_receipt")
    note_on(city, worked)
    city.clock.advance(300)
    keep_up(signer, every_s=300, clock=city.clock)
    assert hand_to_witness(witness, keys, clock=city.clock)
    assert witness.asked == 3


ANSWERS: Final = [
    (Answer(200, "— witness.example/w1 AAAAAAAA\n"), ReceiverDisagrees),
    (Answer(200, "thank you\n"), ReceiverDisagrees),
    (Answer(422, "no\n"), ReceiverDisagrees),
    (Answer(409, "999999\n"), ReceiverDisagrees),
    (Answer(409, "0\n"), ReceiverDisagrees),
    (Answer(409, "<html>"), ReceiverAway),
    (Answer(403, "no\n"), ReceiverAway),
    (Answer(502, "<html>"), ReceiverAway),
]


def test_an_answer_that_is_no_receipt_is_none(
    city: City, worked: UUID, signer: FolderSigner, witness: OwnWitness
) -> None:
    keep_up(signer, every_s=300, clock=city.clock)
    for answer, problem in ANSWERS:
        witness.says = [answer]
        with pytest.raises(problem):
            hand_to_witness(witness, [witness.folder.key.verifier], clock=city.clock)
    assert list_receipts(1) == []
