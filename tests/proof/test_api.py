from __future__ import annotations

from pathlib import Path
from typing import Any, Final

import pytest
from django.db import connection

from gezhi.cases.rules.stages import Status
from gezhi.kernel.permissions import Role
from gezhi.plumbing.clock import system_clock
from gezhi.proof.actions import hand_to_folder, keep_up
from gezhi.proof.gateways.receivers import FolderReceiver
from gezhi.proof.gateways.signer_folder import SignerFolder
from gezhi.proof.queries.checkpoints import get_last_checkpoint
from gezhi.proof.rules.lateness import MISSED, QUIET_S
from gezhi.proof.rules.report import NO_CHECKPOINT, NO_SECOND_PLACE
from gezhi.proof.rules.signing import SignerAway
from tests.cases.city import City
from tests.cases.test_api import desk, now_city
from tests.proof.test_actions import FolderSigner, NobodyThere, note_on

__all__ = ["now_city"]
EVERY_S: Final = 300


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
