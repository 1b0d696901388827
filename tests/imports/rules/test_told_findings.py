from __future__ import annotations

from gezhi.founding.rules import tables
from gezhi.imports.rules.heads import Head
from gezhi.imports.rules.kinds import ImportKind
from gezhi.imports.rules.told_findings import ToldFindings


def told() -> ToldFindings:
    return ToldFindings(ImportKind.POSTS, [Head("角色名", "role"), Head("备注")])


def test_a_finding_says_the_head_of_the_file_the_words_of_the_field_and_the_register() -> None:
    findings = told()
    findings.add("cell.unknown-word", tables.POSTS, row=2, column="role", value="总经理", known="collector")
    findings.add("reference.missing", tables.POSTS, row=3, column="organisation", value="x", target="organisations.csv")
    word, lost = findings.report().findings
    assert (word.column, word.says["zh"]) == ("角色名", "角色名 不能是“总经理”")
    assert word.cure["zh"].startswith("可用：信息采集员、受理员")
    assert (lost.column, lost.says["zh"]) == ("机构编码", "“x”不在 机构 中")


def test_what_other_tables_say_wrongly_is_none_of_this_file() -> None:
    findings = told()
    findings.add("cell.missing", tables.PEOPLE, row=2, column="name")
    assert findings.report().errors == 0


def test_what_belongs_to_no_row_names_none() -> None:
    findings = told()
    findings.add("tree.ring", tables.POSTS, row=0, column="parent", value="a", ring="a → a")
    (one,) = findings.report().findings
    assert (one.row, one.column) == (None, "parent")


def test_what_both_sides_have_changed_is_cured_by_a_choice_on_the_page() -> None:
    findings = told()
    findings.add("change.asked", tables.POSTS, row=2, column="title", value="a", here="b", last="c")
    (one,) = findings.report().findings
    assert "以文件为准" in one.cure["zh"]
