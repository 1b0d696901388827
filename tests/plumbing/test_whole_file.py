from __future__ import annotations

import os
import resource
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from gezhi.plumbing.gateways.whole_file import OLD_AFTER_S, sweep_halves, write_whole, writing


@contextmanager
def disk_of(size: int) -> Iterator[None]:
    """No file may grow beyond this: the same error of a write as on a disk without room, but for its number."""
    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (size, hard))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))


def test_a_file_is_whole_and_what_is_there_stays(tmp_path: Path) -> None:
    file, halves = tmp_path / "a" / "b", tmp_path / "halves"
    assert write_whole(file, b"first", halves=halves)
    assert not write_whole(file, b"second", halves=halves)
    assert file.read_bytes() == b"first"
    assert list(halves.iterdir()) == []


def test_a_write_that_finds_no_room_leaves_nothing(tmp_path: Path) -> None:
    file, halves = tmp_path / "a", tmp_path / "halves"
    with disk_of(1000), pytest.raises(OSError, match="too large"):
        write_whole(file, b"x" * 5000, halves=halves)
    assert not file.exists()
    assert list(halves.iterdir()) == []


def test_what_a_killed_process_left_is_swept_after_an_hour(tmp_path: Path) -> None:
    assert sweep_halves(tmp_path / "nothing") == 0
    old, fresh = tmp_path / "a.1.2.half", tmp_path / "b.1.2.half"
    for half in (old, fresh, tmp_path / "whole"):
        half.write_bytes(b"x")
    then = old.stat().st_mtime - OLD_AFTER_S - 1
    os.utime(old, (then, then))
    os.utime(tmp_path / "whole", (then, then))
    assert sweep_halves(tmp_path) == 1
    assert sorted(path.name for path in tmp_path.iterdir()) == ["b.1.2.half", "whole"]


def test_what_comes_piece_by_piece_is_whole_or_as_it_was(tmp_path: Path) -> None:
    file = tmp_path / "log.jsonl"
    file.write_bytes(b"of yesterday")
    with disk_of(10_000), pytest.raises(OSError, match="too large"), writing(file, halves=tmp_path) as opened:
        opened.writelines([b"x" * 1000] * 50)
    assert file.read_bytes() == b"of yesterday"
    with writing(file, halves=tmp_path) as opened:
        opened.write(b"of today")
    assert file.read_bytes() == b"of today"
    assert list(tmp_path.iterdir()) == [file]
