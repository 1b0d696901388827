"""缺省标准行: what holds for a class without a row: a default per major class, local and listed as a gap."""

from __future__ import annotations

from typing import Final

from gezhi.catalog.rules.class_key import row_key
from gezhi.catalog.rules.classes import ClassEntry, MajorEntry
from gezhi.catalog.rules.standard_row import StandardRow

DEFAULT_SEQ: Final = 0
CONDITION_ZH: Final = "存在问题，需要处置（标准未列，按本地缺省时限）"
CONDITION_EN: Final = "a problem that needs handling (not listed in the standard: local default limit)"


def default_row_of(entry: ClassEntry, major: MajorEntry) -> StandardRow:
    """The stand-in row of a class; its key ends in -0, and it goes as soon as the class has a row in force."""
    return StandardRow(
        key=row_key(entry.key, DEFAULT_SEQ),
        class_key=entry.key,
        condition_zh=CONDITION_ZH,
        condition_en=CONDITION_EN,
        limit=major.default_limit,
        closing=major.default_closing,
        is_gap_default=True,
        local=True,
        confidence="uncertain",
    )
