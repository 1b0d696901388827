from __future__ import annotations

import pytest

from gezhi.kernel.words import (
    MOST_CHARACTERS,
    NAMES,
    WordsMissing,
    WordsTooLong,
    is_blank,
    is_storable,
    limit_words,
    plain,
    require_words,
    without_direction,
)


def test_words_come_back_without_outer_blanks() -> None:
    assert require_words("reason", "  井盖 丢失 \n") == "井盖 丢失"


BLANKS = [
    *("", "  ", "\n\t", "\u3000", "\u00a0", "\u200b", "\ufeff", "\u2060\u200d", "\u202e\u202c", "\u2066\u2069"),
    *("\u0301", " \u0308 ", "\ufe0f", "\u20e3", "\u3164", "\u2800", "\u115f", "\u00ad", "\U000e0001", "\U000e0100"),
    *("\x00", "\x1b", "\u034f", "\u180e", "\uffff", "\u2065"),
]
SEEN = [
    "无",
    "a",
    "。",
    "😡",
    "👍🏽",
    "é",
    "e\u0301",
    "𠮷",
    "\U0002ebf0",
    "\ue000",
    "1",
    "+",
    "🏴\U000e0067\U000e007f",
    "\u200b好\u200b",
]


@pytest.mark.parametrize("seen", SEEN)
def test_whatever_is_seen_is_no_blank(seen: str) -> None:
    assert not is_blank(seen)
    assert require_words("reason", seen) == seen.strip("\u200b")


def test_marks_that_turn_the_direction_are_taken_out_and_nothing_else() -> None:
    assert plain("井盖\u202e坏了\u202c") == "井盖坏了"
    assert plain("a\u2067b\u2069 👨\u200d👩\u200d👧") == "ab 👨\u200d👩\u200d👧"
    assert without_direction("\u200e王\u061c二") == "王二"


def test_neither_a_nul_nor_half_a_character_can_be_kept() -> None:
    assert [is_storable(text) for text in ("a\0", "\ud83d", "好\udc00", "\x01", "😡", "")] == [
        *(False, False, False),
        *(True, True, True),
    ]


@pytest.mark.parametrize("blank", BLANKS)
def test_blanks_are_no_words_where_words_are_needed(blank: str) -> None:
    with pytest.raises(WordsMissing) as refused:
        require_words("answer", blank)
    assert refused.value.field == "answer"
    assert refused.value.text() == "请填写“答复内容”。"
    assert refused.value.text("en") == "“Answer” must be filled in."


def test_words_that_may_be_left_out_may_be_blank() -> None:
    assert limit_words("reason", "  ") == ""


@pytest.mark.parametrize("check", [require_words, limit_words])
def test_one_character_too_many_is_refused_and_says_how_many_there_are(check: object) -> None:
    assert callable(check)
    assert check("text", "字" * MOST_CHARACTERS + "  ") == "字" * MOST_CHARACTERS
    with pytest.raises(WordsTooLong) as refused:
        check("text", "字" * (MOST_CHARACTERS + 1))
    assert refused.value.field == "text"
    assert refused.value.details == {"name": "说明", "name_en": "Remark", "most": 2_000, "count": 2_001}


def test_every_field_has_a_name_in_both_languages() -> None:
    assert all(zh.strip() and en.strip() for zh, en in NAMES.values())
