from __future__ import annotations

import pytest

from gezhi.documents.rules.clause_text import (
    MOST_CHARACTERS,
    Gap,
    NumberTwice,
    Shape,
    TextEmpty,
    TextTooLong,
    find_gaps,
    parse_clauses,
)
from gezhi.documents.rules.numerals import read_numeral

RULES = """
# 某市考核办法

第一章　总则
　　第一条　为了考核，制定本办法。
第二条 考核指标：
（一）按期处置率；
（二）返工率。
1. 说明一
第二章 附则
第一节 解释
第三条之一 **监督中心**负责解释。
"""


def shown(text: str) -> list[tuple[str, str, str, str]]:
    return [(one.shape.value, one.anchor, one.label, one.text) for one in parse_clauses(text)]


def test_articles_are_clauses_and_keep_their_items_as_lines() -> None:
    assert shown(RULES) == [
        ("heading", "h-1", "", "某市考核办法"),
        ("heading", "h1", "第一章", "总则"),
        ("clause", "1", "第一条", "为了考核，制定本办法。"),
        ("clause", "2", "第二条", "考核指标：\n（一）按期处置率；\n（二）返工率。\n1. 说明一"),
        ("heading", "h2", "第二章", "附则"),
        ("heading", "h2.s1", "第一节", "解释"),
        ("clause", "3-1", "第三条之一", "监督中心负责解释。"),
    ]


def test_a_clause_knows_the_heading_that_it_stands_under() -> None:
    headings = {one.anchor: one.heading for one in parse_clauses(RULES)}
    assert (headings["2"], headings["3-1"], headings["h1"]) == ("第一章 总则", "第一节 解释", "")


def test_a_text_without_articles_is_parted_by_its_lists() -> None:
    text = "一、总体要求\n（一）坚持属地管理。\n补充说明。\n（二）坚持依法。\n二、工作安排\n（一）三月底前完成。\n三、各单位应当按时上报。"
    assert shown(text) == [
        ("heading", "h1", "一、", "总体要求"),
        ("clause", "1.1", "（一）", "坚持属地管理。\n补充说明。"),
        ("clause", "1.2", "（二）", "坚持依法。"),
        ("heading", "h2", "二、", "工作安排"),
        ("clause", "2.1", "（一）", "三月底前完成。"),
        ("clause", "3", "三、", "各单位应当按时上报。"),
    ]


def test_decimal_numbers_and_markdown_headings_are_understood() -> None:
    assert shown("## 范围 ##\n1.1 本标准适用于井盖。\n- 含雨水篦\n1.2 不适用于管线。") == [
        ("heading", "h-1", "", "范围"),
        ("clause", "1.1", "1.1", "本标准适用于井盖。\n含雨水篦"),
        ("clause", "1.2", "1.2", "不适用于管线。"),
    ]


def test_plain_paragraphs_each_stand_alone() -> None:
    assert shown("各单位：\n现将有关事项通知如下。") == [
        ("text", "p1", "", "各单位："),
        ("text", "p2", "", "现将有关事项通知如下。"),
    ]


def test_a_chapter_in_an_ordinary_sentence_is_no_heading() -> None:
    found = parse_clauses("第一条 依照本办法执行。\n第四章规定的除外。")
    assert [(one.shape, one.text) for one in found] == [(Shape.CLAUSE, "依照本办法执行。\n第四章规定的除外。")]


def test_invisible_marks_of_a_pasted_text_are_gone() -> None:
    assert shown("\ufeff第 1 条\u200b 正文\x07。\r\n\u3000\u3000续\u202e行。") == [
        ("clause", "1", "第1条", "正文。\n续行。")
    ]


@pytest.mark.parametrize("text", ["", "   \n\u3000\n", "\ufeff"])
def test_an_empty_text_is_refused(text: str) -> None:
    with pytest.raises(TextEmpty):
        parse_clauses(text)


@pytest.mark.parametrize("text", ["字" * (MOST_CHARACTERS + 1), "\n".join(f"第{n}条 甲。" for n in range(1, 502))])
def test_a_text_beyond_measure_is_refused(text: str) -> None:
    with pytest.raises(TextTooLong):
        parse_clauses(text)


def test_a_number_that_stands_twice_is_refused_by_its_name() -> None:
    with pytest.raises(NumberTwice) as caught:
        parse_clauses("第五条 甲。\n第六条 乙。\n第五条 丙。")
    assert caught.value.text() == "编号“第五条”出现了两次，请改正条款编号。"


def test_a_jump_in_the_numbers_is_pointed_out() -> None:
    assert find_gaps(parse_clauses("第一条 甲。\n第二条 乙。\n第二条之一 丙。\n第五条 丁。")) == [
        Gap("第二条之一", "第五条")
    ]


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("一", 1),
        ("十", 10),
        ("十二", 12),
        ("二十", 20),
        ("二十三", 23),
        ("一百零五", 105),
        ("一百二十", 120),
        ("二〇", 20),
        ("12", 12),
        ("１２", 12),
        ("十 二", 12),
        ("一十二", 12),
        ("廿一", 21),
        ("卅", 30),
        ("壹拾贰", 12),
        ("二○一", 201),
        ("一千零一", 1001),
        ("2　3", 23),
    ],
)
def test_chinese_numerals_are_read(text: str, number: int) -> None:
    assert read_numeral(text) == number


@pytest.mark.parametrize(
    "writing",
    [
        "第１条 甲事。\n第２条 乙事。",
        "第 一 条 甲事。\n第 二 条 乙事。",
        "第1条甲事。\n第 2 条：乙事。",
        "第壹条　甲事。\n第贰条　乙事。",
        "【第一条】甲事。\n【第二条】 乙事。",
        "第①条 甲事。\n第②条 乙事。",
        "第㈠条 甲事。\n第㈡条 乙事。",
        "第Ⅰ条 甲事。\n第Ⅱ条 乙事。",
    ],
)
def test_an_article_is_known_in_every_usual_writing_of_its_number(writing: str) -> None:
    assert [(one.shape, one.anchor, one.text) for one in parse_clauses(writing)] == [
        (Shape.CLAUSE, "1", "甲事。"),
        (Shape.CLAUSE, "2", "乙事。"),
    ]


def test_blanks_inside_a_number_part_neither_articles_nor_chapters() -> None:
    text = "第 一 章 总则\n第 一 条 甲。\n第 十 二 条 乙。\n第三条 丙。"
    assert [(one.anchor, one.label) for one in parse_clauses(text)] == [
        ("h1", "第一章"),
        ("1", "第一条"),
        ("12", "第十二条"),
        ("3", "第三条"),
    ]


@pytest.mark.parametrize(
    "wrapped",
    [
        "第五条的规定，报请批准。",
        "第五条规定的时限内办结。",
        "第五条、第六条处理。",
        "第五条第二款所列情形。",
        "第五条，一并报告。",
        "第五条至第七条执行。",
        "第五条和第六条同时适用。",
    ],
)
def test_a_wrapped_line_that_speaks_of_an_article_begins_none(wrapped: str) -> None:
    clauses = parse_clauses(f"第一条 甲。\n第二条 单位应当按照本办法\n{wrapped}\n第三条 丙。")
    assert [one.anchor for one in clauses] == ["1", "2", "3"]
    assert clauses[1].text == f"单位应当按照本办法\n{wrapped}"
    assert find_gaps(clauses) == []


@pytest.mark.parametrize(
    "words", ["所有单位应当上报。", "中心负责解释。", "项目完工后验收。", "为了考核，制定本办法。", "至少三人到场。"]
)
def test_an_article_may_begin_without_a_blank(words: str) -> None:
    assert [(one.anchor, one.text) for one in parse_clauses(f"第一条{words}")] == [("1", words)]
