"""The worker process: the queue of procrastinate, and the loops that capabilities registered with `@every`.

A lost database connection is ordinary: the queue begins anew, a loop comes round again. Whatever else ends a loop ends
the process, which the supervisor starts again: half a worker would look alive from outside.
"""

from __future__ import annotations

import asyncio
import os
import signal
from collections.abc import Awaitable
from threading import Event, Thread
from typing import Any, TypeVar

import psycopg
import structlog
from django.db import InterfaceError, OperationalError, close_old_connections
from procrastinate import exceptions
from procrastinate.contrib.django import app
from procrastinate.contrib.django.utils import connector_params
from procrastinate.psycopg_connector import PsycopgConnector

from gezhi.plumbing.queue import STALLED_AFTER_S, Loop, loops
from gezhi.plumbing.queue.rounds import ROUNDS, Rounds

log = structlog.get_logger(__name__)

HEARTBEAT_S = 5
LONGEST_GRACE_S = 5
LONGEST_PAUSE_S = 60.0
PAUSE_WITHOUT_DATABASE_S = 1.0
LOOK_EVERY_S = 1.0
BROKEN = 70
"""The exit code of a worker one of whose loops ended (EX_SOFTWARE)."""

T = TypeVar("T")


def run_worker(threads: int) -> None:
    """Work until SIGTERM or SIGINT; jobs under way get a few seconds to end."""
    ending, rounds = Event(), ROUNDS
    threads_of_loops = [
        Thread(target=_stay, args=(loop, ending, rounds), name=loop.name, daemon=True) for loop in loops
    ]
    for thread in [*threads_of_loops, Thread(target=_watch, args=(ending, rounds), name="watch", daemon=True)]:
        thread.start()
    connector = WatchedConnector(kwargs=connector_params())
    with app.replace_connector(connector):
        asyncio.run(_serve_queue(threads, connector))
    ending.set()
    for thread in threads_of_loops:
        thread.join(LONGEST_GRACE_S)


class WatchedConnector(PsycopgConnector):
    """Notes a connection lost in the middle of a statement. Whether a job was fetched or finished by it nobody knows,
    and under a worker that lives on it would be "doing" for ever.
    """

    def __init__(self, **options: Any) -> None:
        super().__init__(**options)
        self.lost = asyncio.Event()

    async def execute_query_async(self, query: Any, **arguments: Any) -> None:
        await self._noting(super().execute_query_async(query, **arguments))

    async def execute_query_one_async(self, query: Any, **arguments: Any) -> dict[str, Any]:
        return await self._noting(super().execute_query_one_async(query, **arguments))

    async def execute_query_all_async(self, query: Any, **arguments: Any) -> list[dict[str, Any]]:
        return await self._noting(super().execute_query_all_async(query, **arguments))

    async def _noting(self, statement: Awaitable[T]) -> T:
        try:
            return await statement
        except exceptions.ConnectorException as error:
            if isinstance(error.__cause__, psycopg.OperationalError):
                self.lost.set()
            raise


async def _serve_queue(threads: int, connector: WatchedConnector) -> None:
    """Run procrastinate's worker, and run it anew as another one when its connections were lost: what the former had
    in hand is then a stalled job, and goes back on the queue.
    """
    ending = asyncio.Event()
    for number in (signal.SIGTERM, signal.SIGINT):
        asyncio.get_running_loop().add_signal_handler(number, ending.set)
    async with app.open_async():
        while not ending.is_set():
            connector.lost.clear()
            await _run_until(_work(threads), ending, connector.lost)
            if not ending.is_set():
                log.warning("queue.begins-anew")
                await _wait(ending, PAUSE_WITHOUT_DATABASE_S)


async def _work(threads: int) -> None:
    await app.run_worker_async(
        concurrency=threads,
        update_heartbeat_interval=HEARTBEAT_S,
        stalled_worker_timeout=STALLED_AFTER_S,
        shutdown_graceful_timeout=LONGEST_GRACE_S,
        delete_jobs="successful",
        install_signal_handlers=False,
    )


async def _run_until(work: Any, *events: asyncio.Event) -> None:
    """Until the work ends or one of the events comes, which asks it to end in order."""
    running = asyncio.create_task(work)
    waiting = [asyncio.create_task(event.wait()) for event in events]
    await asyncio.wait([running, *waiting], return_when=asyncio.FIRST_COMPLETED)
    for one in (running, *waiting):
        one.cancel()
    (outcome, *_) = await asyncio.gather(running, *waiting, return_exceptions=True)
    if isinstance(outcome, Exception):
        log.error("queue.ended", exc_info=outcome)
        if not isinstance(outcome, exceptions.ConnectorException):
            raise outcome


async def _wait(ending: asyncio.Event, seconds: float) -> None:
    try:
        await asyncio.wait_for(ending.wait(), seconds)
    except TimeoutError:
        return


def _stay(loop: Loop, ending: Event, rounds: Rounds) -> None:
    """The thread of a loop. It ends when the worker ends, or takes the worker along."""
    try:
        repeat(loop, ending, rounds)
    finally:
        if not ending.is_set():
            _end_process("queue.loop-ended", loop.name)


def repeat(loop: Loop, ending: Event, rounds: Rounds) -> None:
    """One trouble must not stop a loop; it comes back after a pause that grows, and soon when the database is away."""
    pause = loop.seconds
    while not ending.is_set():
        rounds.begin(loop)
        well = False
        try:
            close_old_connections()
            more = loop.work()
            pause, well = 0.0 if more else loop.seconds, True
        except (OperationalError, InterfaceError) as error:
            pause = max(loop.seconds, PAUSE_WITHOUT_DATABASE_S)
            log.warning("queue.loop-without-database", loop=loop.name, error=str(error).strip())
        except Exception:
            pause = min(max(pause, 0.5) * 2, LONGEST_PAUSE_S)
            log.exception("queue.loop-failed", loop=loop.name, again_in_s=pause)
        rounds.end(loop, well=well)
        ending.wait(pause)


def _watch(ending: Event, rounds: Rounds) -> None:
    """Beside the loops, since one that hangs cannot say so."""
    while not ending.wait(LOOK_EVERY_S):
        for name in rounds.standing():
            _end_process("queue.loop-stands", name)


def _end_process(what: str, loop: str) -> None:
    """At once: the thread that hangs or died may hold what an orderly end waits for. A killed worker loses nothing."""
    log.critical(what, loop=loop)
    os._exit(BROKEN)
