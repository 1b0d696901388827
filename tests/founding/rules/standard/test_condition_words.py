from __future__ import annotations

import pytest

from gezhi.catalog.rules.standard_row import plain
from gezhi.founding.rules.standard.condition_words import parts_of

WORDS = {plain(word) for word in ("已修复", "已更换", "已增设，或已告知", "文字、图形有误")}


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        ("已修复", ["已修复"]),
        ("已修复、已更换", ["已修复", "已更换"]),
        ("1.已修复 2.已更换", ["已修复", "已更换"]),
        ("（1）已修复；（2）已更换。", ["已修复", "已更换。"]),
        ("已修复\n已增设，或已告知", ["已修复", "已增设，或已告知"]),
        ("文字、图形有误；已修复", ["文字、图形有误", "已修复"]),
        ("已修复，完好", ["已修复", "完好"]),
        ("", []),
    ],
)
def test_the_words_of_a_cell_are_parted_but_where_a_word_has_a_comma_itself(text: str, parts: list[str]) -> None:
    assert list(parts_of(text, WORDS)) == parts
