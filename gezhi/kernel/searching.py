"""检索: what somebody types into a search box, taken as it is meant: in full width, in several words, as initials."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from functools import cache, lru_cache
from itertools import pairwise

from gezhi.kernel.words import is_blank

_DASHES = dict.fromkeys(map(ord, "‐‑‒–—―−－ー﹣"), "-")
_INVISIBLE = re.compile("[\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff]")
_ROADS = re.compile(r"(大道|大街|路|街|巷)(?:与|和|、|/)?(?=[^路街巷道桥]{1,6}(?:大道|大街|路|街|巷|桥))")
_WORDS = re.compile(r"[^\s,，;；]+")
_QUOTES = "\"'“”‘’。!?:"
_PAIRS = frozenset({"()", "[]", "【】", "〔〕", "《》", "<>", "「」"})
LETTERS = re.compile(r"[a-z]{2,}")
_NUMBER = re.compile(r"[a-z]{0,4}[0-9]+", re.ASCII)
_AROUND = re.compile(r"[\s〔〕\[\]()【】〈〉<>《》第号]")
_LAST_POSITION = 16_383
_SERIAL, _DAY = 6, 8
"""A number of a case ends in its day and a running number: 20261130-021165."""


def fold(text: str) -> str:
    """How texts are compared (归一): half width, small letters, one kind of hyphen."""
    return unicodedata.normalize("NFKC", text).translate(_DASHES).casefold()


def words_of(text: str) -> tuple[str, ...]:
    """The words that must all be found: parted by blanks, and two roads that stand side by side."""
    if is_blank(text):
        return ()
    found = _WORDS.findall(_ROADS.sub(r"\1 ", _INVISIBLE.sub("", fold(text))))
    return tuple(dict.fromkeys(_bare(word) for word in found))


def _bare(word: str) -> str:
    """Without quotes, brackets and the end of a sentence around it; a mark that stands alone is looked for itself."""
    bare = word.strip(_QUOTES)
    while len(bare) > 2 and bare[0] + bare[-1] in _PAIRS:  # noqa: PLR2004 - the two brackets
        bare = bare[1:-1].strip(_QUOTES)
    return bare or word


def like(word: str) -> str:
    """The pattern of a word anywhere in a text; its own signs are no wildcards."""
    escaped = word.replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_")
    return f"%{escaped}%"


def writings(word: str) -> list[str]:
    """Patterns of a folded word as texts may hold it: in half width and, of digits and letters, in full width."""
    wide = "".join(chr(ord(one) + 0xFEE0) if "!" <= one <= "~" else one for one in word)
    return [like(word)] if wide == word else [like(word), like(wide)]


def any_like(column: str, patterns: Sequence[str]) -> str:
    """SQL: the column holds one of so many patterns, written apart so that each finds its index."""
    return f"({' OR '.join([f'{column} ILIKE %s'] * len(patterns))})"


def numbers(word: str, *, serial: int = _SERIAL) -> list[str]:
    """Patterns of a number that ends in a running number of so many digits, with its hyphens or without."""
    digits = word.replace("-", "")
    patterns = [like(word)]
    if _NUMBER.fullmatch(digits) and len(digits) > serial:
        before, last = digits[:-serial], digits[-serial:]
        patterns.append(like(f"{before}-{last}"))
        if len(before) > _DAY:
            patterns.append(like(f"{before[:-_DAY]}-{before[-_DAY:]}-{last}"))
    return list(dict.fromkeys(patterns))


def issue_key(text: str) -> str:
    """文号 without what is written in many ways: 城管〔2026〕5 号, 城管[2026]5号, 城管（２０２６）第5号 are one."""
    return _AROUND.sub("", fold(text))


def are_named(text: str, *names: str) -> bool:
    """Whether each of the words, or all of them written together, stands in one of the names."""
    words = words_of(text)
    return all(is_named(word, *names) for word in words) or is_named("".join(words), *names)


def is_named(word: str, *names: str) -> bool:
    """Whether a folded word stands in one of the names, or is the initials of its beginning (jg for 井盖)."""
    if any(word in _folded(name) for name in names):
        return True
    return LETTERS.fullmatch(word) is not None and any(word in initials(name) for name in names)


@lru_cache(maxsize=50_000)
def _folded(name: str) -> str:
    return fold(name)


@lru_cache(maxsize=50_000)
def initials(name: str) -> str:
    """拼音首字母: sws of 市卫生所."""
    return "".join(_pinyin()(name)).casefold()


@cache
def _pinyin():  # type: ignore[no-untyped-def]  # noqa: ANN202
    """Loaded when somebody types letters first: its tables are large."""
    from pypinyin import Style, lazy_pinyin  # noqa: PLC0415

    return lambda name: lazy_pinyin(name, style=Style.FIRST_LETTER)


def pairs_vector(text: str) -> str:
    """A `tsvector` of a text: every two neighbouring characters, in their order."""
    return " ".join(f"'{pair}':{min(at, _LAST_POSITION)}" for at, pair in _pairs(text))


def pairs_query(word: str) -> str:
    """A `tsquery` for a word: its pairs one behind the other; empty for a single character."""
    query, last = "", -1
    for at, pair in _pairs(word):
        if query:
            query += " <-> " if at == last + 1 else " & "
        query, last = f"{query}'{pair}'", at
    return query


def _pairs(text: str) -> list[tuple[int, str]]:
    """(position, pair); what is neither letter nor digit parts two pairs."""
    return [(at, one + other) for at, (one, other) in enumerate(pairwise(fold(text)), 1) if (one + other).isalnum()]
