"""检索分词: Chinese words for the search, the same when a clause is kept and when somebody asks; and the excerpt found.

The words go to PostgreSQL as a finished `tsvector`, so that no configuration or locale of a server parts them anew.
"""

from __future__ import annotations

import re
import unicodedata
from collections import defaultdict
from collections.abc import Iterable

import msgspec
import rjieba

from gezhi.documents.rules.numerals import read_numeral, write_numeral

LONGEST_WORD, MOST_POSITIONS, LAST_POSITION = 100, 255, 16_383
BEFORE, EXCERPT = 24, 110
_LETTERS = ("L", "N")
_MEASURES = "个日天次年月周级倍人张元件家名工小时分季条"
_NUMERAL = re.compile(f"[〇零一二两三四五六七八九十百]+(?=[{_MEASURES}])")
_ARABIC = re.compile(f"(?<![0-9.])[0-9]{{1,3}}(?=[{_MEASURES}])")
_TWO = re.compile(f"(?<![0-9.])2(?=[{_MEASURES}])")
_ASKING = frozenset(
    [
        "的",
        "了",
        "吗",
        "呢",
        "是",
        "有",
        "在",
        "和",
        "与",
        "或",
        "谁",
        "什么",
        "怎么",
        "怎样",
        "如何",
        "多久",
        "多少",
        "几",
        "哪些",
        "哪个",
        "哪里",
        "可以",
        "能",
        "应",
        "应该",
        "个",
        "由",
        "要",
    ]
)
"""What a question is put with, and says nothing of what it asks for."""


class ExcerptPiece(msgspec.Struct, frozen=True):
    """A stretch of an excerpt; `hit`: it was asked for."""

    text: str
    hit: bool


def fold_text(text: str) -> str:
    """Full-width to half-width, capitals to small: how texts are compared (归一). Keeps every character's place."""
    return "".join(_folded(character) for character in text)


def _folded(character: str) -> str:
    folded = unicodedata.normalize("NFKC", character).lower()
    return folded if len(folded) == 1 else character


def index_words(text: str) -> list[str]:
    """The words of a kept text in their order, long words and the short ones inside them."""
    return _wanted(rjieba.cut_for_search(fold_text(text)))


def query_words(text: str) -> list[str]:
    """The words of a question: each must be found."""
    return list(dict.fromkeys(_wanted(rjieba.cut(fold_text(text)))))


def _wanted(words: Iterable[str]) -> list[str]:
    return [word[:LONGEST_WORD] for word in words if any(unicodedata.category(one)[0] in _LETTERS for one in word)]


def as_vector(title: str, text: str) -> str:
    """A `tsvector` as PostgreSQL reads it; words of the title weigh most (检索向量)."""
    places: dict[str, list[str]] = defaultdict(list)
    position = 0
    for words, weight in ((index_words(title), "A"), (index_words(text), "")):
        for word in words:
            position = min(position + 1, LAST_POSITION)
            if len(places[word]) < MOST_POSITIONS:
                places[word].append(f"{position}{weight}")
    return " ".join(f"{_quoted(word)}:{','.join(dict.fromkeys(at))}" for word, at in places.items())


def as_query(text: str) -> str:
    """A `tsquery` that asks for all words of a question, its numerals written in either way (2, 二 or 两)."""
    written = dict.fromkeys(" & ".join(map(_quoted, query_words(one))) for one in _writings(fold_text(text)))
    return " | ".join(f"({words})" for words in written if words)


def any_of(words: Iterable[str]) -> str:
    """A `tsquery` that asks for any of these words, numerals and all, but not for what every question holds."""
    asked = [one for word in words for writing in _writings(word) for one in query_words(writing)]
    return " | ".join(_quoted(word) for word in dict.fromkeys(asked) if word not in _ASKING) or "''"


def _writings(text: str) -> tuple[str, ...]:
    plain = _NUMERAL.sub(lambda match: str(read_numeral(match[0])), text)
    return text, plain, _ARABIC.sub(lambda match: write_numeral(int(match[0])), plain), _TWO.sub("两", plain)


def _quoted(word: str) -> str:
    return "'" + word.replace("\\", "\\\\").replace("'", "''") + "'"


def cut_excerpt(text: str, words: Iterable[str]) -> list[ExcerptPiece]:
    """The stretch of a text around the first of the words, with every one of them marked (高亮摘要)."""
    folded = fold_text(text)
    hits = _merged(folded, [word for word in (fold_text(one) for one in words) if word])
    start = max(0, hits[0][0] - BEFORE) if hits else 0
    end = min(len(text), start + EXCERPT)
    pieces = [ExcerptPiece("…", hit=False)] if start else []
    at = start
    for low, high in hits:
        if low >= end:
            break
        if low > at:
            pieces.append(ExcerptPiece(text[at:low], hit=False))
        pieces.append(ExcerptPiece(text[low : min(high, end)], hit=True))
        at = high
    if at < end:
        pieces.append(ExcerptPiece(text[at:end], hit=False))
    if end < len(text):
        pieces.append(ExcerptPiece("…", hit=False))
    return pieces


def _merged(text: str, words: list[str]) -> list[tuple[int, int]]:
    """Where any of the words stands, overlapping places as one."""
    spans: list[tuple[int, int]] = []
    for word in words:
        at = text.find(word)
        while at >= 0:
            spans.append((at, at + len(word)))
            at = text.find(word, at + len(word))
    merged: list[tuple[int, int]] = []
    for low, high in sorted(spans):
        if merged and low <= merged[-1][1]:
            merged[-1] = merged[-1][0], max(high, merged[-1][1])
        else:
            merged.append((low, high))
    return merged
