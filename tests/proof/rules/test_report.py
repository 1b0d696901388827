"""What a verification says: its outcome, and every part in a line that a reader understands."""

from __future__ import annotations

from typing import Final

import pytest

from gezhi.proof.rules.report import (
    ALWAYS,
    PART_NAMES,
    Cover,
    Difference,
    Outcome,
    Part,
    PartName,
    Report,
    lost_tree,
    report_lines,
    unnamed_tail,
    unsigned_tail,
)

WRONG: Final = Difference("ZZ-1", "row", "案卷各列与案卷不符", "columns differ", 4, "status", "handling", "closed")


def report(*parts: Part, cover: Cover | None = None) -> Report:
    return Report(parts, cover or Cover(), tuple(ALWAYS))


def test_a_difference_outweighs_what_could_not_be_looked_at_and_both_outweigh_agreement() -> None:
    fine = Part(PartName.CASES, 3)
    differs = Part(PartName.TREE, 3, (WRONG,))
    broken = Part(PartName.RECEIPTS, failed="no table")
    assert report(fine).outcome is Outcome.FINE
    assert report(fine, broken).outcome is Outcome.UNKNOWN
    assert report(fine, broken, differs).outcome is Outcome.DIFFERS
    assert [int(one) for one in Outcome] == [0, 1, 2]


def test_a_report_names_the_place_the_field_and_both_values() -> None:
    cover = Cover("gezhi-1/1", 12, 1_793_000_000, 2, ("外盘：12 条",))
    lines = list(report_lines(report(Part(PartName.CASES, 3, (WRONG, WRONG)), cover=cover), 1))
    assert lines[:3] == [
        "案件日志、案卷与台账 (case logs, rows and ledgers)：核验 3，差异 2 处",
        "  ZZ-1 第 4 条：案卷各列与案卷不符 (columns differ)；status：应为 handling，实为 closed [row]",
        "  … 另有 1 处，用 --json 查看全部",
    ]
    assert "已签名覆盖 (covered)：gezhi-1/1，12 条，截至 2026-10-26 07:33:20 UTC" in lines
    assert "第二处回执 (receipts)：1 / 2" in lines
    assert sum(line.startswith("  ") for line in lines[lines.index("未覆盖 (not covered)：") :]) == len(ALWAYS)


@pytest.mark.parametrize("at", [10**13, 1 << 62, 1 << 70])
def test_a_moment_that_is_none_is_told_as_its_number(at: int) -> None:
    lines = list(report_lines(report(cover=Cover("o", 1, at)), 1))
    assert lines[0].endswith(f"截至 {at}")


def test_nothing_looked_at_and_nothing_signed_is_told_as_nothing() -> None:
    lines = list(report_lines(report(Part(PartName.CASES)), 1))
    assert lines[:2] == [
        "案件日志、案卷与台账 (case logs, rows and ledgers)：核验 0，差异 0 处",
        "未覆盖 (not covered)：",
    ]
    assert Cover() == Cover(origin="", size=0, until=0, receivers=0, receipts=(), unnamed=0)


def test_only_what_is_left_out_is_counted_as_more() -> None:
    lines = list(report_lines(report(Part(PartName.CASES, 3, (WRONG, WRONG))), 2))
    assert not any("另有" in line for line in lines)
    assert sum("ZZ-1" in line for line in lines) == 2


def test_every_report_says_what_no_verification_can_tell() -> None:
    said = [line for line in report_lines(report(), 1) if line.startswith("  ")]
    assert [line.split("：")[0].strip() for line in said] == [
        "通知、会话、后台作业和检索副本不在存证之内",
        "录入时即不真实的内容",
    ]


def test_a_part_that_could_not_be_looked_at_says_why() -> None:
    assert Part(PartName.RECEIPTS, 0, (), "no table").line.endswith("核验 0，未能核验：no table")


def test_every_part_has_a_name_in_both_languages() -> None:
    assert list(PART_NAMES) == list(PartName)
    assert [Part(name).zh for name in PartName] == [zh for zh, _ in PART_NAMES.values()]
    assert all(zh and en for zh, en in PART_NAMES.values())


def test_what_is_not_covered_is_said_with_its_number() -> None:
    assert "3" in unnamed_tail(3).zh
    assert "the last 3 entries" in unnamed_tail(3).en
    assert "the last 2 leaves" in unsigned_tail(2).en
    assert "9 leaves of the tree o/1 were signed, and 4 are here" in lost_tree("o/1", 9, 4).en
