from __future__ import annotations

from gezhi.documents.rules.clause_text import parse_clauses
from gezhi.documents.rules.compare import Change, compare_versions

OLD = "第一条 为规范管理，制定本办法。\n第二条 延期由值班长决定。\n第三条 每月通报一次。\n第四条 由监督中心负责解释。"
NEW = "第一条 为规范管理，制定本办法。\n第二条 缓办最长不超过一年。\n第三条 第二次延期由领导决定。\n第四条 由监督中心负责解释。\n第五条 自发布之日起施行。"


def changes(old: str, new: str) -> list[tuple[Change, str, str]]:
    pairs = compare_versions(parse_clauses(old), parse_clauses(new))
    return [(one.change, one.old.label if one.old else "", one.new.label if one.new else "") for one in pairs]


def test_clauses_are_paired_by_what_they_say() -> None:
    assert changes(OLD, NEW) == [
        (Change.SAME, "第一条", "第一条"),
        (Change.ADDED, "", "第二条"),
        (Change.CHANGED, "第二条", "第三条"),
        (Change.REMOVED, "第三条", ""),
        (Change.SAME, "第四条", "第四条"),
        (Change.ADDED, "", "第五条"),
    ]


def test_a_clause_that_only_moved_is_renumbered() -> None:
    assert changes("第一条 甲乙丙。\n第二条 丁。", "第一条 新增内容。\n第二条 甲乙丙。\n第三条 丁。")[1:] == [
        (Change.RENUMBERED, "第一条", "第二条"),
        (Change.RENUMBERED, "第二条", "第三条"),
    ]


def test_a_changed_clause_is_told_word_by_word() -> None:
    pairs = compare_versions(parse_clauses("第一条 延期由值班长决定。"), parse_clauses("第一条 延期由领导决定。"))
    stretches = [(one.kind, one.text) for one in pairs[0].stretches]
    assert stretches == [
        (Change.SAME, "延期由"),
        (Change.REMOVED, "值班长"),
        (Change.ADDED, "领导"),
        (Change.SAME, "决定。"),
    ]


def test_the_first_version_is_all_new() -> None:
    assert changes("第一条 甲。", "第一条 甲。") == [(Change.SAME, "第一条", "第一条")]
    assert [one.change for one in compare_versions([], parse_clauses(OLD))] == [Change.ADDED] * 4


def test_a_heading_never_pairs_with_a_clause() -> None:
    assert changes("第一章 总则\n第一条 甲。", "第一条 总则\n第二条 甲。") == [
        (Change.REMOVED, "第一章", ""),
        (Change.ADDED, "", "第一条"),
        (Change.RENUMBERED, "第一条", "第二条"),
    ]
