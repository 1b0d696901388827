from __future__ import annotations

import pytest

from gezhi.imports.rules.kinds import TABLE_OF, ImportKind
from gezhi.imports.rules.words import WORDS, code_of, word_of


@pytest.mark.parametrize("kind", list(TABLE_OF))
def test_every_word_that_a_column_knows_has_a_name_and_comes_back_from_it(kind: ImportKind) -> None:
    for column in TABLE_OF[kind].columns:
        for code in column.words if column.name in WORDS[kind] else ():
            assert word_of(kind, column.name, code) != code
            assert code_of(kind, column.name, word_of(kind, column.name, code)) == code
            assert code_of(kind, column.name, code) == code


@pytest.mark.parametrize(
    ("kind", "column", "text", "code"),
    [
        (ImportKind.POSTS, "role", "值班长", "duty-officer"),
        (ImportKind.DUTIES, "kind", "事项", "matter"),
        (ImportKind.ORGANISATIONS, "level", "一级平台", "1"),
        (ImportKind.ORGANISATIONS, "kind", "GOVERNMENT", "government"),
        (ImportKind.HOLIDAYS, "kind", "休", "off"),
        (ImportKind.POSTS, "role", "总经理", "总经理"),
        (ImportKind.PEOPLE, "name", "英文", "英文"),
    ],
)
def test_words_of_the_field_are_codes_and_others_stay_for_the_check_to_name(
    kind: ImportKind, column: str, text: str, code: str
) -> None:
    assert code_of(kind, column, text) == code
