"""A small witness that somebody else can run (C2SP tlog-witness): keeps the last checkpoint of a log and cosigns it.

`GET /checkpoint` shows what it has, to whoever verifies.
"""

from __future__ import annotations

import os
from collections.abc import Sequence
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Lock

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from gezhi.plumbing.clock import Clock
from gezhi.proof.rules.checkpoint import Checkpoint, parse_checkpoint
from gezhi.proof.rules.keys import KeyType, SecretKey, VerifierKey
from gezhi.proof.rules.notes import merged, parse_note, signature_of
from gezhi.proof.rules.witnessing import PLAIN, Answer, decide_checkpoint, parse_add_checkpoint

LONGEST_BODY = 100_000
TIMEOUT_S = 10.0


class WitnessFolder:
    """The key of a witness and the last note that it cosigned."""

    def __init__(self, folder: Path, name: str, keys: Sequence[VerifierKey], *, clock: Clock) -> None:
        folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        self.folder, self.keys, self.clock = folder, keys, clock
        self.key = SecretKey(name, KeyType.COSIGNATURE, self._secret())
        self.one_at_a_time = Lock()

    def _secret(self) -> bytes:
        file = self.folder / "key"
        if not file.exists():
            _write(file, Ed25519PrivateKey.generate().private_bytes_raw())
        return file.read_bytes()

    @property
    def last_note(self) -> str:
        file = self.folder / "checkpoint"
        return file.read_text(encoding="utf-8") if file.exists() else ""

    def add(self, body: bytes) -> Answer:
        """Looked at and kept under one lock; the receipt goes out when the checkpoint lies on the disk."""
        with self.one_at_a_time:
            found = decide_checkpoint(self._known(), body, self.keys)
            if isinstance(found, Answer):
                return found
            note = parse_add_checkpoint(body).note
            receipt = signature_of(self.key.verifier, self.key.sign(note.text, at=self.clock()))
            _write(self.folder / "checkpoint", merged(note, [receipt]).whole.encode())
            return Answer(200, receipt.line)

    def _known(self) -> Checkpoint | None:
        last = self.last_note
        return parse_checkpoint(parse_note(last).text) if last else None


def _write(file: Path, body: bytes) -> None:
    half = file.with_suffix(".half")
    descriptor = os.open(half, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    with os.fdopen(descriptor, "wb") as out:
        out.write(body)
        out.flush()
        os.fsync(out.fileno())
    half.replace(file)


def witness_server(folder: WitnessFolder, address: str, port: int) -> ThreadingHTTPServer:
    """The server; `serve_forever` runs it."""

    class Handler(BaseHTTPRequestHandler):
        timeout = TIMEOUT_S
        protocol_version = "HTTP/1.1"

        def do_POST(self) -> None:
            length = self.headers.get("Content-Length", "")
            if self.path != "/add-checkpoint" or not length.isdecimal() or int(length) > LONGEST_BODY:
                self.close_connection = True  # its body is not read
                self._answer(Answer(404 if self.path != "/add-checkpoint" else 413, "\n"))
                return
            self._answer(folder.add(self.rfile.read(int(length))))

        def do_GET(self) -> None:
            last = folder.last_note if self.path == "/checkpoint" else ""
            self._answer(Answer(200, last) if last else Answer(404, "\n"))

        def _answer(self, answer: Answer) -> None:
            body = answer.body.encode()
            self.send_response(answer.status)
            self.send_header("Content-Type", answer.type or PLAIN)
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, format: str, *args: object) -> None:  # noqa: A002
            pass

    return ThreadingHTTPServer((address, port), Handler)
