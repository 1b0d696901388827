"""词语: what a table says in the words of the field, as the codes of the registers, and back again."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

from gezhi.calendars.rules.office_days import DayKind
from gezhi.catalog.rules.class_key import CLASS_KIND_NAMES, ClassKind
from gezhi.duties.rules.duty_row import BASIS_NAMES
from gezhi.imports.rules.kinds import ImportKind
from gezhi.kernel.role_names import ROLE_NAMES
from gezhi.kernel.searching import fold
from gezhi.people.rules.officers import OFFICER_NAMES
from gezhi.people.rules.organisation_kinds import KIND_NAMES

Names = dict[str, tuple[str, ...]]
"""Code -> what it is called: the first is what an export says."""

LEVELS: Final[Names] = {
    "1": ("一级", "level 1", "一级平台"),
    "2": ("二级", "level 2", "二级平台"),
    "3": ("三级", "level 3", "三级平台"),
}
LANGUAGES: Final[Names] = {"zh": ("中文", "Chinese"), "en": ("英文", "English", "英语")}
DAYS: Final[Names] = {
    DayKind.OFF: ("放假", "off", "休", "休息", "节假日"),
    DayKind.WORK: ("上班", "worked", "班", "调休上班"),
    DayKind.PLAIN: ("照常", "as the weekday is"),
}


def _named(names: Mapping[Any, tuple[str, ...]]) -> Names:
    return {str(code): words for code, words in names.items()}


CLASS_KINDS: Final[Names] = _named(CLASS_KIND_NAMES) | {
    ClassKind.MATTER: (*CLASS_KIND_NAMES[ClassKind.MATTER], "事项", "管理事项")
}

WORDS: Final[dict[ImportKind, dict[str, Names]]] = {
    ImportKind.ORGANISATIONS: {"kind": _named(KIND_NAMES), "level": LEVELS},
    ImportKind.POSTS: {"role": _named(ROLE_NAMES)},
    ImportKind.PEOPLE: {"language": LANGUAGES},
    ImportKind.OFFICERS: {"kind": _named(OFFICER_NAMES)},
    ImportKind.DUTIES: {
        "kind": CLASS_KINDS,
        "basis_kind": _named(BASIS_NAMES),
    },
    ImportKind.AREA_LEVELS: {},
    ImportKind.HOLIDAYS: {"kind": DAYS},
    ImportKind.STANDARD_ROWS: {"kind": CLASS_KINDS},
}


def code_of(kind: ImportKind, column: str, text: str) -> str:
    """The code that a cell means; what is none stays as it is, for the check to name."""
    return _CODES[kind].get(column, {}).get(fold(text), text)


def word_of(kind: ImportKind, column: str, code: str) -> str:
    """What an export says for a code."""
    names = WORDS.get(kind, {}).get(column, {}).get(code)
    return names[0] if names else code


_CODES: Final = {
    kind: {
        column: {fold(name): str(code) for code, names in words.items() for name in (*names, code)}
        for column, words in columns.items()
    }
    for kind, columns in WORDS.items()
}
