"""The originals of pictures against the hashes that are their names."""

from __future__ import annotations

from collections.abc import Iterator
from hashlib import file_digest

from django.db.models import F, Q

from gezhi.plumbing.media import file_of
from gezhi.plumbing.models import Picture

MISSING = "missing"


def verify_originals() -> Iterator[tuple[str, str]]:
    """(picture, what its file gives: its hash, or why it gives none) of every picture that is kept as a file."""
    kept = Picture.objects.filter(Q(shown_as="") | Q(shown_as=F("sha256")), is_kept=True).order_by("sha256")
    for sha256 in kept.values_list("sha256", flat=True).iterator():
        try:
            with file_of("originals", sha256).open("rb") as file:
                yield sha256, file_digest(file, "sha256").hexdigest()
        except OSError as error:
            yield sha256, error.strerror or MISSING
