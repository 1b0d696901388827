"""What a verification says: its outcome, and every part in a line that a reader understands."""

from __future__ import annotations

from typing import Final

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


def test_a_moment_that_is_none_is_told_as_its_number() -> None:
    lines = list(report_lines(report(cover=Cover("o", 1, 1 << 62)), 1))
    assert lines[0].endswith(f"截至 {1 << 62}")


def test_a_part_that_could_not_be_looked_at_says_why() -> None:
    assert Part(PartName.RECEIPTS, 0, (), "no table").line.endswith("核验 0，未能核验：no table")


def test_every_part_has_a_name_in_both_languages() -> None:
    assert list(PART_NAMES) == list(PartName)
    assert all(zh and en for zh, en in PART_NAMES.values())


def test_what_is_not_covered_is_said_with_its_number() -> None:
    assert "3" in unnamed_tail(3).zh
    assert "the last 3 entries" in unnamed_tail(3).en
    assert "the last 2 leaves" in unsigned_tail(2).en
    assert "9 leaves of the tree o/1 were signed, and 4 are here" in lost_tree("o/1", 9, 4).en
