"""Between the sockets and the threads: a body is read whole before a thread is taken, an answer is whole before it is
sent. No thread of the web server ever waits for a client, however slowly that one sends or reads.
"""

from __future__ import annotations

import asyncio
import sys
from collections.abc import Awaitable, Callable, Iterable
from concurrent.futures import ThreadPoolExecutor
from tempfile import SpooledTemporaryFile
from typing import Any, NamedTuple
from urllib.parse import unquote_to_bytes

import msgspec
from django.http import HttpRequest

from gezhi.kernel.problems import Problem
from gezhi.plumbing.limits.bodies import BODY_FAULT, latest_arrival_s
from gezhi.plumbing.limits.disk import has_no_room
from gezhi.plumbing.problem_json import DiskFull, problem_body

Scope = dict[str, Any]
Receive = Callable[[], Awaitable[dict[str, Any]]]
Send = Callable[[dict[str, Any]], Awaitable[None]]
Wsgi = Callable[[dict[str, Any], Callable[..., Any]], Iterable[bytes]]
Spool = SpooledTemporaryFile[bytes]

IN_MEMORY_BYTES = 512 * 1024
SEND_CHUNK = 128 * 1024
DRAIN_AT_MOST = 256 * 2**20
WATCHED = frozenset({"/healthz", "/readyz"})
"""Answered by a thread of their own: whoever watches gets an answer while all others are busy."""


class Answer(NamedTuple):
    status: int
    headers: list[tuple[bytes, bytes]]
    body: Spool


class Buffered:
    """A WSGI application as one of ASGI. `limit` gives the most bytes of a body by the path it is sent to; `arrival`
    the seconds within which its next piece must come, by what is there already.
    """

    def __init__(
        self,
        application: Wsgi,
        *,
        threads: int,
        limit: Callable[[str], int],
        arrival: Callable[[int], float] = latest_arrival_s,
    ) -> None:
        self.application = application
        self.limit = limit
        self.arrival = arrival
        self.threads = ThreadPoolExecutor(threads, "web")
        self.watch = ThreadPoolExecutor(1, "watch")

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        with SpooledTemporaryFile(IN_MEMORY_BYTES) as body:
            size, fault = await self._read(receive, body, scope)
            if fault == "gone":
                return
            environ = _environ_of(scope, body, size, fault)
            pool = self.watch if scope["path"] in WATCHED else self.threads
            answer = await asyncio.get_running_loop().run_in_executor(pool, self._ask, environ)
        with answer.body:
            await _send(answer, send)

    async def _read(self, receive: Receive, body: Spool, scope: Scope) -> tuple[int, str]:
        """How much has come, and why it is not the whole. A body that is too large is taken in and thrown away: a
        browser shows an answer only when it could send everything.
        """
        limit = self.limit(scope["path"])
        began, size, fault = asyncio.get_running_loop().time(), 0, ""
        announced = next((value for name, value in scope["headers"] if name == b"content-length"), b"0")
        if int(announced) > limit:
            fault = "too-large"
        while True:
            try:
                async with asyncio.timeout_at(began + self.arrival(min(size, limit))):
                    message = await receive()
            except TimeoutError:
                fault = fault or "too-slow"
                break
            if message["type"] == "http.disconnect":
                return 0, "gone"
            piece = message.get("body", b"")
            size += len(piece)
            if size > limit:
                fault = "too-large"
            if not fault:
                try:
                    body.write(piece)
                except OSError:
                    fault = "disk-full"
            if not message.get("more_body") or size > DRAIN_AT_MOST:
                break
        if fault:
            body.seek(0)
            body.truncate()
        return (0, fault) if fault else (size, "")

    def _ask(self, environ: dict[str, Any]) -> Answer:
        started: list[Any] = []

        def start_response(status: str, headers: list[tuple[str, str]], _: object = None) -> None:
            started[:] = [int(status.split(" ", 1)[0]), headers]

        body: Spool = SpooledTemporaryFile(IN_MEMORY_BYTES)  # noqa: SIM115 - its sender closes it
        parts = self.application(environ, start_response)
        try:
            for part in parts:
                body.write(part)
        except OSError as error:
            if not has_no_room(error):
                raise
            body.close()
            return _refusal(DiskFull())
        finally:
            getattr(parts, "close", lambda: None)()
        status, headers = started
        return Answer(status, [(name.encode("latin-1"), value.encode("latin-1")) for name, value in headers], body)


def _environ_of(scope: Scope, body: Spool, size: int, fault: str) -> dict[str, Any]:
    """What PEP 3333 asks for. The length is the counted one, whatever was announced."""
    body.seek(0)
    server, client = scope.get("server") or ("localhost", 80), scope.get("client") or ("", 0)
    environ: dict[str, Any] = {
        "REQUEST_METHOD": scope["method"],
        "SCRIPT_NAME": "",
        "PATH_INFO": unquote_to_bytes(scope["raw_path"]).decode("latin-1"),
        "QUERY_STRING": scope["query_string"].decode("latin-1"),
        "SERVER_NAME": server[0],
        "SERVER_PORT": str(server[1] or 0),
        "SERVER_PROTOCOL": f"HTTP/{scope['http_version']}",
        "REMOTE_ADDR": client[0],
        "wsgi.version": (1, 0),
        "wsgi.url_scheme": scope["scheme"],
        "wsgi.input": body,
        "wsgi.errors": sys.stderr,
        "wsgi.multithread": True,
        "wsgi.multiprocess": True,
        "wsgi.run_once": False,
        BODY_FAULT: fault,
    }
    for name, value in scope["headers"]:
        if b"_" in name:  # would be taken for the header with a dash: a way round whoever filters that one
            continue
        key = f"HTTP_{name.decode('latin-1').upper().replace('-', '_')}"
        text = value.decode("latin-1")
        environ[key] = f"{environ[key]},{text}" if key in environ else text
    environ["CONTENT_TYPE"] = environ.pop("HTTP_CONTENT_TYPE", "")
    environ["CONTENT_LENGTH"] = str(size)
    environ.pop("HTTP_CONTENT_LENGTH", None)
    return environ


def _refusal(problem: Problem) -> Answer:
    """An answer that needs no room: where there was none for the answer itself."""
    body: Spool = SpooledTemporaryFile()  # noqa: SIM115 - its sender closes it
    body.write(msgspec.json.encode(problem_body(HttpRequest(), problem)))
    return Answer(problem.status, [(b"content-type", b"application/problem+json")], body)


async def _send(answer: Answer, send: Send) -> None:
    size = answer.body.tell()
    answer.body.seek(0)
    await send({"type": "http.response.start", "status": answer.status, "headers": answer.headers})
    while True:
        piece = answer.body.read(SEND_CHUNK)
        size -= len(piece)
        await send({"type": "http.response.body", "body": piece, "more_body": size > 0})
        if size <= 0:
            return
