"""One connection of the web server: what may keep it open, for how long, and how large the head of a request may be."""

from __future__ import annotations

import asyncio
from typing import Any

import msgspec
from django.http import HttpRequest
from uvicorn.protocols.http.httptools_impl import STATUS_LINE, HttpToolsProtocol

from gezhi.kernel.problems import Problem
from gezhi.plumbing.limits.bodies import HEAD_LIMIT_BYTES, HEAD_WITHIN_S
from gezhi.plumbing.limits.connections import ConnectionCeiling
from gezhi.plumbing.problem_json import BodyTooSlow, problem_body

READ_WITHIN_S = 60.0
"""How long a client may leave lying what it was sent (some 64 kB) before the connection is cut."""


class HeadTooLarge(Problem):
    code = "assembly.connection.head-too-large"
    status = 431
    title = "请求头过大，请清除本站的浏览器缓存（Cookie）后重试。"
    title_en = "The head of the request is too large; please clear this site's cookies and try again."


class TooManyConnections(Problem):
    code = "assembly.connection.too-many"
    status = 429
    title = "来自同一地址的连接过多，请稍后重试。"
    title_en = "Too many connections from one address; please try again shortly."
    retry_after_s = 5


class Connection(HttpToolsProtocol):
    """A connection under the ceiling that `ceiling` holds for this process."""

    ceiling: ConnectionCeiling[Connection]

    head_bytes = 0
    is_refused = False
    is_in_request = False
    timer: asyncio.TimerHandle | None = None

    def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override]
        super().connection_made(transport)
        self._wait_for_head()
        ended = self.ceiling.opened(self, self.client[0] if self.client else "")
        if ended is not None:
            ended.refuse(TooManyConnections(), aloud=ended is self)

    def connection_lost(self, exc: Exception | None) -> None:
        self.ceiling.closed(self)
        self._stop_timer()
        super().connection_lost(exc)

    def data_received(self, data: bytes) -> None:
        if self.is_refused:
            return
        if not self.is_in_request:
            self.head_bytes += len(data)
            if self.timer is None:
                self._wait_for_head()
        super().data_received(data)
        if not self.is_in_request and self.head_bytes > HEAD_LIMIT_BYTES:
            self.refuse(HeadTooLarge())

    def on_message_begin(self) -> None:
        super().on_message_begin()
        self.sent_head_bytes = 0

    def on_url(self, url: bytes) -> None:
        self.sent_head_bytes += len(url)
        super().on_url(url)

    def on_header(self, name: bytes, value: bytes) -> None:
        self.sent_head_bytes += len(name) + len(value)
        super().on_header(name, value)

    def on_headers_complete(self) -> None:
        if self.sent_head_bytes > HEAD_LIMIT_BYTES:
            self.refuse(HeadTooLarge())
            return
        self.is_in_request = True
        self._stop_timer()
        super().on_headers_complete()

    def on_body(self, body: bytes) -> None:
        if not self.is_refused:
            super().on_body(body)

    def on_message_complete(self) -> None:
        if not self.is_refused:
            self.ceiling.works(self)
            super().on_message_complete()

    def on_response_complete(self) -> None:
        self.is_in_request = bool(self.pipeline)
        self.head_bytes = 0
        self.ceiling.waits(self)
        super().on_response_complete()

    def pause_writing(self) -> None:
        self._start_timer(READ_WITHIN_S, self.transport.abort)
        super().pause_writing()

    def resume_writing(self) -> None:
        self._stop_timer()
        super().resume_writing()

    def refuse(self, problem: Problem, *, aloud: bool = False) -> None:
        """End it: with an answer where a request has begun and is not answered yet, without a word where none has,
        as the next request of a browser would take that word for its own answer.
        """
        if self.is_refused or self.transport.is_closing():
            return
        self.is_refused = True
        has_begun = self.is_in_request or self.head_bytes > 0
        if aloud or (has_begun and not (self.is_in_request and self.cycle.response_started)):
            self.transport.write(_answer_of(problem))
        self.transport.close()
        self._start_timer(READ_WITHIN_S, self.transport.abort)

    def _wait_for_head(self) -> None:
        self._start_timer(HEAD_WITHIN_S, lambda: self.refuse(BodyTooSlow()))

    def _start_timer(self, seconds: float, act: Any) -> None:
        self._stop_timer()
        self.timer = self.loop.call_later(seconds, act)

    def _stop_timer(self) -> None:
        if self.timer is not None:
            self.timer.cancel()
            self.timer = None


def _answer_of(problem: Problem) -> bytes:
    """A whole answer in bytes, for where there is no request yet that could be answered as others are."""
    body = msgspec.json.encode(problem_body(HttpRequest(), problem))
    lines = [b"content-type: application/problem+json", b"connection: close", b"content-length: %d" % len(body)]
    if problem.retry_after_s is not None:
        lines.append(b"retry-after: %d" % problem.retry_after_s)
    return STATUS_LINE[problem.status] + b"\r\n".join(lines) + b"\r\n\r\n" + body
