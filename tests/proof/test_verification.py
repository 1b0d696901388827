"""The tampering table: whoever owns the database bends this or that, and the verification names it."""

from __future__ import annotations

import random
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Final
from uuid import UUID

import pytest
from django.db import connection, transaction

from gezhi.cases.rules import commands
from gezhi.cases.rules.stages import Status
from gezhi.kernel.permissions import Role
from gezhi.proof.actions import export_proof, hand_to_folder, keep_up
from gezhi.proof.gateways.elsewhere import read_elsewhere
from gezhi.proof.gateways.receivers import FolderReceiver
from gezhi.proof.gateways.signer_folder import SignerFolder
from gezhi.proof.queries.checkpoints import list_checkpoints
from gezhi.proof.queries.verification import Verifier
from gezhi.proof.rules.checkpoint import Checkpoint
from gezhi.proof.rules.elsewhere import Elsewhere, LastSigned
from gezhi.proof.rules.keys import parse_verifier_key
from gezhi.proof.rules.report import Outcome, PartName, Report
from gezhi.proof.rules.verify_checkpoint import Trust
from tests.cases.city import City
from tests.proof.test_actions import FolderSigner, execute


class Proved:
    """A small city whose log is signed twice, with a copy elsewhere; another entry is waiting for the next batch."""

    def __init__(self, city: City, place: Path) -> None:
        self.city, self.elsewhere = city, place / "elsewhere"
        self.folder = SignerFolder(place / "signer")
        self.folder.prepare()
        self.signer = FolderSigner(self.folder)
        self.first, self.second = city.at(Status.ACCEPTED), city.begin()
        execute("UPDATE plumbing_picture SET is_kept = false")  # the invented city has no files of them
        self.sign()
        self.note(self.first)
        self.sign()

    def note(self, case: UUID) -> None:
        self.city.do(case, commands.Note(text="补充"), self.city.actor(Role.ACCEPTOR))

    def sign(self) -> None:
        self.city.clock.advance(300)
        keep_up(self.signer, every_s=300, clock=self.city.clock)
        hand_to_folder(FolderReceiver(self.elsewhere), clock=self.city.clock)

    @property
    def trust(self) -> Trust:
        return Trust(tuple(map(parse_verifier_key, self.folder.verifier_keys())))

    @property
    def head(self) -> LastSigned:
        head = self.folder.state().head
        return LastSigned(Checkpoint(head.origin, head.size, head.root))

    def verified(self, *places: Elsewhere, signer: LastSigned | None = None, trust: Trust | None = None) -> Report:
        return Verifier(places, signer or LastSigned(), trust or Trust(), lambda _: None).verify()

    def all_verified(self) -> Report:
        return self.verified(read_elsewhere(str(self.elsewhere)), signer=self.head, trust=self.trust)


@pytest.fixture
def proved(city: City, tmp_path: Path) -> Proved:
    return Proved(city, tmp_path)


def kinds(report: Report) -> set[str]:
    return {f"{part.name.value}/{one.kind}" for part in report.parts for one in part.differences}


def failed(report: Report) -> dict[str, str]:
    return {part.name.value: part.failed for part in report.parts if part.failed}


@pytest.fixture
def forced() -> Iterator[None]:
    execute("SET LOCAL session_replication_role = replica")
    yield
    execute("SET LOCAL session_replication_role = DEFAULT")


def test_what_nobody_bent_agrees_in_every_part(proved: Proved) -> None:
    report = proved.all_verified()
    assert (report.outcome, kinds(report), failed(report)) == (Outcome.FINE, set(), {})
    checked = {part.name: part.checked for part in report.parts}
    size = list_checkpoints(1)[-1].size
    assert checked[PartName.CASES] == 2
    assert (checked[PartName.TREE], checked[PartName.CHECKPOINTS]) == (size, 2)
    assert (report.cover.size, report.cover.until, report.cover.unnamed) == (size, proved.city.clock(), 0)
    assert len(report.cover.receipts) == report.cover.receivers == 1


def test_what_is_not_covered_is_said(proved: Proved) -> None:
    proved.note(proved.second)
    told = "\n".join(one.en for one in proved.verified().uncovered)
    for words in ("last 1 entries", "no checkpoint from elsewhere", "wrote down elsewhere", "signer does not answer"):
        assert words in told
    assert proved.verified().outcome is Outcome.FINE
    told = "\n".join(one.en for one in proved.all_verified().uncovered)
    assert "elsewhere" not in told


BEND: Final = {
    "text of an entry": ("UPDATE cases_log_entry SET text = text || ' ' WHERE seq = 2", "cases/hash"),
    "tail cut off": ("DELETE FROM cases_log_entry WHERE seq = 3", "cases/cut"),
    "a whole case": ("DELETE FROM cases_log_entry; DELETE FROM cases_case", "cases/missing"),
    "row of a case": ("UPDATE cases_case SET status = 'closed'", "cases/row"),
    "state of a case": ("""UPDATE cases_case SET state = '{"id": 7}'""", "cases/fold"),
    "mark of the change": ("UPDATE cases_case SET changed = '3'::xid8, last_hash = '\\x00'", "cases/unnamed"),
    "register": ("UPDATE plumbing_journal SET text = text || ' ' WHERE register = 'cases_approval_row'",
                 "registers/hash"),
    "end of a register": ("DELETE FROM plumbing_journal WHERE register = 'cases_approval_row'", "registers/cut"),
    "line of the tree": ("UPDATE proof_leaf SET number = 9 WHERE kind = 'head' AND number = 3", "tree/root"),
    "kind of a line": ("UPDATE proof_leaf SET kind = 'rumour' WHERE index = 1", "tree/line"),
    "lines removed": ("DELETE FROM proof_leaf WHERE index = 1", "tree/gap"),
    "end of the tree": ("DELETE FROM proof_leaf WHERE index > 3", "tree/size"),
    "seal": ("UPDATE proof_leaf SET subject = '5' WHERE kind = 'seal'", "tree/seal"),
    "root of a batch": ("UPDATE proof_batch SET root = '\\x00'", "tree/root"),
    "batch gone": ("DELETE FROM proof_batch WHERE size > 4", "tree/rest"),
    "checkpoint": ("UPDATE proof_checkpoint SET note = replace(note, E'\\n', 'x')", "checkpoints/note"),
    "signature": ("UPDATE proof_checkpoint SET note = overlay(note PLACING 'AA' FROM length(note) - 20)",
                  "checkpoints/signature"),
    "checkpoint of another place": ("UPDATE proof_checkpoint SET size = size + 1", "checkpoints/place"),
    "everything": ("DELETE FROM proof_leaf; DELETE FROM proof_batch; DELETE FROM proof_checkpoint",
                   "elsewhere/origin"),
}  # fmt: skip


def test_the_tampering_table(proved: Proved, forced: None) -> None:
    missed = {}
    for what, (sql, kind) in BEND.items():
        with transaction.atomic():
            execute(sql)
            report = proved.all_verified()
            if kind not in kinds(report) or report.outcome is not Outcome.DIFFERS:
                missed[what] = (kinds(report), failed(report))
            transaction.set_rollback(True)
    assert missed == {}
    assert proved.all_verified().outcome is Outcome.FINE


def test_the_first_difference_of_a_value_tells_what_must_stand_there_and_what_does(
    proved: Proved, forced: None
) -> None:
    execute("UPDATE cases_case SET address = '别处' WHERE id = %s", str(proved.second))
    (one,) = proved.all_verified().parts[0].differences
    state = proved.city.state(proved.second)
    assert (one.where, one.field, one.expected, one.found) == (state.no, "address", state.place.address, "别处")


def rewritten(proved: Proved) -> None:
    """The operator bends a case and makes the whole proof anew with a key of his own."""
    execute("DELETE FROM cases_log_entry WHERE seq = 3")
    for name in ("leaf", "tile", "batch", "checkpoint", "receipt"):
        execute(f"DELETE FROM proof_{name}")
    execute("DELETE FROM cases_case WHERE id = %s", str(proved.first))
    execute("DELETE FROM cases_log_entry WHERE case_id = %s", str(proved.first))
    stranger = SignerFolder(proved.folder.folder.with_name("stranger"))
    stranger.prepare()
    keep_up(FolderSigner(stranger), every_s=300, clock=proved.city.clock)


def test_a_proof_that_was_made_anew_is_found_from_elsewhere_by_the_signer_and_by_the_key_alone(
    proved: Proved, forced: None
) -> None:
    rewritten(proved)
    assert "cases/missing" not in kinds(proved.verified())
    assert "elsewhere/origin" in kinds(proved.verified(read_elsewhere(str(proved.elsewhere))))
    assert "signer/origin" in kinds(proved.verified(signer=proved.head))
    assert "checkpoints/distrusted" in kinds(proved.verified(trust=proved.trust))


def test_what_was_signed_and_changed_is_found_from_elsewhere_also_where_it_was_signed_anew(
    proved: Proved, forced: None
) -> None:
    """The signer's folder was set back together with the database."""
    before = proved.folder.file.read_bytes()
    proved.note(proved.second)
    proved.sign()
    execute("DELETE FROM proof_leaf WHERE index >= (SELECT max(size) FROM proof_batch WHERE size < %s)",
            list_checkpoints(1)[-1].size)  # fmt: skip
    execute("DELETE FROM proof_batch WHERE size = %s", list_checkpoints(1)[-1].size)
    execute("DELETE FROM proof_checkpoint WHERE size = %s", list_checkpoints(1)[-1].size)
    proved.folder.file.write_bytes(before)
    execute("DELETE FROM cases_log_entry WHERE case_id = %s AND seq = 2", str(proved.second))
    found = kinds(proved.verified(read_elsewhere(str(proved.elsewhere))))
    assert {"elsewhere/cut"} <= found


def test_a_forged_checkpoint_elsewhere_is_named_and_a_place_that_is_away_is_not_taken_for_agreement(
    proved: Proved, tmp_path: Path
) -> None:
    file = next(path for _, path in FolderReceiver(proved.elsewhere).checkpoints(proved.folder.state().head.origin))
    file.write_bytes(file.read_bytes().replace(b"\n", b"\nA", 2))
    assert "elsewhere/note" in kinds(proved.all_verified())
    away = read_elsewhere(str(tmp_path / "nowhere"))
    report = proved.verified(away)
    assert (report.outcome, set(failed(report))) == (Outcome.UNKNOWN, {"elsewhere"})
    assert proved.verified(read_elsewhere("http://127.0.0.1:1")).outcome is Outcome.UNKNOWN


def test_a_table_that_is_gone_is_told_and_the_other_parts_go_on(proved: Proved) -> None:
    execute("DROP TABLE proof_receipt")
    report = proved.all_verified()
    assert report.outcome is Outcome.UNKNOWN
    assert set(failed(report)) == {"receipts"}
    assert "UndefinedTable" in failed(report)["receipts"] or "ProgrammingError" in failed(report)["receipts"]


def every_file(proved: Proved) -> list[Path]:
    export_proof(FolderReceiver(proved.elsewhere))
    return sorted(path for path in proved.elsewhere.rglob("*") if path.is_file())


def test_whatever_byte_of_whatever_file_is_changed_it_is_a_finding_and_no_traceback(proved: Proved) -> None:
    draw, files = random.Random(7), every_file(proved)
    bend: list[Callable[[bytes], bytes]] = [
        lambda body: body[: len(body) // 2],
        lambda body: b"",
        lambda body: bytes(draw.randrange(256) for _ in body),
        lambda body: body[:7] + bytes([body[7] ^ 1 << draw.randrange(8)]) + body[8:],
    ]
    assert {file.parent.name for file in files} >= {"checkpoints", "0", "entries"}
    for file in [files[0], files[2], files[-1], next(file for file in files if file.parent.name == "entries")]:
        body = file.read_bytes()
        for change in bend:
            file.write_bytes(change(body))
            assert proved.all_verified().outcome is not Outcome.FINE, (file, change(body))
        file.write_bytes(body)
    assert proved.all_verified().outcome is Outcome.FINE


def test_an_export_holds_every_signed_line(proved: Proved, tmp_path: Path) -> None:
    folder = FolderReceiver(tmp_path / "export")
    assert export_proof(folder) == 2
    assert proved.verified(read_elsewhere(str(tmp_path / "export"))).outcome is Outcome.FINE
    size = list_checkpoints(1)[-1].size
    assert [path.name for path in (tmp_path / "export").rglob("*.p/*")] == [str(size % 256)]
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM proof_leaf")
        assert cursor.fetchone()[0] == size
