from __future__ import annotations

import pytest

from gezhi.kernel.words import MOST_CHARACTERS, NAMES, WordsMissing, WordsTooLong, limit_words, require_words


def test_words_come_back_without_outer_blanks() -> None:
    assert require_words("reason", "  井盖 丢失 \n") == "井盖 丢失"


@pytest.mark.parametrize("blank", ["", "  ", "\n\t"])
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
