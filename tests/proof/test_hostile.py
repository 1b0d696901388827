"""Hostile input to a verification: whatever lies elsewhere or in the database is named; nothing ends in a traceback."""

from __future__ import annotations

import gzip
import os
import shutil
import socket
import threading
from collections.abc import Callable, Iterator
from contextlib import suppress
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any, Final

import msgspec
import pytest
from django.db import connection, transaction

from gezhi.plumbing.media import file_of, verify_originals
from gezhi.proof.actions import export_proof
from gezhi.proof.gateways.elsewhere import read_elsewhere, read_signer
from gezhi.proof.gateways.receivers import FolderReceiver, HttpWitness
from gezhi.proof.rules.receivers import ReceiverAway
from gezhi.proof.rules.report import Cover, Outcome, Part, PartName, Report, report_lines
from tests.cases.city import City
from tests.proof.test_actions import execute
from tests.proof.test_verification import Proved, failed, kinds

pytestmark = pytest.mark.timeout(120)


@pytest.fixture
def proved(city: City, tmp_path: Path) -> Proved:
    found = Proved(city, tmp_path)
    export_proof(FolderReceiver(found.elsewhere))
    return found


def told(report: Report) -> str:
    """As it goes out, to a reader and to a script; both must be writable whatever stands in it."""
    msgspec.json.encode(report)
    text = "\n".join(report_lines(report, 20))
    text.encode()
    assert not [letter for letter in text if letter != "\n" and not letter.isprintable()]
    return text


def checkpoints(proved: Proved) -> list[Path]:
    return sorted(proved.elsewhere.rglob("checkpoints/*"))


def bundles(proved: Proved) -> list[Path]:
    return sorted(path for path in proved.elsewhere.rglob("tile/entries/**/*") if path.is_file())


def replaced(file: Path, body: bytes) -> None:
    file.unlink()
    file.write_bytes(body)


def placed(file: Path, body: bytes) -> None:
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_bytes(body)


def linked(file: Path, to: Path) -> Path:
    file.symlink_to(to)
    return file


def huge(file: Path) -> None:
    file.unlink(missing_ok=True)
    with file.open("wb") as out:
        out.truncate(1 << 40)


def piped(file: Path) -> None:
    file.unlink()
    os.mkfifo(file)


def foldered(file: Path) -> None:
    file.unlink()
    file.mkdir()


def endless(file: Path) -> None:
    file.unlink()
    file.symlink_to("/dev/zero")


def note_of(proved: Proved, origin: str, size: str, root: str = "A" * 43 + "=") -> bytes:
    signature = checkpoints(proved)[0].read_text().splitlines()[-1]
    return f"{origin}\n{size}\n{root}\n\n{signature}\n".encode()


def origin(proved: Proved) -> str:
    return proved.folder.state().head.origin


FOLDER: Final[dict[str, tuple[Callable[[Proved], Any], str]]] = {
    "a forged root": (
        lambda at: replaced(checkpoints(at)[0], note_of(at, origin(at), "3")),
        "elsewhere/signature",
    ),
    "a size of five thousand digits": (
        lambda at: replaced(checkpoints(at)[0], note_of(at, origin(at), "9" * 5000)),
        "elsewhere/note",
    ),
    "a size in other digits": (lambda at: replaced(checkpoints(at)[0], note_of(at, origin(at), "３")), "elsewhere/note"),
    "a checkpoint of another city": (
        lambda at: placed(at.elsewhere / "other-city/1/checkpoints" / f"{3:015d}", note_of(at, "other-city/1", "3")),
        "elsewhere/origin",
    ),
    "an empty checkpoint": (lambda at: replaced(checkpoints(at)[0], b""), "elsewhere/note"),
    "a checkpoint of zeros": (lambda at: replaced(checkpoints(at)[0], bytes(500)), "elsewhere/note"),
    "a checkpoint that erases the screen": (
        lambda at: replaced(checkpoints(at)[0], note_of(at, "\x9b2J\u202e/1", "3")),
        "elsewhere/origin",
    ),
    "a name of a key that erases the screen": (
        lambda at: replaced(
            checkpoints(at)[0], note_of(at, origin(at), "3").replace("— gezhi".encode(), "— \x7f\u202e".encode())
        ),
        "elsewhere/unsigned",
    ),
    "a terabyte for a checkpoint": (lambda at: huge(checkpoints(at)[0]), "elsewhere/file"),
    "a pipe for a checkpoint": (lambda at: piped(checkpoints(at)[0]), "elsewhere/file"),
    "a folder for a checkpoint": (lambda at: foldered(checkpoints(at)[0]), "elsewhere/file"),
    "an endless device for a checkpoint": (lambda at: endless(checkpoints(at)[0]), "elsewhere/file"),
    "a link to nowhere for a checkpoint": (
        lambda at: linked(checkpoints(at)[0].with_name(f"{9:015d}"), Path("/nowhere")),
        "elsewhere/file",
    ),
    "a truncated bundle": (lambda at: replaced(bundles(at)[-1], bundles(at)[-1].read_bytes()[:-7]), "elsewhere/file"),
    "an empty bundle": (lambda at: replaced(bundles(at)[-1], b""), "elsewhere/file"),
    "a terabyte for a bundle": (lambda at: huge(bundles(at)[-1]), "elsewhere/file"),
    "a pipe for a bundle": (lambda at: piped(bundles(at)[-1]), "elsewhere/file"),
    "a bundle of no text": (lambda at: replaced(bundles(at)[-1], b"\x00\x02\xff\xfe" * 9), "elsewhere/file"),
    "a line that erases the screen": (
        lambda at: replaced(bundles(at)[-1], bundles(at)[-1].read_bytes().replace(b"head/1", b"\x1b[2J\x9b\x9b")),
        "elsewhere/bundle",
    ),
    "a bundle beyond all numbers": (
        lambda at: placed(bundles(at)[-1].parents[1] / "/".join(["x999"] * 7) / "999", b"\x00\x01a" * 256),
        "elsewhere/bundle",
    ),
    "a tile of a level that no tree has": (
        lambda at: placed(at.elsewhere / origin(at) / "tile/99/000", bytes(32)),
        "elsewhere/file",
    ),
    "a terabyte for a tile": (
        lambda at: huge(at.elsewhere / origin(at) / "tile/0/000"),
        "elsewhere/file",
    ),
    "a name that is no text": (
        lambda at: placed(
            Path(os.fsdecode(os.fsencode(at.elsewhere) + b"/\xff\xfe\x1b[2J/1/checkpoints/000000000000003")), b"x"
        ),
        "elsewhere/note",
    ),
}  # fmt: skip


def test_whatever_lies_in_a_folder_elsewhere_is_named(proved: Proved) -> None:
    whole, missed = proved.elsewhere, {}
    for at, (way, (bend, kind)) in enumerate(FOLDER.items()):
        proved.elsewhere = shutil.copytree(whole, whole.with_name(f"bent-{at}"))
        bend(proved)
        report = proved.all_verified()
        told(report)
        if kind not in kinds(report) or failed(report) or report.outcome is not Outcome.DIFFERS:
            missed[way] = (kinds(report), failed(report))
    assert missed == {}


def filed(file: Path) -> Path:
    placed(file, b"x")
    return file


PLACES: Final[dict[str, Callable[[Path], Path | str]]] = {
    "an empty folder": lambda at: at,
    "no folder": lambda at: at / "nowhere",
    "a file": lambda at: filed(at / "file"),
    "a name longer than any": lambda at: at / ("x" * 5000),
    "a home of nobody": lambda at: "~nobody-of-this-name/proof",
    "a file for checkpoints": lambda at: filed(at / "a/1/checkpoints").parents[2],
    "a link in a circle": lambda at: linked(at / "round", at / "round"),
    "no host": lambda at: "http://",
    "a host that is none": lambda at: "http://[::1",
    "a port that is none": lambda at: "http://127.0.0.1:99999",
    "a host of odd letters": lambda at: "https://\u2028\u202e.example",
    "a host with an empty part": lambda at: "https://a..b",
    "nothing": lambda at: "",
}  # fmt: skip


def test_a_place_that_holds_nothing_is_named_and_not_taken_for_agreement(
    proved: Proved, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    taken = {}
    for at, (way, place) in enumerate(PLACES.items()):
        empty = tmp_path / f"empty-{at}"
        empty.mkdir()
        monkeypatch.chdir(empty)
        found = read_elsewhere(str(place(empty)))
        if not found.failed or found.notes:
            taken[way] = found
        told(Report((Part(PartName.ELSEWHERE, failed=found.failed),), Cover(), ()))
    assert taken == {}
    report = proved.verified(read_elsewhere(str(tmp_path / "nowhere")))
    assert (report.outcome, set(failed(report))) == (Outcome.UNKNOWN, {"elsewhere"})


class Odd(BaseHTTPRequestHandler):
    """A witness that answers what it was told to."""

    def do_GET(self) -> None:
        how = self.path.split("/")[1]
        self.send_response(302 if how == "elsewhere" else 200)
        if how == "elsewhere":
            self.send_header("Location", "http://127.0.0.1:1/checkpoint")
        if how in {"bomb", "no-gzip"}:
            self.send_header("Content-Encoding", "gzip")
        self.end_headers()
        try:
            if how == "endless":
                while True:
                    self.wfile.write(b"x" * 65_536)
            if how == "bomb":
                self.wfile.write(gzip.compress(bytes(1 << 28)))
            if how == "no-gzip":
                self.wfile.write(b"no gzip")
            if how == "slow":
                for _ in range(60):
                    self.wfile.write(b"x")
                    threading.Event().wait(0.5)
        except OSError:
            pass

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002
        pass


@pytest.fixture(scope="module")
def odd() -> Iterator[str]:
    server = ThreadingHTTPServer(("127.0.0.1", 0), Odd)
    server.daemon_threads = True
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    server.server_close()


def test_a_witness_that_answers_too_much_or_something_else_is_away(odd: str) -> None:
    for how in ("endless", "bomb", "elsewhere"):
        found = read_elsewhere(f"{odd}/{how}")
        assert (found.notes, found.failed != "") == ((), True), how


@pytest.mark.parametrize("how", ["empty", "no-gzip"])
def test_an_answer_of_a_witness_that_holds_nothing_is_no_checkpoint(proved: Proved, odd: str, how: str) -> None:
    assert "elsewhere/note" in kinds(proved.verified(read_elsewhere(f"{odd}/{how}")))


def test_a_witness_that_answers_a_byte_at_a_time_is_away(odd: str) -> None:
    with pytest.raises(ReceiverAway):
        HttpWitness(f"{odd}/slow", timeout_s=1.0).get_checkpoint()


ANSWERS: Final = {
    "nothing": b"",
    "no line": b"x" * 2_000_000,
    "no json": b"{\n",
    "no text": b"\xff\xfe\n",
    "another shape": b'{"state":{"head":7}}\n',
    "very deep": b'{"x":' + b"[" * 200_000 + b"\n",
    "a refusal": b'{"refused":"proof.signing.log-behind","details":{"size":1,"signed":2}}\n',
    "no state": b"{}\n",
}


@pytest.mark.parametrize("way", ANSWERS)
def test_a_signer_that_answers_something_else_is_not_compared(tmp_path: Path, way: str) -> None:
    path = tmp_path / "s"
    with socket.socket(socket.AF_UNIX, socket.SOCK_STREAM) as listening:
        listening.bind(str(path))
        listening.listen()

        def answer() -> None:
            asked, _ = listening.accept()
            with asked:
                asked.recv(1000)
                with suppress(OSError):
                    asked.sendall(ANSWERS[way])

        threading.Thread(target=answer, daemon=True).start()
        assert read_signer(path).head is None


DATABASE: Final = {
    "an entry that is very deep": ("UPDATE cases_log_entry SET text = repeat('[', 200000) WHERE seq = 2", "cases/text"),
    "a known entry with a very deep part": (
        ("UPDATE cases_log_entry SET text = overlay(text PLACING '{\"x\":' || repeat('[', 200000) FROM 1 FOR 1)"
        " WHERE seq = 2"),
        "cases/text",
    ),
    "a state that is very deep": (
        "UPDATE cases_case SET state = (repeat('[', 900) || repeat(']', 900))::jsonb",
        "cases/fold",
    ),
    "an entry of numbers beyond all": (
        ("UPDATE cases_log_entry SET text = regexp_replace(text, '\"recorded\":\\d+',"
        " '\"recorded\":' || repeat('9', 400)) WHERE seq = 2"),
        "cases/hash",
    ),
    "a moment beyond all": ("UPDATE cases_log_entry SET recorded_at = 'infinity' WHERE seq = 2", "cases/columns"),
    "a case reported beyond all moments": ("UPDATE cases_case SET reported_at = '-infinity'", "cases/row"),
    "an address that erases the screen": ("UPDATE cases_case SET address = E'\\x1b[2J\\u009b\\u202e'", "cases/row"),
    "an entry of the journal that is very deep": (
        "UPDATE plumbing_journal SET text = repeat('[', 200000) WHERE register = 'cases_local_policy'",
        "registers/text",
    ),
    "a batch sealed beyond all moments": ("UPDATE proof_batch SET sealed_at = 'infinity'", "tree/seal"),
    "a batch sealed in another age": ("UPDATE proof_batch SET sealed_at = '20000-01-01'", "tree/seal"),
    "a hash of another length": ("UPDATE proof_leaf SET hash = '\\x00' WHERE index = 1", "tree/line"),
    "a line of nothing": ("UPDATE proof_leaf SET subject = '', hash = NULL WHERE index = 1", "tree/line"),
    "a line that is very long": ("UPDATE proof_leaf SET subject = repeat('x', 100000) WHERE index = 1", "tree/line"),
    "a line that erases the screen": (
        "UPDATE proof_leaf SET subject = E'\\x1b[2J \\u202e' WHERE index = 1",
        "tree/line",
    ),
    "a kind that is none": ("UPDATE proof_leaf SET kind = 'rumour' WHERE index = 1", "elsewhere/bundle"),
    "a tree of its own": (
        "INSERT INTO proof_leaf SELECT 9, index, kind, subject, number, hash FROM proof_leaf",
        "tree/rest",
    ),
    "a checkpoint of another age": ("UPDATE proof_checkpoint SET kept_at = '20000-01-01'", ""),
    "a checkpoint of five thousand digits": (
        ("UPDATE proof_checkpoint SET note = regexp_replace(note, E'\\n\\\\d+\\n',"
        " E'\\n' || repeat('9', 5000) || E'\\n')"),
        "checkpoints/note",
    ),
    "a checkpoint that is very long": ("UPDATE proof_checkpoint SET note = repeat(note, 5000)", "checkpoints/note"),
    "receipts of nobody": (
        ("INSERT INTO proof_receipt (receiver, tree, size, line, received_at)"
        " VALUES (E'\\x1b[2J', 99, -1, 'x', 'infinity')"),
        "receipts/receipt",
    ),
    "a picture of a name that is a path": (
        ("UPDATE plumbing_picture SET sha256 = '../../../../../../etc/passwd', shown_as = '', is_kept = true"
        " WHERE sha256 = (SELECT min(sha256) FROM plumbing_picture)"),
        "pictures/picture",
    ),
    "a trigger that says something else": (
        ("DROP TRIGGER people_user_journal_update ON people_user; CREATE TRIGGER people_user_journal_update"
        " AFTER UPDATE ON people_user FOR EACH STATEMENT EXECUTE FUNCTION plumbing_journal_write()"),
        "registers/off",
    ),
}  # fmt: skip


def test_whatever_stands_in_the_database_is_named_and_the_rest_is_still_looked_at(proved: Proved) -> None:
    missed = {}
    for way, (sql, kind) in DATABASE.items():
        with transaction.atomic():
            execute("SET LOCAL session_replication_role = replica")
            execute(sql)
            execute("SET LOCAL session_replication_role = DEFAULT")
            report = proved.all_verified()
            transaction.set_rollback(True)
        told(report)
        if failed(report) or (kind and kind not in kinds(report)):
            missed[way] = (kinds(report), failed(report))
    assert missed == {}


def test_whatever_lies_in_place_of_a_picture_is_named(proved: Proved) -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT min(sha256) FROM plumbing_picture")
        (sha256,) = cursor.fetchone()
    execute("UPDATE plumbing_picture SET is_kept = true, shown_as = '' WHERE sha256 = %s", sha256)
    file = file_of("originals", sha256)
    file.parent.mkdir(parents=True, exist_ok=True)
    for bend in (huge, piped, foldered, endless):
        file.write_bytes(b"x")
        bend(file)
        try:
            ((_, found),) = verify_originals()
        finally:
            file.rmdir() if bend is foldered else file.unlink()
        assert found not in {sha256, ""}, bend


def test_a_table_of_another_shape_fails_its_part_and_no_other(proved: Proved) -> None:
    for table, part in (
        ("cases_picture_use", "cases"),
        ("plumbing_picture", "pictures"),
        ("proof_receipt", "receipts"),
        ("proof_tile", "tree"),
    ):
        with transaction.atomic():
            execute(f"ALTER TABLE {table} RENAME TO away; CREATE TABLE {table} (other int)")
            report = proved.verified()
            transaction.set_rollback(True)
        told(report)
        assert part in failed(report) or part == "tree", table
        assert report.outcome is not Outcome.FINE or part == "tree"
