"""A child that decodes pictures one after the other, until its input ends. Knows neither Django nor the database.

A job comes in, its outcome and what it cost in processor time go out, as a length in eight bytes and a pickle. What a
picture can cost is bounded: by the limit of memory here, by the limit of time of whoever waits and kills.
"""

from __future__ import annotations

import os
import pickle
import signal
import sys
import time
import warnings
from datetime import tzinfo
from typing import IO, Any, NamedTuple

from gezhi.kernel.problems import Problem
from gezhi.plumbing.pictures import Checked, TooCostly, check_picture
from gezhi.plumbing.reading.apart import Refused, limit_memory

LENGTH_BYTES = 8
MEMORY_BYTES = 1024 * 2**20
"""For what a picture needs, above what the program has loaded."""
KINDER_BY = 10


class Job(NamedTuple):
    original: bytes
    zone: tzinfo
    limit_bytes: int


def send(stream: IO[bytes], what: object) -> None:
    text = pickle.dumps(what)
    stream.write(len(text).to_bytes(LENGTH_BYTES, "big"))
    stream.write(text)
    stream.flush()


def receive(stream: IO[bytes]) -> Any:
    """The next object; EOFError where the other side has ended."""
    length = stream.read(LENGTH_BYTES)
    text = stream.read(int.from_bytes(length, "big")) if len(length) == LENGTH_BYTES else b""
    if not text:
        raise EOFError
    return pickle.loads(text)  # noqa: S301 - parent and child are one program


def decode(job: Job) -> Checked | Refused:
    try:
        return check_picture(job.original, zone=job.zone, limit_bytes=job.limit_bytes)
    except Problem as problem:
        return Refused(type(problem), problem.field, problem.details)
    except MemoryError:
        return Refused(TooCostly, "file", {})


def main() -> None:
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    jobs, outcomes = sys.stdin.buffer, os.fdopen(os.dup(1), "wb")
    os.dup2(2, 1)  # what a library prints must not land between two outcomes
    os.nice(KINDER_BY)
    warnings.simplefilter("ignore")  # of metadata that is a little broken, as most is
    if sys.platform == "linux":
        limit_memory(MEMORY_BYTES)
    while True:
        try:
            job = receive(jobs)
        except EOFError:
            return
        began = time.process_time()
        outcome = decode(job)
        send(outcomes, (outcome, time.process_time() - began))
