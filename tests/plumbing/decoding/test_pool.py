from __future__ import annotations

import io
import subprocess
import sys
from datetime import UTC

import pytest
from PIL import Image

from gezhi.plumbing.decoding.child import Job
from gezhi.plumbing.decoding.pool import Decoders, DecodersBusy, TooManyPictures
from gezhi.plumbing.pictures import NotAPicture, TooCostly, TooManyPixels, check_picture
from tests.plumbing.processes import ROOT

LIMIT = 20 * 2**20


def photo(width: int = 64, height: int = 32) -> bytes:
    buffer = io.BytesIO()
    Image.new("RGB", (width, height), "red").save(buffer, "PNG")
    return buffer.getvalue()


def job(original: bytes) -> Job:
    return Job(original, UTC, LIMIT)


def test_a_child_says_what_the_rule_says_and_comes_back_after_it_was_killed() -> None:
    decoders = Decoders(1)
    assert decoders.check(job(photo()), user_id=1) == check_picture(photo(), zone=UTC, limit_bytes=LIMIT)
    with pytest.raises(NotAPicture):
        decoders.check(job(b"no picture"), user_id=1)
    with pytest.raises(TooManyPixels) as refusal:
        decoders.check(job(photo(5001, 5000)), user_id=1)
    assert "5001×5000" in refusal.value.text()
    child = decoders.free.get_nowait()
    assert child.process is not None
    child.process.kill()
    child.process.wait()
    decoders.free.put(child)
    with pytest.raises(TooCostly):
        decoders.check(job(photo()), user_id=1)
    with pytest.raises(TooManyPictures):  # what the child did not come back from is charged to its user, nobody else
        decoders.check(job(photo()), user_id=1)
    assert decoders.check(job(photo()), user_id=2).width == 64
    decoders.free.get_nowait().end()


def test_who_finds_no_free_slot_is_refused_at_once_and_told_when_to_come_again() -> None:
    decoders = Decoders(1)
    decoders.free.get_nowait()
    with pytest.raises(DecodersBusy) as refusal:
        decoders.check(job(photo()), user_id=1)
    assert (refusal.value.status, refusal.value.retry_after_s) == (429, 2)


def test_a_picture_that_needs_more_memory_than_it_may_have_is_refused_by_its_child() -> None:
    text = (
        "import io; from datetime import UTC; from PIL import Image; from gezhi.plumbing.decoding.child import *;"
        "buffer = io.BytesIO(); Image.new('RGB', (4900, 5000), 'red').save(buffer, 'PNG');"
        "limit_memory(40 * 2**20); print(decode(Job(buffer.getvalue(), UTC, 2**30)).kind.code)"
    )
    done = subprocess.run([sys.executable, "-c", text], cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.stdout.strip() == "plumbing.pictures.too-costly", done.stderr[-500:]
