"""Slots for decoding: who finds none free is refused at once, so that no web thread waits for another's picture."""

from __future__ import annotations

import atexit
import math
import subprocess
import sys
import time
from datetime import tzinfo
from queue import Empty, SimpleQueue
from threading import Timer
from typing import IO, cast

import structlog
from django.conf import settings

from gezhi.kernel.problems import Problem
from gezhi.plumbing.decoding.child import Job, receive, send
from gezhi.plumbing.limits.allowance import Allowance
from gezhi.plumbing.pictures import Checked, TooCostly
from gezhi.plumbing.reading.apart import Refused

log = structlog.get_logger(__name__)

TIME_LIMIT_S = 30.0
"""A photo takes 0.2 s, the worst that may be sent 2 s; this is for a machine that does much else."""
SECONDS_AT_ONCE, SECONDS_PER_SECOND = 20.0, 0.25
"""What one user may let us decode: some 80 photos at once, then about one each second."""


class DecodersBusy(Problem):
    code = "plumbing.pictures.busy"
    status = 429
    title = "正在处理的照片较多，请稍候，系统将自动重试上传。"
    title_en = "Many pictures are being processed; please wait a moment and send it again."
    retry_after_s = 2


class TooManyPictures(Problem):
    code = "plumbing.pictures.too-many"
    status = 429
    title = "您上传照片过于频繁，请 {seconds} 秒后再试。"
    title_en = "You send too many pictures in a short time; please go on in {seconds} seconds."


class Child:
    """One decoding process, started when it is needed and anew after it was killed."""

    def __init__(self) -> None:
        self.process: subprocess.Popen[bytes] | None = None
        atexit.register(self.end)

    def ask(self, job: Job) -> tuple[Checked | Refused, float]:
        """The outcome, and the processor time that it cost: all that it was given where the child did not come back."""
        process = self.process = self.process or _start()
        timer = Timer(TIME_LIMIT_S, process.kill)
        timer.start()
        try:
            send(cast("IO[bytes]", process.stdin), job)
            outcome: tuple[Checked | Refused, float] = receive(cast("IO[bytes]", process.stdout))
        except (OSError, EOFError):
            self.end()
            log.warning("pictures.decoder-ended", size=len(job.original), code=process.returncode)
            return Refused(TooCostly, "file", {}), TIME_LIMIT_S
        except BaseException:
            self.end()  # what it may still say would be taken for the answer to the next
            raise
        finally:
            timer.cancel()
        return outcome

    def end(self) -> None:
        if self.process is not None:
            self.process.kill()
            self.process.communicate()
            self.process = None


class Decoders:
    """`slots` children, and for each user an allowance of the seconds that they work."""

    def __init__(self, slots: int) -> None:
        self.free: SimpleQueue[Child] = SimpleQueue()
        self.allowance = Allowance(most=SECONDS_AT_ONCE, per_second=SECONDS_PER_SECOND)
        for _ in range(slots):
            self.free.put(Child())

    def check(self, job: Job, *, user_id: int | None) -> Checked:
        """What `check_picture` says, from a child; or DecodersBusy, or TooManyPictures of this user."""
        wait_s = self.allowance.wait_s(user_id, time.monotonic())
        if wait_s > 0:
            refusal = TooManyPictures(seconds=math.ceil(wait_s))
            refusal.retry_after_s = math.ceil(wait_s)
            raise refusal
        try:
            child = self.free.get_nowait()
        except Empty:
            raise DecodersBusy from None
        try:
            outcome, cost_s = child.ask(job)
        finally:
            self.free.put(child)
        self.allowance.spend(user_id, cost_s, time.monotonic())
        if isinstance(outcome, Refused):
            raise outcome.kind(field=outcome.field, **outcome.details)
        return outcome


def _start() -> subprocess.Popen[bytes]:
    """It ends when its input does, and so with this process, however that ends."""
    command = [sys.executable, "-c", "from gezhi.plumbing.decoding.child import main; main()"]
    return subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE)  # noqa: S603 - our own program


_decoders = Decoders(settings.GEZHI_PICTURE_SLOTS)


def check_apart(original: bytes, *, zone: tzinfo, limit_bytes: int, user_id: int | None) -> Checked:
    """The same as `check_picture`, in one of the children of this process."""
    return _decoders.check(Job(original, zone, limit_bytes), user_id=user_id)
