from __future__ import annotations

import asyncio
import errno
from collections.abc import Callable, Iterable
from typing import Any

import pytest

from gezhi.assembly.buffered import Buffered
from gezhi.plumbing.limits.bodies import BODY_FAULT

Environ = dict[str, Any]
Piece = tuple[float, bytes]


def echo(environ: Environ, start_response: Callable[..., Any]) -> Iterable[bytes]:
    start_response("200 OK", [("X-Fault", environ[BODY_FAULT]), ("X-Length", environ["CONTENT_LENGTH"])])
    return [environ["PATH_INFO"].encode("latin-1"), b"|", environ["wsgi.input"].read()]


def ask(
    pieces: list[Piece],
    *,
    application: Any = echo,
    headers: list[tuple[bytes, bytes]] | None = None,
    within: float = 0.1,
    raw_path: bytes = b"/a",
) -> tuple[int, dict[bytes, bytes], bytes]:
    """Send a request whose body comes in these pieces, each after so many seconds; None of an answer is status 0."""
    waiting, sent = list(pieces), []

    async def receive() -> dict[str, Any]:
        seconds, piece = waiting.pop(0) if waiting else (60.0, b"")
        await asyncio.sleep(seconds)
        if seconds < 0:
            return {"type": "http.disconnect"}
        return {"type": "http.request", "body": piece, "more_body": piece != b""}

    async def send(message: dict[str, Any]) -> None:
        sent.append(message)

    scope = {
        "type": "http",
        "method": "POST",
        "path": raw_path.decode(),
        "raw_path": raw_path,
        "query_string": b"",
        "http_version": "1.1",
        "scheme": "http",
        "client": ("10.0.0.1", 5),
        "headers": headers or [],
    }
    buffered = Buffered(application, threads=1, limit=lambda _: 10, arrival=lambda _: within)
    asyncio.run(buffered(scope, receive, send))
    if not sent:
        return 0, {}, b""
    return sent[0]["status"], dict(sent[0]["headers"]), b"".join(message["body"] for message in sent[1:])


@pytest.mark.parametrize(
    ("pieces", "fault", "body"),
    [
        ([(0, b"")], b"", b""),
        ([(0, b"abc"), (0, b"def"), (0, b"")], b"", b"abcdef"),
        ([(0, b"0123456789"), (0, b"")], b"", b"0123456789"),
        ([(0, b"0123456789"), (0, b"x"), (0, b"")], b"too-large", b""),
        ([(0, b"abc"), (60, b"")], b"too-slow", b""),
        ([(0.06, b"a"), (0.06, b"b"), (0.06, b"")], b"too-slow", b""),
    ],
    ids=["none", "in pieces", "as large as may be", "too large", "stops", "trickles"],
)
def test_a_body_is_whole_before_anybody_is_asked(pieces: list[Piece], fault: bytes, body: bytes) -> None:
    status, headers, answered = ask(pieces)
    assert (status, headers[b"X-Fault"], headers[b"X-Length"], answered) == (
        200,
        fault,
        str(len(body)).encode(),
        b"/a|" + body,
    )


def test_a_body_that_is_announced_too_large_is_taken_in_and_refused() -> None:
    _, headers, _ = ask([(0, b"abc"), (0, b"")], headers=[(b"content-length", b"11")])
    assert headers[b"X-Fault"] == b"too-large"


def test_who_goes_away_in_the_middle_of_a_body_is_not_answered() -> None:
    assert ask([(0, b"abc"), (-1, b"")]) == (0, {}, b"")


def test_a_long_answer_is_sent_in_pieces_and_closed_where_it_was_made() -> None:
    closed: list[bool] = []

    class Parts:
        def __iter__(self) -> Any:
            return iter([b"x" * 300_000] * 3)

        def close(self) -> None:
            closed.append(True)

    def long(environ: Environ, start_response: Callable[..., Any]) -> Iterable[bytes]:
        start_response("200 OK", [])
        return Parts()

    assert ask([(0, b"")], application=long)[2] == b"x" * 900_000
    assert closed == [True]


def test_headers_reach_the_application_under_their_names_only() -> None:
    seen: Environ = {}

    def look(environ: Environ, start_response: Callable[..., Any]) -> Iterable[bytes]:
        seen.update(environ)
        start_response("204 No Content", [])
        return []

    headers = [
        (b"content-type", b"text/plain"),
        (b"x-forwarded-for", b"1.1.1.1"),
        (b"x-forwarded-for", b"2.2.2.2"),
        (b"x_forwarded_for", b"6.6.6.6"),
        (b"gezhi.body_fault", b"too-slow"),
    ]
    status, _, _ = ask([(0, b"")], application=look, headers=headers, raw_path=b"/%E5%9F%8E%ff")
    assert status == 204
    assert seen["CONTENT_TYPE"] == "text/plain"
    assert seen["HTTP_X_FORWARDED_FOR"] == "1.1.1.1,2.2.2.2"
    assert seen["REMOTE_ADDR"] == "10.0.0.1"
    assert seen["PATH_INFO"].encode("latin-1") == b"/\xe5\x9f\x8e\xff"
    assert seen[BODY_FAULT] == ""


def test_an_answer_that_finds_no_room_says_so() -> None:
    def full(environ: Environ, start_response: Callable[..., Any]) -> Iterable[bytes]:
        start_response("200 OK", [])
        yield b"begun"
        raise OSError(errno.ENOSPC, "No space left on device")

    status, headers, body = ask([(0, b"")], application=full)
    assert (status, headers[b"content-type"]) == (507, b"application/problem+json")
    assert b"plumbing.disk.full" in body
