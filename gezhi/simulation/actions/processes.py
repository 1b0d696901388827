"""Several processes that share the work (多进程): forked, so that what was drawn and held before is there already."""

from __future__ import annotations

import signal
from collections.abc import Callable, Sequence
from multiprocessing import get_context
from multiprocessing.process import BaseProcess
from multiprocessing.queues import Queue
from queue import Empty
from typing import Generic, TypeVar

from django.db import connection, connections
from django.db.backends.postgresql.base import DatabaseWrapper

from gezhi.kernel.problems import Problem
from gezhi.plumbing.process_ties import tied_to_me

LOOK_EVERY_S = 1.0

Part = TypeVar("Part")
Done = TypeVar("Done")


class WorkerFailed(Problem):
    code = "simulation.processes.worker-failed"
    status = 500
    title = "模拟进程意外结束（{reason}），请用 --reset 重新建立。"
    title_en = "A process of the simulation ended before its work was done ({reason}); build it anew with --reset."


class _Finished(Generic[Done]):
    """What a process says last."""

    def __init__(self, result: Done) -> None:
        self.result = result


def share_out(
    parts: Sequence[Part], work: Callable[[Part, Callable[[int], None]], Done], told: Callable[[int], None]
) -> list[Done]:
    """One process for each part, ended with this one; each opens its own connection to the database."""
    for each in connections.all():
        each.close()
        if isinstance(each, DatabaseWrapper):
            each.close_pool()
    context = get_context("fork")
    heard: Queue[int | str | _Finished[Done]] = context.Queue()
    tie = tied_to_me(signal.SIGKILL)

    def child(part: Part) -> None:
        tie()
        try:
            with connection.cursor() as cursor:
                cursor.execute("SET synchronous_commit = off")
            heard.put(_Finished(work(part, heard.put)))
        except Exception as error:
            heard.put(repr(error))
            raise
        finally:
            connections.close_all()

    children = [context.Process(target=child, args=(part,), daemon=True) for part in parts]
    for process in children:
        process.start()
    try:
        return _listen(heard, children, told)
    finally:
        for process in children:
            process.terminate()
            process.join()


def _listen(
    heard: Queue[int | str | _Finished[Done]], children: Sequence[BaseProcess], told: Callable[[int], None]
) -> list[Done]:
    done: list[Done] = []
    while len(done) < len(children):
        try:
            message = heard.get(timeout=LOOK_EVERY_S)
        except Empty:
            killed = [process.exitcode for process in children if process.exitcode]
            if killed:
                raise WorkerFailed(reason=f"exit {killed[0]}") from None
            continue
        if isinstance(message, str):
            raise WorkerFailed(reason=message)
        if isinstance(message, _Finished):
            done.append(message.result)
        else:
            told(message)
    return done
