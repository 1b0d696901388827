"""Files of others are read apart: in a child with a limit of memory and of time, so that none of them ends the server.

A table of two cells, far enough from each other, takes all memory there is; libraries in C and Rust end by abort.
"""

from __future__ import annotations

import os
import pickle
import resource
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any, NamedTuple, TypeVar

import structlog

from gezhi.kernel.problems import Problem

log = structlog.get_logger(__name__)

MEMORY_BYTES = 2 * 2**30
TIME_LIMIT_S = 120.0
COMMAND = (sys.executable, "-c", "from gezhi.plumbing.reading.apart import main; main()")

R = TypeVar("R")


class TooCostly(Problem):
    code = "plumbing.apart.too-costly"
    status = 422
    title = "这个文件读不下去：内容过大或已损坏。请核对文件，或分成几份。"
    title_en = "This file cannot be read to its end: it is too large or broken. Check it, or send it in parts."


class Refused(NamedTuple):
    """A problem in parts, as an exception with named details does not travel."""

    kind: type[Problem]
    field: str | None
    details: dict[str, Any]


def apart(work: Callable[..., R], *given: Any) -> R:
    """What `work(*given)` gives, from a child; `work` is a function of a module."""
    try:
        done = subprocess.run(  # noqa: S603 - our own program
            COMMAND, input=pickle.dumps((work, given)), capture_output=True, timeout=TIME_LIMIT_S, check=True
        )
    except (subprocess.TimeoutExpired, subprocess.CalledProcessError) as ended:
        log.warning("apart.ended", work=work.__name__, why=str(ended), said=(ended.stderr or b"")[-500:])
        raise TooCostly(field="file") from ended
    outcome: R | Refused = pickle.loads(done.stdout)  # noqa: S301 - parent and child are one program
    if isinstance(outcome, Refused):
        raise outcome.kind(field=outcome.field, **outcome.details)
    return outcome


def limit_memory(more: int) -> None:
    """This process may take so many bytes more than it has now."""
    pages = int(Path("/proc/self/statm").read_text().split()[0])
    most = pages * resource.getpagesize() + more
    resource.setrlimit(resource.RLIMIT_AS, (most, most))


def main() -> None:
    outcomes = os.fdopen(os.dup(1), "wb")
    os.dup2(2, 1)  # what a library prints must not land in the outcome
    work, given = pickle.loads(sys.stdin.buffer.read())  # noqa: S301 - parent and child are one program
    if sys.platform == "linux":
        limit_memory(MEMORY_BYTES)
    try:
        outcome = work(*given)
    except Problem as problem:
        outcome = Refused(type(problem), problem.field, problem.details)
    outcomes.write(pickle.dumps(outcome))
    outcomes.close()
