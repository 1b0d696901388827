from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date
from functools import cache
from typing import NamedTuple

import msgspec
import pytest

from gezhi.catalog.queries import read_preset
from gezhi.catalog.rules.catalog import assemble
from gezhi.catalog.rules.preset_tables import read_words
from gezhi.founding.queries import read_shipped
from gezhi.founding.rules import tables
from gezhi.founding.rules.cells import Row, read_lines
from gezhi.founding.rules.findings import Finding, Findings
from gezhi.founding.rules.registers import TABLE_OF
from gezhi.founding.rules.standard.condition_words import Vocabulary
from gezhi.founding.rules.standard.standard_rows import read_standard_rows, same_of, standard_row_of, values_of

ON = date(2026, 12, 1)
ENDED = "2026-part-01009"
TABLE = TABLE_OF[tables.STANDARD_ROWS]
GOOD = {
    "kind": "part", "code": "01001", "name": "供水井盖", "condition": "井盖缺失", "limit": "2紧急工作时",
    "closing": "已修复",
}  # fmt: skip


class Fault(NamedTuple):
    """These cells in place of good ones; that finding comes of it, and no other."""

    code: str
    column: str
    value: str
    cells: dict[str, str]


FAULTS = [
    Fault("class.not-there", "code", "19999", {"code": "19999", "name": ""}),
    Fault("class.major-only", "code", "01", {"code": "01", "name": "公用设施"}),
    Fault("class.major-only", "code", "1", {"code": "1", "name": ""}),
    Fault("class.lost-zero", "code", "1001", {"code": "1001"}),
    Fault("class.read-as", "code", "０１００１", {"code": "０１００１"}),
    Fault("class.read-as", "code", "01 001", {"code": "01 001"}),
    Fault("class.other-edition", "code", "0101", {"code": "0101", "name": "上水井盖"}),
    Fault("class.other-edition", "code", "01001", {"edition": "2013"}),
    Fault("class.other-kind", "code", "06010", {"code": "06010", "name": ""}),
    Fault("class.ended", "code", "01009", {"code": "01009", "name": ""}),
    Fault("class.other-name", "name", "路灯", {"name": "路灯"}),
    Fault("limit.unreadable", "limit", "尽快", {"limit": "尽快"}),
    Fault("limit.unreadable", "limit_a", "1.5天", {"limit_a": "1.5天"}),
    Fault("limit.no-unit", "limit", "3", {"limit": "3"}),
    Fault("limit.not-positive", "limit_b", "0小时", {"limit_b": "0小时"}),
    Fault("limit.too-long", "limit_c", "2400工作时", {"limit_c": "2400工作时"}),
    Fault("limit.levels-reversed", "limit_a", "8小时", {"limit_a": "8小时", "limit_b": "4小时"}),
    Fault("condition.unknown", "closing", "完好", {"closing": "已修复、完好"}),
    Fault("condition.unknown", "defects", "缺盖", {"defects": "缺盖"}),
    Fault("cell.repeated", "closing", "已修复", {"closing": "已修复，已更换，已修复"}),
    Fault("cell.missing", "condition", "", {"condition": ""}),
    Fault("cell.missing", "limit", "", {"limit": ""}),
    Fault("cell.missing", "closing", "", {"closing": ""}),
    Fault("cell.missing", "code", "", {"code": ""}),
    Fault("cell.unknown-word", "kind", "设施", {"kind": "设施"}),
    Fault("cell.unknown-word", "edition", "2012", {"edition": "2012"}),
    Fault("cell.bad-date", "from", "明年", {"from": "明年"}),
    Fault("cell.too-long", "season", "春" * 21, {"season": "春" * 21}),
    Fault("cell.unseen", "condition", "井盖\u200b缺失", {"condition": "井盖\u200b缺失"}),
    Fault("condition.same", "condition", "井盖 缺失。", {"condition": "井盖 缺失。"}),
]


@cache
def vocabulary() -> Vocabulary:
    editions = [read_shipped().editions[code] for code in ("2026", "2013")]
    words = {"closing": "closing_conditions.csv", "defects": "defects.csv"}
    named = {column: read_words(read_preset, file) for column, file in words.items()}
    catalog = assemble(
        majors=[one for content in editions for one in content.majors],
        classes=[
            msgspec.structs.replace(one, valid_to=date(2026, 6, 30)) if one.key == ENDED else one
            for content in editions
            for one in content.classes
        ],
        rows=[one for content in editions for one in content.rows],
        defects=named["defects"],
    )
    return Vocabulary(catalog, named, "2026")


def read(*lines: dict[str, str]) -> tuple[list[Row], Sequence[Finding]]:
    findings, names = Findings(), [one.name for one in TABLE.columns]

    def written() -> Iterator[tuple[int, list[str]]]:
        yield 1, names
        for number, cells in enumerate(lines, 2):
            yield number, [{**GOOD, **cells}.get(name, "") for name in names]

    rows = read_lines(TABLE, written(), findings)
    return read_standard_rows(rows or (), vocabulary(), on=ON, findings=findings), findings.report().findings


def test_every_planted_fault_is_told_by_row_and_column_and_nothing_else() -> None:
    """Each beside a good row of another class, all in one table."""
    told = read({}, *(fault.cells for fault in FAULTS))[1]
    planted = {(at, fault.column, fault.code, fault.value) for at, fault in enumerate(FAULTS, 3)}
    named = {(one.row, one.column, one.code, one.value) for one in told if one.code != "condition.same"}
    assert named == {one for one in planted if one[2] != "condition.same"}
    assert all(one.says["zh"] and one.says["en"] and one.cure["zh"] and one.cure["en"] for one in told)


@pytest.mark.parametrize("fault", FAULTS, ids=lambda fault: f"{fault.code} {fault.column}")
def test_a_fault_alone_is_the_only_finding(fault: Fault) -> None:
    told = read({"code": "01002", "name": "污水井盖"}, *([{}] if fault.code == "condition.same" else []), fault.cells)[
        1
    ]
    assert [(one.column, one.code, one.value) for one in told] == [(fault.column, fault.code, fault.value)]


def test_what_the_causes_say_names_the_class_that_was_meant() -> None:
    says = {fault.code: read(fault.cells)[1][0] for fault in FAULTS if fault.code.startswith("class.")}
    assert "应为“01001”" in says["class.lost-zero"].says["zh"]
    assert "不是部件，是事件“" in says["class.other-kind"].says["zh"]
    assert says["class.other-edition"].says["zh"].endswith("是 2026 版的“供水井盖”")
    assert "2013 版目录中" in says["class.other-edition"].says["zh"]


def test_a_clean_table_is_read_in_the_words_of_the_catalogue_without_a_finding() -> None:
    rows, told = read(
        {"limit": "4小时", "limit_a": "2 个紧急工作时", "closing": "1.已修复 2.已更换", "defects": "缺失、移位"},
        {"condition": "缺株", "season": "春季", "limit": "3个工作日"},
        {"condition": "缺株", "season": "冬季", "limit": "15工作日", "closing": "已增设，或已告知"},
        {"condition": "缺株", "season": "春季", "limit": "2天", "from": "2027-03-01"},
        {"edition": "2013", "code": "0101", "name": "", "condition": "破损", "closing": "REPAIR; CLEAN"},
    )
    assert list(told) == []
    first, *_, last = rows
    shown = [first[name] for name in ("edition", "name", "limit", "limit_a", "closing", "defects", "calendar")]
    assert shown == ["2026", "供水井盖", "4工作时", "2紧急工作时", "已修复；已更换", "缺失；移位", "office"]
    assert (last["closing"], [row["same"] for row in rows]) == ("已修复；已清洁", [""] * 5)


def test_a_condition_that_the_class_has_already_keeps_the_writing_of_the_register() -> None:
    held = vocabulary().catalog.rows_of("2026-part-01001")[0]
    ((row,), told) = read({"condition": held.condition_zh.replace("，", ",") + " 。"})
    assert (row["condition"], list(told)) == (held.condition_zh, [])


def test_every_shipped_row_goes_out_and_comes_in_again_as_it_was() -> None:
    catalog, defects = vocabulary().catalog, vocabulary().words["defects"]
    assert defects
    for group in catalog.rows_by_class.values():
        own = [row for row in group if not row.is_gap_default]
        lines = [{name: str(value or "") for name, value in values_of(row, catalog).items()} for row in own]
        if not lines or catalog.classes[own[0].class_key].valid_to:
            continue
        rows, told = read(*({**line, "from": "", "to": ""} for line in lines))
        assert list(told) == []
        assert [row["same"] for row in rows] == list(same_of(own).values())
        again = [standard_row_of(row, vocabulary(), begins=ON) for row in rows]
        for before, after in zip(own, again, strict=True):
            kept = {"key": "", "valid_from": ON, "local": True, "confidence": "sourced", "derived_from": ""}
            assert after == msgspec.structs.replace(before, **kept)


def test_a_successor_takes_the_place_among_equal_conditions_that_the_row_before_it_left() -> None:
    row = msgspec.structs.replace(
        vocabulary().catalog.rows_of("2026-part-01001")[0], key="a", valid_to=date(2026, 5, 1)
    )
    twin = msgspec.structs.replace(row, key="b", valid_to=None)
    after = msgspec.structs.replace(row, key="c", valid_from=date(2026, 5, 2), valid_to=None)
    assert same_of([row, twin, after]) == {"a": "", "b": "2", "c": ""}
