"""版本对照: class by class, what continues a class of the edition before: one, several or none; and what is new.

The correspondence rests on names, and on numbers where the national tables kept their order.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from enum import StrEnum

import msgspec

from gezhi.catalog.rules.classes import ClassEntry
from gezhi.catalog.rules.search import search
from gezhi.kernel.words import is_blank


class Correspondence(StrEnum):
    """How a class goes on in the next edition."""

    ONE = "one"
    SEVERAL = "several"
    NONE = "none"
    NEW = "new"


CORRESPONDENCE_NAMES: dict[Correspondence, tuple[str, str]] = {
    Correspondence.ONE: ("一一对应", "one to one"),
    Correspondence.SEVERAL: ("一对多", "one to several"),
    Correspondence.NONE: ("无对应", "not continued"),
    Correspondence.NEW: ("新版增加", "added"),
}


class Successor(msgspec.Struct, frozen=True):
    """The class of the edition before that a class continues; `by_number`: their names differ."""

    key: str
    by_number: bool = False


class MappingLine(msgspec.Struct, frozen=True):
    """A class of the edition before with those that continue it; without one, a class that is new."""

    old: ClassEntry | None
    new: tuple[ClassEntry, ...] = ()
    by_number: bool = False

    @property
    def correspondence(self) -> Correspondence:
        if self.old is None:
            return Correspondence.NEW
        if not self.new:
            return Correspondence.NONE
        return Correspondence.ONE if len(self.new) == 1 else Correspondence.SEVERAL

    @property
    def entries(self) -> tuple[ClassEntry, ...]:
        return (self.old, *self.new) if self.old is not None else self.new


def mapping_of(
    old: Iterable[ClassEntry], new: Iterable[ClassEntry], successors: Mapping[str, Successor]
) -> list[MappingLine]:
    """The lines in the order of the old classes, then what is new in the order of the new ones."""
    following: dict[str, list[ClassEntry]] = {}
    added = []
    known = {entry.key: entry for entry in old}
    for entry in new:
        before = successors.get(entry.key)
        if before is None or before.key not in known:
            added.append(MappingLine(None, (entry,)))
        else:
            following.setdefault(before.key, []).append(entry)
    continued = (MappingLine(entry, tuple(following.get(key, ()))) for key, entry in known.items())
    return [*(_marked(line, successors) for line in continued), *added]


def lines_about(lines: Iterable[MappingLine], text: str) -> list[MappingLine]:
    """Those in which a class is meant by these words, old or new, in their order."""
    found = list(lines)
    if is_blank(text):
        return found
    meant = {entry.key for entry in search((one for line in found for one in line.entries), text)}
    return [line for line in found if any(entry.key in meant for entry in line.entries)]


def _marked(line: MappingLine, successors: Mapping[str, Successor]) -> MappingLine:
    return msgspec.structs.replace(line, by_number=any(successors[entry.key].by_number for entry in line.new))
