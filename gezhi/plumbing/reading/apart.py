"""Files of others are read apart: in a child with a limit of memory and of time, so that none of them ends the server.

A table of two cells, far enough from each other, takes all memory there is; libraries in C and Rust end by abort.
"""

from __future__ import annotations

import os
import pickle
import subprocess
import sys
from collections.abc import Callable
from typing import Any, TypeVar

import structlog

from gezhi.kernel.problems import Problem
from gezhi.plumbing.decoding.child import Refused, limit_memory

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
