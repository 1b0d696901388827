"""The processes of the web server: one socket, forked workers that share what was loaded before, each started anew."""

from __future__ import annotations

import asyncio
import contextlib
import multiprocessing
import resource
import signal
import socket
import time
from multiprocessing.connection import wait
from multiprocessing.process import BaseProcess

import structlog

from gezhi.assembly.settings import ENVIRONMENT

log = structlog.get_logger(__name__)

LOOK_EVERY_S = 0.5
END_WITHIN_S = 5.0
BACKLOG = 2048
KEEP_ALIVE_S = 75
LEFT_FOR_FILES = 128
"""Descriptors that are not for connections: the database, pictures being read, logs."""


class WebProcesses:
    """Forks them, forks anew what has died, and ends all of them when this process is asked to end."""

    def __init__(self, listener: socket.socket, number: int) -> None:
        self.listener = listener
        self.running: list[BaseProcess] = []
        self.number = number
        self.ending = False

    def run(self) -> None:
        for number in (signal.SIGTERM, signal.SIGINT, signal.SIGHUP):
            signal.signal(number, self._end)
        while not self.ending:
            self._start_missing()
            wait([process.sentinel for process in self.running], LOOK_EVERY_S)
            self._bury()
        deadline = time.monotonic() + END_WITHIN_S
        for process in self.running:
            process.terminate()
        for process in self.running:
            process.join(max(0.0, deadline - time.monotonic()))
            if process.is_alive():
                process.kill()
                process.join()

    def _end(self, *_: object) -> None:
        self.ending = True

    def _start_missing(self) -> None:
        while len(self.running) < self.number:
            process = multiprocessing.get_context("fork").Process(target=_answer, args=(self.listener,))
            process.start()
            self.running.append(process)

    def _bury(self) -> None:
        for process in [one for one in self.running if not one.is_alive()]:
            self.running.remove(process)
            if not self.ending:
                log.warning("web.process-ended", code=process.exitcode)
                time.sleep(LOOK_EVERY_S)


def listen(address: str, port: int) -> socket.socket:
    family = socket.AF_INET6 if ":" in address else socket.AF_INET
    listener = socket.socket(family, socket.SOCK_STREAM)
    listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    listener.bind((address, port))
    listener.listen(BACKLOG)
    return listener


def _answer(listener: socket.socket) -> None:
    """The whole life of one web process."""
    import uvicorn

    from gezhi.assembly.buffered import Buffered
    from gezhi.assembly.settings import GEZHI_BODY_LIMIT_BYTES, GEZHI_MEDIA_LIMIT_BYTES, GEZHI_PROXIES
    from gezhi.assembly.web_connection import Connection
    from gezhi.assembly.wsgi import application
    from gezhi.plumbing.limits.bodies import body_limit
    from gezhi.plumbing.limits.client_address import is_proxy
    from gezhi.plumbing.limits.connections import ConnectionCeiling

    for number in (signal.SIGTERM, signal.SIGINT, signal.SIGHUP):
        signal.signal(number, signal.SIG_DFL)
    Connection.ceiling = ConnectionCeiling(
        per_address=ENVIRONMENT.connections_per_address,
        in_all=_room_for_connections(),
        exempt=lambda peer: is_proxy(peer, GEZHI_PROXIES),
    )
    buffered = Buffered(
        application,
        threads=ENVIRONMENT.web_threads,
        limit=lambda path: body_limit(path, words=GEZHI_BODY_LIMIT_BYTES, files=GEZHI_MEDIA_LIMIT_BYTES),
    )
    config = uvicorn.Config(
        buffered,
        http=Connection,
        ws="none",
        lifespan="off",
        log_config=None,
        log_level="warning",
        access_log=False,
        proxy_headers=False,  # whom to believe is decided where requests are read
        server_header=False,
        timeout_keep_alive=KEEP_ALIVE_S,
        timeout_graceful_shutdown=int(END_WITHIN_S) - 1,
        backlog=BACKLOG,
    )
    with contextlib.suppress(KeyboardInterrupt, asyncio.CancelledError):
        uvicorn.Server(config).run(sockets=[listener])


def _room_for_connections() -> int:
    """As many as this process may have files open, less what it needs for itself."""
    _, most = resource.getrlimit(resource.RLIMIT_NOFILE)
    most = min(most, 16_384) if most != resource.RLIM_INFINITY else 16_384
    resource.setrlimit(resource.RLIMIT_NOFILE, (most, resource.getrlimit(resource.RLIMIT_NOFILE)[1]))
    return max(most - LEFT_FOR_FILES, 64)
