"""The copies of the anchors outside the database: files that an operator carries away (GEZHI_HOME/anchors)."""

from __future__ import annotations

import os
from pathlib import Path

from django.conf import settings

from gezhi.cases.models import Anchor


def file_of(number: int) -> Path:
    folder: Path = settings.GEZHI_HOME / "anchors"
    return folder / f"{number:06d}.jsonl.gz"


def keep_outside(anchor: Anchor) -> Path:
    """Write the copy so that it is either whole or not there."""
    file = file_of(anchor.number)
    file.parent.mkdir(parents=True, exist_ok=True)
    half = file.with_suffix(".half")
    with half.open("wb") as out:
        out.write(bytes(anchor.body))
        out.flush()
        os.fsync(out.fileno())
    half.replace(file)
    return file


def read_outside() -> dict[int, bytes]:
    """The bodies of all copies, by number."""
    folder = file_of(0).parent
    return (
        {int(file.name.split(".")[0]): file.read_bytes() for file in sorted(folder.glob("*.jsonl.gz"))}
        if folder.is_dir()
        else {}
    )
