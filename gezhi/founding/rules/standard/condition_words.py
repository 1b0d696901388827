"""立案、结案条件用语: the words of the catalogue's vocabulary in a cell, as offices part and write them."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Mapping
from typing import Final

import msgspec

from gezhi.catalog.rules.catalog import Catalog
from gezhi.catalog.rules.standard_row import ConditionWord, plain

STOP: Final = "；"
_STRONG = re.compile(r"[;；\n|]+|[（(]?\d+[)）.．、]")
_WEAK = re.compile(r"[、,，/\s]+")


class Vocabulary(msgspec.Struct, frozen=True):
    """What a row may name. `words`: by column, each under its code. `edition`: of rows that name none."""

    catalog: Catalog
    words: Mapping[str, Mapping[str, ConditionWord]]
    edition: str

    def words_of(self, column: str) -> dict[str, ConditionWord]:
        """By everything that a cell may call it."""
        named = self.words[column].values()
        return {plain(name): word for word in named for name in (word.code, word.en, word.zh)}


def parts_of(text: str, named: Collection[str]) -> Iterator[str]:
    """The words of a cell: parted by 、 and commas too, unless a word has one itself."""
    if plain(text) in named:
        yield text
        return
    for part in map(str.strip, _STRONG.split(text)):
        if part and plain(part) in named:
            yield part
        else:
            yield from (one for one in _WEAK.split(part) if one)
