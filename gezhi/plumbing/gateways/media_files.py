"""Where the files of a picture lie: the original, the served copy and the small one, named by the hash."""

from __future__ import annotations

from pathlib import Path

from django.conf import settings

KINDS = {"originals": "", "copies": ".jpg", "thumbs": ".jpg"}


def file_of(kind: str, sha256: str) -> Path:
    folder: Path = settings.GEZHI_HOME / "media" / kind / sha256[:2] / sha256[2:4]
    return folder / f"{sha256}{KINDS[kind]}"
