from __future__ import annotations

import re

import pytest

from gezhi.founding.rules.changes.difference_kinds import DIFFERENCES
from gezhi.founding.rules.findings import KINDS
from gezhi.founding.rules.tables import TABLES
from tests.founding.folders import Fault, checked, clean, findings_of, is_told
from tests.founding.rules import test_cells, test_duties, test_ground, test_holidays, test_registers, test_settings
from tests.founding.rules import test_staffing as staffing
from tests.guards.source import ROOT

FAULTS = [
    Fault("file.missing", "posts.csv", "", None, None),
    Fault("file.unknown", "dutys.csv", "", "kind\n", None),
    Fault("file.encoding", "reporting.csv", "", None, None),
    Fault("effective.later", "city.toml", "2026-01-01", "2027-01-01", None, "effective", "2027-01-01"),
]
OF_FORMS = {"file.twice", "file.unreadable", "cell.padded"}
"""Planted in test_gateways.py."""
OF_GRIDS = {
    *("shape.ended", "shape.multi-part", "shape.hole", "shape.sliver", "shape.twin", "shape.across"),
    "shape.area-differs",
}
"""Planted in test_grids.py."""


def test_a_clean_folder_has_no_findings_and_becomes_a_city() -> None:
    found = checked(clean())
    assert (found.report.findings, found.report.totals) == ([], {})
    assert found.city is not None
    assert (found.city.code, len(found.city.people), len(found.city.duties)) == ("330782", 11, 6)


def test_every_kind_of_finding_is_planted_in_some_test() -> None:
    tables = (test_cells, test_duties, test_ground, test_holidays, test_registers, test_settings, staffing)
    planted = {fault.code for table in tables for fault in table.FAULTS} | {fault.code for fault in FAULTS}
    assert set(KINDS) - planted - test_ground.DRAWN - OF_FORMS - OF_GRIDS - set(DIFFERENCES) == set()


def test_the_chapter_names_every_kind_of_finding_with_its_level_and_every_file() -> None:
    chapter = (ROOT / "docs" / "chapters" / "founding.md").read_text(encoding="utf-8")
    rows = re.findall(r"^\| (.*) \| (error|warning) \|$", chapter, re.MULTILINE)
    told = {code: level for codes, level in rows for code in re.findall(r"`([a-z]+\.[a-z-]+)`", codes)}
    assert told == {code: kind.level.value for code, kind in KINDS.items()}
    for table in TABLES:
        (row,) = re.findall(rf"^\| \**`{re.escape(table.file)}`.*$", chapter, re.MULTILINE)
        assert [name for name in (one.name for one in table.columns) if f"`{name}`" not in row] == []


def test_a_file_that_must_be_there_is_missed() -> None:
    told = [(one.code, one.file) for one in findings_of(FAULTS[0])]
    assert told == [("file.missing", "posts.csv")]
    assert checked({}).report.totals == {"file.missing": 1 + sum(table.needed for table in TABLES)}


def test_a_file_that_nobody_knows_is_told_and_notes_are_left_alone() -> None:
    assert is_told(FAULTS[1])
    assert checked(clean() | {"README.md": "说明".encode(), "notes.txt": b"\xff"}).report.totals == {}


def test_a_file_of_no_known_encoding_is_told_and_its_rows_are_not_missed_elsewhere() -> None:
    files = clean() | {"organisations.csv": clean()["organisations.csv"].decode().encode("utf-16")}
    assert [(one.code, one.file) for one in checked(files).report.findings] == [("file.encoding", "organisations.csv")]


@pytest.mark.parametrize("encoding", ["utf-8-sig", "gb18030"])
def test_a_folder_saved_by_an_office_is_the_same_city(encoding: str) -> None:
    files = {name: raw.decode().replace("\n", "\r\n").encode(encoding) for name, raw in clean().items()}
    assert checked(files).report.totals == {}
    ours, theirs = checked(clean()).city, checked(files).city
    assert ours is not None
    assert theirs is not None
    assert ours.people == theirs.people
    assert ours.duties[0] == theirs.duties[0]


def test_a_city_that_begins_later_is_warned_and_founded_all_the_same() -> None:
    found = checked(clean() | {"city.toml": clean()["city.toml"].replace(b"2026-01-01", b"2027-01-01")})
    assert "effective.later" in found.report.totals
    assert found.report.findings[-1].level in {"warning", "error"}


def test_without_its_settings_a_city_is_not_put_together() -> None:
    found = checked(clean() | {"city.toml": b""})
    assert found.city is None
    assert {one.file for one in found.report.findings} == {"city.toml"}
