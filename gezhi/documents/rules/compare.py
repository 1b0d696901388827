"""版本对照: what changed between two versions, clause by clause, and in a changed clause word by word.

Numbers shift when a clause is put in between, so clauses are paired by what they say, in order, not by their numbers.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from difflib import SequenceMatcher
from enum import StrEnum

import msgspec
import rjieba

from gezhi.documents.rules.clause_text import Clause

ALIKE = 0.4


class Change(StrEnum):
    SAME = "same"
    RENUMBERED = "renumbered"
    CHANGED = "changed"
    ADDED = "added"
    REMOVED = "removed"


class Stretch(msgspec.Struct, frozen=True):
    """Some words of a clause: in both, only in the new one, or only in the old one."""

    kind: Change
    text: str


class Pair(msgspec.Struct, frozen=True):
    """条款对照. One of the two is missing where a clause was added or removed."""

    change: Change
    old: Clause | None
    new: Clause | None
    stretches: tuple[Stretch, ...] = ()


def compare_versions(old: Sequence[Clause], new: Sequence[Clause]) -> list[Pair]:
    """Every clause of both versions, in the order of the new one (对照)."""
    matcher = SequenceMatcher(
        None, [(one.shape, one.text) for one in old], [(one.shape, one.text) for one in new], autojunk=False
    )
    pairs: list[Pair] = []
    for tag, low, high, first, last in matcher.get_opcodes():
        if tag == "equal":
            pairs += [_unchanged(a, b) for a, b in zip(old[low:high], new[first:last], strict=True)]
        else:
            pairs += [_pair(a, b) for a, b in _aligned(old[low:high], new[first:last])]
    return pairs


def _unchanged(old: Clause, new: Clause) -> Pair:
    return Pair(Change.SAME if old.label == new.label else Change.RENUMBERED, old, new)


def _pair(old: Clause | None, new: Clause | None) -> Pair:
    if old is None or new is None:
        return Pair(Change.ADDED if old is None else Change.REMOVED, old, new)
    return Pair(Change.CHANGED, old, new, tuple(_stretches(old.text, new.text)))


def _stretches(old: str, new: str) -> Iterator[Stretch]:
    before, after = rjieba.cut(old), rjieba.cut(new)
    for tag, low, high, first, last in SequenceMatcher(None, before, after, autojunk=False).get_opcodes():
        if tag == "equal":
            yield Stretch(Change.SAME, "".join(after[first:last]))
            continue
        if low < high:
            yield Stretch(Change.REMOVED, "".join(before[low:high]))
        if first < last:
            yield Stretch(Change.ADDED, "".join(after[first:last]))


def _aligned(old: Sequence[Clause], new: Sequence[Clause]) -> list[tuple[Clause | None, Clause | None]]:
    """Pairs of clauses that say nearly the same, in order, so that the sum of likeness is greatest."""
    words = [Counter(one.text) for one in old], [Counter(one.text) for one in new]
    best = [[0.0] * (len(new) + 1) for _ in range(len(old) + 1)]
    for at in range(len(old) - 1, -1, -1):
        for to in range(len(new) - 1, -1, -1):
            like = _likeness(old[at], new[to], words[0][at], words[1][to])
            together = like + best[at + 1][to + 1] if like else 0.0
            best[at][to] = max(best[at + 1][to], best[at][to + 1], together)
    pairs: list[tuple[Clause | None, Clause | None]] = []
    at = to = 0
    while at < len(old) and to < len(new):
        if best[at][to] == best[at + 1][to]:
            pairs.append((old[at], None))
            at += 1
        elif best[at][to] == best[at][to + 1]:
            pairs.append((None, new[to]))
            to += 1
        else:
            pairs.append((old[at], new[to]))
            at, to = at + 1, to + 1
    return pairs + [(one, None) for one in old[at:]] + [(None, one) for one in new[to:]]


def _likeness(old: Clause, new: Clause, old_words: Counter[str], new_words: Counter[str]) -> float:
    """How much of two clauses is the same characters; nothing below the threshold. The same number counts a little."""
    if old.shape is not new.shape:
        return 0.0
    total = old_words.total() + new_words.total()
    alike = 2 * (old_words & new_words).total() / total if total else 1.0
    return alike + (0.1 if old.label and old.label == new.label else 0.0) if alike >= ALIKE else 0.0
