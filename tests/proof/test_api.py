from __future__ import annotations

import contextlib
from base64 import b64decode, b64encode
from pathlib import Path
from typing import Any, Final
from urllib.parse import quote
from uuid import UUID

import pytest
from django.db import connection, transaction

from gezhi.cases.rules.stages import Status
from gezhi.kernel.permissions import Role
from gezhi.plumbing.clock import system_clock
from gezhi.proof.actions import export_proof, hand_to_folder, keep_up
from gezhi.proof.gateways.receivers import FolderReceiver
from gezhi.proof.gateways.signer_folder import SignerFolder
from gezhi.proof.queries.checkpoints import get_last_checkpoint
from gezhi.proof.rules.inclusion import DoesNotFit, NotSignedYet
from gezhi.proof.rules.keys import KeyType, SecretKey
from gezhi.proof.rules.lateness import MISSED, QUIET_S
from gezhi.proof.rules.report import NO_CHECKPOINT, NO_SECOND_PLACE
from gezhi.proof.rules.signing import SignerAway
from tests.cases.city import City
from tests.cases.test_api import desk, now_city, refused
from tests.independent import verify_proof
from tests.proof.test_actions import FolderSigner, NobodyThere, note_on

__all__ = ["now_city"]
EVERY_S: Final = 300


class Undone(Exception):
    """What a test has bent stands again."""


@pytest.fixture
def signer(tmp_path: Path) -> FolderSigner:
    folder = SignerFolder(tmp_path / "signer")
    folder.prepare()
    return FolderSigner(folder)


def proof(city: City, role: Role = Role.ADMINISTRATOR) -> Any:
    return desk(city, role).call("GET", "/proof").json()


def test_before_the_first_checkpoint_the_page_says_that_nothing_is_signed(now_city: City) -> None:
    now_city.at(Status.ACCEPTED)
    found = proof(now_city)
    assert (found["checkpoint"], found["covered_until"], found["late"]) == (None, None, False)
    assert found["waiting"] > 0
    assert [one["zh"] for one in found["uncovered"][:2]] == [NO_CHECKPOINT.zh, NO_SECOND_PLACE.zh]


def test_what_is_signed_up_to_when_by_which_key_and_who_elsewhere_has_it(
    now_city: City, signer: FolderSigner, tmp_path: Path, settings: Any
) -> None:
    place = str(tmp_path / "elsewhere")
    settings.GEZHI_ANCHOR_TO = [place, "https://witness.example/log"]
    case = now_city.at(Status.ACCEPTED)
    keep_up(signer, every_s=0, clock=system_clock)
    while hand_to_folder(FolderReceiver(Path(place)), clock=system_clock):
        pass
    last = get_last_checkpoint()
    assert last is not None
    (key,) = [held.key.verifier for held in signer.folder._read()[1]]
    found = proof(now_city, Role.SUPERVISOR)
    assert found["checkpoint"]["size"] == last.size
    assert found["checkpoint"]["keys"] == [{"id": key.id.hex(), "kind": "ed25519", "text": key.text}]
    assert (found["waiting"], found["unsigned"], found["late"]) == (0, 0, False)
    assert found["covered_until"] is not None
    names = {one["name"]: (one["size"], one["signs"], one["late"]) for one in found["places"]}
    assert names == {place: (last.size, False, False), "https://witness.example/log": (None, False, False)}
    note_on(now_city, case)
    assert proof(now_city)["waiting"] == 1
    with pytest.raises(SignerAway):
        keep_up(NobodyThere(), every_s=0, clock=system_clock)
    found = proof(now_city)
    assert (found["waiting"], found["unsigned"]) == (0, 2)


def test_a_bent_signature_names_no_key_and_a_silent_signer_is_late(now_city: City, signer: FolderSigner) -> None:
    now_city.at(Status.ACCEPTED)
    keep_up(signer, every_s=0, clock=system_clock)
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL session_replication_role = replica")
        cursor.execute(
            "UPDATE proof_checkpoint SET note = replace(note, origin, 'other'),"
            " kept_at = kept_at - %s * interval '1 second'",
            [QUIET_S + MISSED * EVERY_S + 60],
        )
        cursor.execute("SET LOCAL session_replication_role = DEFAULT")
    found = proof(now_city, Role.LEADER)
    assert (found["checkpoint"]["keys"], found["late"]) == ([], True)


def test_a_tree_that_began_before_there_was_a_signer_names_its_key_with_the_next_batch(
    now_city: City, signer: FolderSigner
) -> None:
    case = now_city.at(Status.ACCEPTED)
    with pytest.raises(SignerAway):
        keep_up(NobodyThere(), every_s=0, clock=system_clock)
    keep_up(signer, every_s=EVERY_S, clock=system_clock)
    assert proof(now_city)["checkpoint"]["keys"] is None
    note_on(now_city, case)
    keep_up(signer, every_s=0, clock=system_clock)
    assert len(proof(now_city)["checkpoint"]["keys"]) == 1


def test_how_the_proof_stands_is_for_those_who_keep_or_supervise(now_city: City) -> None:
    assert desk(now_city, Role.DISPATCHER).call("GET", "/proof").json()["code"] == "people.policy.not-granted"


def taken_away(city: City, case: object, role: Role = Role.SUPERVISOR) -> Any:
    return desk(city, role).call("GET", f"/cases/{case}/record.tlog-proof")


def second_opinion(capsys: pytest.CaptureFixture[str], file: Path, *more: str) -> tuple[int, str]:
    return verify_proof.main([str(file), *more]), capsys.readouterr().out


def test_the_proof_of_a_case_verifies_without_the_platform(
    now_city: City, signer: FolderSigner, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    cases = [now_city.at(Status.ACCEPTED) for _ in range(3)]
    keep_up(signer, every_s=0, clock=system_clock)
    note_on(now_city, cases[0])
    keep_up(signer, every_s=0, clock=system_clock)
    (key,), elsewhere = signer.folder.verifier_keys(), tmp_path / "elsewhere"
    export_proof(FolderReceiver(elsewhere))
    seen = set()
    for case in cases:
        answer = taken_away(now_city, case)
        state = now_city.state(case)
        assert answer["Content-Type"] == "text/plain; charset=utf-8"
        assert quote(f"存证凭证-{state.no}") in answer["Content-Disposition"]
        file = tmp_path / "one.tlog-proof"
        file.write_bytes(answer.content)
        code, said = second_opinion(capsys, file, "--key", key, "--against", str(elsewhere))
        assert (code, said) == (0, said)
        assert said.startswith(f"case {case} had entry {state.seq} with hash ")
        seen.add(said)
    assert len(seen) == 3


def test_a_proof_of_a_case_that_is_bent_or_signed_by_others_is_named(
    now_city: City, signer: FolderSigner, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    case = now_city.at(Status.ACCEPTED)
    keep_up(signer, every_s=0, clock=system_clock)
    whole, (key,) = taken_away(now_city, case).content.decode(), signer.folder.verifier_keys()
    lines = whole.split("\n")
    line = b64decode(lines[1].removeprefix("extra ")).decode()
    stranger = SecretKey(key.partition("+")[0], KeyType.ED25519, bytes([3]) * 32).verifier.text
    other = b64encode(line.replace(str(case), str(UUID(int=7))).encode()).decode()
    file = tmp_path / "one.tlog-proof"
    for bent, by, words in (
        (whole, stranger, "no key that was given has signed it"),
        (whole.replace(lines[1], f"extra {other}"), key, "does not stand at"),
        (whole.replace(lines[2], "index 0" if lines[2] != "index 0" else "index 1"), key, "does not stand at"),
        (whole.replace(f"{lines[3]}\n", "", 1), key, "does not stand at"),
        (whole.replace(lines[0], "c2sp.org/tlog-proof@v2"), key, "is no proof of a case"),
        (whole[:40], key, "is no proof of a case"),
    ):
        file.write_text(bent, encoding="utf-8")
        code, said = second_opinion(capsys, file, "--key", by)
        assert (code, words in said) == (1, True), said


def test_no_proof_is_given_before_a_signature_nor_where_it_would_not_verify(
    now_city: City, signer: FolderSigner
) -> None:
    case = now_city.at(Status.ACCEPTED)
    assert refused(taken_away(now_city, case)) == (409, NotSignedYet.code)
    with pytest.raises(SignerAway):
        keep_up(NobodyThere(), every_s=0, clock=system_clock)
    assert refused(taken_away(now_city, case)) == (409, NotSignedYet.code)
    keep_up(signer, every_s=EVERY_S, clock=system_clock)
    note_on(now_city, case)
    assert taken_away(now_city, case).status_code == 200
    for bend in (
        "UPDATE proof_leaf SET hash = sha256('other') WHERE kind = 'head'",
        "UPDATE proof_checkpoint SET note = replace(note, chr(8212), '-')",
        "UPDATE proof_checkpoint SET note = 'nothing'",
    ):
        with connection.cursor() as cursor, contextlib.suppress(Undone), transaction.atomic():
            cursor.execute("SET LOCAL session_replication_role = replica")
            cursor.execute(bend)
            cursor.execute("SET LOCAL session_replication_role = DEFAULT")
            assert refused(taken_away(now_city, case)) == (409, DoesNotFit.code)
            raise Undone


def test_a_case_outside_the_scope_has_no_proof(now_city: City, signer: FolderSigner) -> None:
    far = now_city.begin(
        now_city.reported(now_city.spot("990102001")), now_city.actor(Role.COLLECTOR, region="990102001")
    )
    keep_up(signer, every_s=0, clock=system_clock)
    assert taken_away(now_city, far).status_code == 200
    collector = desk(now_city, Role.COLLECTOR, region="990101001")
    assert refused(collector.call("GET", f"/cases/{far}/record.tlog-proof"))[0] == 404
    assert refused(taken_away(now_city, UUID(int=5)))[0] == 404
