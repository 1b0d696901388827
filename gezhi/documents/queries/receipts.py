"""阅读回执: how far the reading of a version has come, and who has not read."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime

import msgspec

from gezhi.documents.models import Receipt, Version
from gezhi.documents.queries.visibility import Viewer
from gezhi.documents.rules.reading import Reader, list_readers
from gezhi.people.queries import held_directory


class Progress(msgspec.Struct, frozen=True):
    """How many must read, and how many have."""

    total: int
    read: int


def reading_progress(version: Version, *, on: date) -> Progress:
    """Over everybody who must read, whoever asks."""
    readers = {reader.user_id for reader in _readers(version, on)}
    confirmed = set(Receipt.objects.filter(version=version).values_list("user_id", flat=True))
    return Progress(len(readers), len(readers & confirmed))


def list_receipts(
    version: Version, viewer: Viewer, *, on: date, read: bool | None = None, after_id: int = 0, limit: int = 50
) -> list[tuple[Reader, datetime | None]]:
    """Readers by number with the moment of their confirmation; who keeps documents sees all, others their own
    people.
    """
    confirmed = dict(Receipt.objects.filter(version=version).values_list("user_id", "confirmed_at"))
    seen = _seen(_readers(version, on), viewer)
    rows = ((reader, confirmed.get(reader.user_id)) for reader in seen if reader.user_id > after_id)
    return [row for row in rows if read is None or (row[1] is not None) is read][:limit]


def _readers(version: Version, on: date) -> tuple[Reader, ...]:
    return list_readers(held_directory(), version.must_read, version.document.area, on=on)


def _seen(readers: Iterable[Reader], viewer: Viewer) -> list[Reader]:
    return [
        reader
        for reader in readers
        if viewer.keeps or reader.organisation_id in viewer.organisations or reader.user_id == viewer.user_id
    ]
