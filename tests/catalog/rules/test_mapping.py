from __future__ import annotations

from collections import Counter

from gezhi.catalog.rules.mapping import Correspondence, Successor, lines_about, mapping_of
from gezhi.catalog.rules.preset_tables import read_successors
from tests.catalog.invented import entry, preset, shipped

OLD = (
    entry("0101", "上水井盖"),
    entry("0102", "污水井盖"),
    entry("0103", "报刊亭"),
    entry("0199", "本地类", local=True),
)
NEW = (
    entry("01001", "供水井盖", edition="2026"),
    entry("01002", "污水井盖", edition="2026"),
    entry("01002", "污水井盖异常", edition="2026", kind="matter"),
    entry("01003", "充电桩", edition="2026"),
)
SUCCESSORS = {
    "2026-part-01001": Successor("2013-part-0101", by_number=True),
    "2026-part-01002": Successor("2013-part-0102"),
    "2026-matter-01002": Successor("2013-part-0102"),
    "2026-part-01003": Successor("2013-part-0777"),
}


def test_each_old_class_says_what_continues_it_and_new_ones_follow() -> None:
    lines = mapping_of(OLD, NEW, SUCCESSORS)
    assert [(line.correspondence, line.by_number, [one.name for one in line.entries]) for line in lines] == [
        (Correspondence.ONE, True, ["上水井盖", "供水井盖"]),
        (Correspondence.SEVERAL, False, ["污水井盖", "污水井盖", "污水井盖异常"]),
        (Correspondence.NONE, False, ["报刊亭"]),
        (Correspondence.NONE, False, ["本地类"]),
        (Correspondence.NEW, False, ["充电桩"]),
    ]


def test_words_find_a_line_by_its_old_or_its_new_class() -> None:
    lines = mapping_of(OLD, NEW, SUCCESSORS)
    assert lines_about(lines, " ") == lines
    assert [line.entries[0].name for line in lines_about(lines, "供水")] == ["上水井盖"]
    assert [line.entries[0].name for line in lines_about(lines, "报刊")] == ["报刊亭"]
    assert lines_about(lines, "没有的") == []


def test_of_the_shipped_editions_every_class_stands_on_one_line_only() -> None:
    old, new = ([one for one in shipped(code).classes if one.is_offered()] for code in ("2013", "2026"))
    lines = mapping_of(old, new, read_successors(preset, "2026"))
    shown = Counter(one.key for line in lines for one in line.entries)
    assert shown == Counter(one.key for one in (*old, *new))
    assert {one: sum(line.correspondence is one for line in lines) for one in Correspondence} == {
        Correspondence.ONE: 67,
        Correspondence.SEVERAL: 117,
        Correspondence.NONE: 12,
        Correspondence.NEW: 102,
    }
