from __future__ import annotations

import re

import pytest

from gezhi.founding.rules.changes.difference_kinds import DIFFERENCES
from gezhi.founding.rules.findings import KINDS
from gezhi.founding.rules.ground import GRIDS, OUTLINES
from gezhi.founding.rules.tables import TABLES
from tests.founding.folders import Fault, checked, clean, findings_of, is_told, spoilt
from tests.founding.rules import (
    test_cells,
    test_duties,
    test_ground,
    test_holidays,
    test_registers,
    test_settings,
)
from tests.founding.rules import test_staffing as staffing
from tests.founding.rules.standard import test_standard_rows
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
    tables = (
        *(test_cells, test_duties, test_ground, test_holidays),
        *(test_registers, test_settings, staffing, test_standard_rows),
    )
    planted = {fault.code for table in tables for fault in table.FAULTS} | {fault.code for fault in FAULTS}
    assert set(KINDS) - planted - test_ground.DRAWN - OF_FORMS - OF_GRIDS - set(DIFFERENCES) == set()


SPOILT_PEOPLE = [
    ("lilan,李兰,acceptor,,zh,,", "key.twice", "username"),
    ("Wangke,王可二,acceptor,,zh,,", "key.twice", "username"),
    (",无名氏,acceptor,,zh,,", "cell.missing", "username"),
    ("noname,,acceptor,,zh,,", "cell.missing", "name"),
    ("nopost,钱多,,,zh,,", "person.without-post", "posts"),
    ("badpost,钱一,nowhere,,zh,,", "reference.missing", "posts"),
    ("twice,钱二,acceptor acceptor,,zh,,", "cell.repeated", "posts"),
    ("bad name,钱三,acceptor,,zh,,", "cell.bad-form", "username"),
    ("李岚,李岚三,acceptor,,zh,,", "cell.bad-form", "username"),
    ("phone1,钱四,acceptor,1390000,zh,,", "cell.bad-form", "phone"),
    ("phone2,钱五,acceptor,111111111111111111111,zh,,", "cell.too-long", "phone"),
    ("phone3,钱五,acceptor,110,zh,,", "cell.bad-form", "phone"),
    ("lang,钱六,acceptor,,fr,,", "cell.unknown-word", "language"),
    ("date1,钱七,acceptor,,zh,2026-13-01,", "cell.bad-date", "from"),
    ("date2,钱八,acceptor,,zh,2026-05-01,2026-04-01", "dates.reversed", "to"),
    ("date3,钱九,acceptor,,zh,46023,", "cell.bad-date", "from"),
    ("long,钱十,acceptor,,zh,,,多一列", "row.too-long", ""),
    ("ctrl,钱\x07乙,acceptor,,zh,,", "cell.unseen", "name"),
    ("zero,钱\u200b丙,acceptor,,zh,,", "cell.unseen", "name"),
    (f"longname,{'钱' * 61},acceptor,,zh,,", "cell.too-long", "name"),
]


def test_twenty_faults_of_a_table_of_people_are_named_by_row_and_column_and_none_is_invented() -> None:
    people = clean()["people.csv"]
    first = len(people.decode().splitlines()) + 1
    rows = "\n".join(row for row, _, _ in SPOILT_PEOPLE)
    report = checked(clean() | {"people.csv": people + f"{rows}\n".encode()}).report
    assert [(one.row, one.code, one.column) for one in sorted(report.findings, key=lambda one: one.row or 0)] == [
        (first + at, code, column) for at, (_, code, column) in enumerate(SPOILT_PEOPLE)
    ]
    assert {one.file for one in report.findings} == {"people.csv"}


SPOILT_FOLDER = [
    Fault("setting.unknown", "city.toml", "source", "sources", None, "sources"),
    Fault("setting.invalid", "policy.toml", '"minute"', '"minutes"', None, "stage_limits[...].unit"),
    Fault("reference.missing", "policy.toml", '"government"', '"governor"', None, "owner_office"),
    Fault("setting.unknown", "approvals.toml", "most_granted", "most_given", None, "approvals[1].most_given"),
    Fault("setting.refused", "calendars.toml", "08:30-12:00", "12:00-08:30", None, "office"),
    Fault("cell.missing", "divisions.csv", "通惠社区", " 　", 6, "name"),
    Fault("code.foreign", "divisions.csv", "柳青社区,community,330782002\n",
          "柳青社区,community,330782002\n330783002001,远方社区,community,330782002\n", 10, "code"),
    Fault("reference.missing", "reporting.csv", "330700", "330100", 2, "parent_code"),
    Fault("tree.ring", "organisations.csv", "1,,330782", "1,command,330782", 2, "parent"),
    Fault("cell.unknown-word", "organisations.csv", "sanitation,义乌市环境卫生管理处,Sanitation Office,department",
          "sanitation,义乌市环境卫生管理处,Sanitation Office,部门", 7, "kind"),
    Fault("reference.missing", "posts.csv", "采集员,Collector,330782001", "采集员,Collector,330782009", 12, "regions"),
    Fault("cell.bad-form", "people.csv", "lilan", "li lan", 3, "username"),
    Fault("person.without-post", "people.csv", "陈路,beat-1", "陈路,", 11, "posts"),
    Fault("cell.too-long", "people.csv", "13900000001", "1" * 21, 7, "phone"),
    Fault("reference.missing", "officers.csv", "zhengjie", "zhengjia", 2, "username"),
    Fault("class.unknown", "duties.csv", "06010 06011", "06010 0611", 4, "classes"),
    Fault("cell.bad-date", "duties.csv", "2026-07-01", "2026-02-30", 6, "from"),
    Fault("reference.missing", "area_levels.csv", "330782002", "330782001002005", 3, "area"),
    Fault("cell.bad-number", "level_limits.csv", ",2,", ",0,", 2, "value"),
    Fault("key.twice", "holidays.csv", "2026-10-31", "2026/10/26", 3, "calendar"),
    Fault("cell.missing", OUTLINES, '"330782"', '""', 1, "code"),
    Fault("shape.broken", GRIDS, "[120.0712, 29.301], [120.0724, 29.301], [120.0724, 29.302]",
          "[120.0712, 29.301], [120.0724, 29.302], [120.0724, 29.301]", 2, "geometry"),
    Fault("file.unknown", "dutys.csv", "", "kind\n", None),
]  # fmt: skip


def test_more_than_twenty_faults_in_all_the_files_of_a_folder_are_named_at_once_and_none_is_invented() -> None:
    files = dict(clean())
    for fault in SPOILT_FOLDER:
        files |= {fault.file: spoilt(fault.file, fault.old, fault.new, files)[fault.file]}
    found = checked(files)
    told = sorted((one.file, one.row or 0, one.column, one.code) for one in found.report.findings)
    assert told == sorted((one.file, one.row or 0, one.column, one.code) for one in SPOILT_FOLDER)
    assert len(told) > 20
    assert found.city is None


def test_bodies_above_each_other_are_told_though_a_unit_of_the_duty_table_lies_in_their_ring() -> None:
    files = spoilt("organisations.csv", "1,,330782", "1,works,330782")
    people = files["people.csv"].replace("吴斌,works".encode(), "吴斌,leader".encode())
    assert checked(files | {"people.csv": people}).report.totals == {"tree.ring": 1, "unit.without-account": 1}


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
