"""办理记录: a register row and the deeds it folds from. A deed carries the new values; the fold copies them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any, TypeVar
from uuid import UUID

import msgspec


class Record(msgspec.Struct, frozen=True, kw_only=True):
    """登记行: what a register says of one thing by now; `seq` counts its deeds. Moments end in `_at`, in seconds."""

    id: UUID
    seq: int = 0


R = TypeVar("R", bound=Record)


class Deed(msgspec.Struct, frozen=True):
    """One deed: what was done, the words with it, and the values that it changes."""

    kind: str
    text: str = ""
    changes: Mapping[str, Any] = {}
    pictures: tuple[str, ...] = ()


def begin(kind: str, record: Record, text: str = "", *, pictures: tuple[str, ...] = ()) -> Deed:
    """The first deed: it carries every value."""
    values = {name: getattr(record, name) for name in record.__struct_fields__ if name != "seq"}
    return Deed(kind, text, values, pictures)


def after(record: R, deed: Deed) -> R:
    """The row after a deed."""
    return msgspec.structs.replace(record, **{**deed.changes, "seq": record.seq + 1})


def fold(kind: type[R], deeds: Iterable[Mapping[str, Any]]) -> R:
    """The row that all stored deeds give, the first to the last."""
    values: dict[str, Any] = {}
    count = 0
    for changes in deeds:
        values.update(changes)
        count += 1
    return msgspec.convert({**values, "seq": count}, kind)
