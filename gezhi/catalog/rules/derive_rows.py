"""版本衔接: rows of a new edition taken over from the old one, class by class, where the new has none of its own.

The correspondence of numbers is known, not that the printed standard keeps the limits: such rows are uncertain [U].
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping

import msgspec

from gezhi.catalog.rules.class_key import row_key
from gezhi.catalog.rules.standard_row import StandardRow


def derive_rows(rows: Iterable[StandardRow], successors: Mapping[str, str]) -> list[StandardRow]:
    """The rows for each new class whose predecessor has some, each naming the row that it comes from."""
    by_class: dict[str, list[StandardRow]] = {}
    for row in rows:
        by_class.setdefault(row.class_key, []).append(row)
    return [
        msgspec.structs.replace(
            row,
            key=row_key(new_key, seq),
            class_key=new_key,
            confidence="uncertain",
            derived_from=row.key,
        )
        for new_key, old_key in successors.items()
        for seq, row in enumerate(by_class.get(old_key, ()), start=1)
    ]
