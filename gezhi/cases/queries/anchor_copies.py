"""The copies of the anchors outside the database: files under GEZHI_HOME/anchors that an operator carries away."""

from __future__ import annotations

from pathlib import Path

from django.conf import settings

ENDING = ".jsonl.gz"


def copy_of(number: int) -> Path:
    folder: Path = settings.GEZHI_HOME / "anchors"
    return folder / f"{number:06d}{ENDING}"


def read_copies() -> dict[int, bytes]:
    """The bodies of all copies, by the number of their anchor."""
    folder = copy_of(0).parent
    return {int(file.name.removesuffix(ENDING)): file.read_bytes() for file in sorted(folder.glob(f"*{ENDING}"))}
