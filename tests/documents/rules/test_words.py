from __future__ import annotations

from gezhi.documents.rules.words import any_of, as_query, as_vector, cut_excerpt, fold_text, index_words, query_words


def test_long_words_bring_the_short_ones_inside_them() -> None:
    assert index_words("责任单位申请延期。") == ["责任", "单位", "申请", "延期"]
    assert {"城市", "管理"} <= set(index_words("城市管理"))


def test_punctuation_is_no_word_and_full_width_is_folded() -> None:
    assert query_words("延期，延期！ＡＢＣ") == ["延期", "abc"]
    assert query_words("。、《》") == []


def test_a_vector_weighs_the_heading_most_and_quotes_every_word() -> None:
    assert as_vector("延期", "o'k 延期") == "'延期':1A,4 'o':2 'k':3"


def test_a_query_asks_for_every_word() -> None:
    assert as_query("申请延期") == "('申请' & '延期')"


def test_a_numeral_is_asked_for_in_every_writing() -> None:
    assert as_query("2个工作日") == "('2' & '个' & '工作日') | ('二个' & '工作日') | ('两个' & '工作日')"
    assert "('两个' & '工作日')" in as_query("两个工作日")
    assert "'2' & '级'" in as_query("二级督办")


def test_what_a_question_is_put_with_is_not_looked_for() -> None:
    assert any_of(query_words("谁批准作废")) == "'批准' | '作废'"
    assert any_of(["谁"]) == "''"


def test_folding_keeps_every_character_in_its_place() -> None:
    assert fold_text("（Ａ㎡ﬁ）") == "(a㎡ﬁ)"


def test_an_excerpt_begins_near_the_first_hit_and_marks_all() -> None:
    text = "甲" * 40 + "申请延期，延期" + "乙" * 200
    pieces = [(piece.text, piece.hit) for piece in cut_excerpt(text, ["延期"])]
    assert pieces[:5] == [("…", False), ("甲" * 22 + "申请", False), ("延期", True), ("，", False), ("延期", True)]
    assert pieces[-1] == ("…", False)


def test_hits_that_overlap_are_one() -> None:
    assert [(one.text, one.hit) for one in cut_excerpt("城市管理", ["城市", "城市管理", "市管"])] == [
        ("城市管理", True)
    ]


def test_without_a_hit_the_beginning_is_shown() -> None:
    assert [(one.text, one.hit) for one in cut_excerpt("短文", ["延期", ""])] == [("短文", False)]
