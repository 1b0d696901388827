"""The signer's socket: a line of JSON asks, a line answers. Whoever may open it may ask; what it signs it decides."""

from __future__ import annotations

import os
import socket
import socketserver
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from threading import Lock
from typing import Literal

import msgspec
import structlog

from gezhi.kernel.problems import Problem
from gezhi.proof.gateways.signer_folder import SignerFolder
from gezhi.proof.rules.signing import LogBehindSigner, LogForks, SignerAway, SignerState, SignRequest

log = structlog.get_logger(__name__)

TIMEOUT_S = 10.0
LONGEST = 1_000_000
LONGEST_PATH = 100
REFUSALS: dict[str, type[Problem]] = {one.code: one for one in (LogBehindSigner, LogForks)}


class _Question(msgspec.Struct):
    do: Literal["ask", "sign"]
    request: SignRequest | None = None


class _Answer(msgspec.Struct, omit_defaults=True):
    state: SignerState | None = None
    note: str | None = None
    refused: str = ""
    details: dict[str, int | str] = {}


class SocketSigner:
    """The signer as those see it who want something signed."""

    def __init__(self, path: Path, *, timeout_s: float = TIMEOUT_S) -> None:
        self.path, self.timeout_s = path, timeout_s

    def ask(self) -> SignerState:
        state = self._send(_Question("ask")).state
        if state is None:
            raise SignerAway(reason="–")
        return state

    def sign(self, request: SignRequest) -> str:
        note = self._send(_Question("sign", request)).note
        if note is None:
            raise SignerAway(reason="–")
        return note

    def _send(self, question: _Question) -> _Answer:
        try:
            with short(self.path) as path, socket.socket(socket.AF_UNIX, socket.SOCK_STREAM) as asking:
                asking.settimeout(self.timeout_s)
                asking.connect(path)
                asking.sendall(msgspec.json.encode(question) + b"\n")
                with asking.makefile("rb") as answering:
                    answer = msgspec.json.decode(answering.readline(LONGEST), type=_Answer)
        except (OSError, msgspec.DecodeError) as error:
            raise SignerAway(reason=f"{self.path}: {error}") from error
        if answer.refused in REFUSALS:
            raise REFUSALS[answer.refused](**answer.details)  # type: ignore[arg-type] # none of them names a field
        if answer.refused:
            raise SignerAway(reason=answer.refused)
        return answer


class _Handler(socketserver.StreamRequestHandler):
    timeout = TIMEOUT_S
    server: _Server

    def handle(self) -> None:
        try:
            answer = self.server.answer(self.rfile.readline(LONGEST))
            self.wfile.write(msgspec.json.encode(answer) + b"\n")
        except OSError as error:  # who asked has gone
            log.info("signer.unheard", error=str(error))


class _Server(socketserver.ThreadingUnixStreamServer):
    daemon_threads = True

    def __init__(self, path: str, folder: SignerFolder) -> None:
        self.folder, self.one_at_a_time = folder, Lock()
        super().__init__(path, _Handler)

    def answer(self, line: bytes) -> _Answer:
        try:
            question = msgspec.json.decode(line, type=_Question)
            with self.one_at_a_time:
                if question.do == "sign" and question.request is not None:
                    return _Answer(note=self.folder.sign(question.request))
                return _Answer(state=self.folder.state())
        except Problem as refusal:
            log.warning("signer.refused", code=refusal.code, **refusal.details)
            details = {key: value if isinstance(value, int) else str(value) for key, value in refusal.details.items()}
            return _Answer(refused=refusal.code, details=details)
        except msgspec.DecodeError as error:
            return _Answer(refused=f"signer.no-question: {error}")


def serve_signer(folder: SignerFolder, path: Path, *, mode: int = 0o600) -> None:
    """Answer until this process ends. A socket that an earlier one left behind is replaced."""
    path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    path.unlink(missing_ok=True)
    with short(path) as bound, _Server(bound, folder) as server:
        path.chmod(mode)
        server.serve_forever()


@contextmanager
def short(path: Path) -> Iterator[str]:
    """A name of this path that fits a socket, which may have 107 bytes: by way of its opened folder (Linux)."""
    if len(os.fsencode(path)) <= LONGEST_PATH:
        yield str(path)
        return
    folder = os.open(path.parent, os.O_RDONLY | os.O_DIRECTORY)
    try:
        yield f"/proc/self/fd/{folder}/{path.name}"
    finally:
        os.close(folder)
