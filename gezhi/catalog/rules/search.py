"""类别检索: classes by code, Chinese or English name or its initials, best match first."""

from __future__ import annotations

from collections.abc import Iterable

from gezhi.catalog.rules.classes import ClassEntry
from gezhi.kernel.searching import LETTERS, fold, initials


def search(entries: Iterable[ClassEntry], text: str) -> list[ClassEntry]:
    """The entries that a text means, ranked; equal ranks keep the order given."""
    folded = "".join(fold(text).split())
    if not folded:
        return list(entries)
    ranked = [(rank, entry) for entry in entries if (rank := rank_of(entry, folded)) is not None]
    return [entry for _, entry in sorted(ranked, key=lambda pair: pair[0])]


def rank_of(entry: ClassEntry, folded: str) -> tuple[int, int] | None:
    """How well an entry fits: smaller is better, shorter names first; None for not at all."""
    name, english = entry.name, "".join(entry.name_en.casefold().split())
    abbreviated = initials(name) if LETTERS.fullmatch(folded) else ""
    major = entry.major_name + entry.major_name_en.casefold().replace(" ", "")
    fits = (
        folded in (entry.code, entry.key),
        name == folded,
        abbreviated == folded,
        entry.code.startswith(folded),
        name.startswith(folded),
        folded in name,
        english.startswith(folded),
        folded in english,
        folded in abbreviated,
        folded in major,
        _in_order(folded, name),
    )
    return next(((rank, len(name)) for rank, fit in enumerate(fits) if fit), None)


def _in_order(folded: str, name: str) -> bool:
    """Whether all characters stand in the name in this order, others between: 井盖丢 does not, 污井盖 fits 污水井盖."""
    left = iter(name)
    return len(folded) > 1 and all(character in left for character in folded)
