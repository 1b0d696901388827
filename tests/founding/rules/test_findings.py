from __future__ import annotations

import re
from string import Formatter

import pytest

from gezhi.founding.rules.finding_kinds import FindingKind, Severity
from gezhi.founding.rules.findings import KINDS, MOST_SAMPLES, Findings


def test_half_a_million_of_one_kind_hide_no_other_and_are_counted_exactly() -> None:
    findings = Findings()
    for row in range(500_000):
        findings.add("cell.missing", "people.csv", row=row, column="name")
    findings.add("administrator.missing", "people.csv", column="posts", value="2027-01-01")
    report = findings.report()
    assert report.totals == {"administrator.missing": 1, "cell.missing": 500_000}
    assert (report.errors, report.warnings, len(report.findings)) == (500_001, 0, MOST_SAMPLES + 1)
    assert report.left_out == 500_001 - MOST_SAMPLES - 1


def test_findings_come_by_file_row_and_column() -> None:
    findings = Findings()
    findings.add("cell.missing", "b.csv", row=2, column="x")
    findings.add("file.unknown", "a.csv")
    findings.add("cell.missing", "b.csv", row=2, column="a")
    findings.add("cell.missing", "a.csv", row=10, column="a")
    findings.add("cell.missing", "a.csv", row=9, column="a")
    told = [(one.file, one.row, one.column) for one in findings.report().findings]
    assert told == [("a.csv", None, ""), ("a.csv", 9, "a"), ("a.csv", 10, "a"), ("b.csv", 2, "a"), ("b.csv", 2, "x")]
    assert (findings.report().errors, findings.report().warnings) == (4, 1)


def places_of(text: str) -> set[str]:
    """The names in braces; a place may have a filling in each language."""
    names = (name for _, name, _, _ in Formatter().parse(text) if name)
    return {re.sub("^(zh|en)$|_(zh|en)$", "", name) for name in names}


@pytest.mark.parametrize(("code", "kind"), KINDS.items())
def test_a_kind_speaks_both_languages_of_the_same_things_and_says_what_to_do(code: str, kind: FindingKind) -> None:
    assert code.count(".") == 1
    assert kind.level in set(Severity)
    assert all((kind.zh, kind.en, kind.cure_zh, kind.cure_en))
    assert places_of(kind.zh) == places_of(kind.en)
    assert places_of(kind.cure_zh) == places_of(kind.cure_en)
