from __future__ import annotations

from datetime import date, datetime, time
from typing import Any

import msgspec
import pytest

from gezhi.calendars.rules.office_days import midnight_of
from gezhi.people.rules.directory import Directory, UserFacts
from gezhi.people.rules.held_posts import AppointmentFacts
from gezhi.people.rules.roster import RosterRow
from gezhi.people.rules.roster_table import HeadsMissing, Line, read_lines, refuse_lines
from tests.people.invented import POSTS, USERS, build_directory

POST = {row.code: id_ for id_, row in enumerate(POSTS, 1)}
USER = {row.username: id_ for id_, row in enumerate(USERS, 1)}
REACHED = {POST["collect-street"], POST["collect-east"]}
HEADS = ("采集员", "账号", "责任区编码", "日期", "班次起", "班次止")
MIDNIGHT = midnight_of(date(2026, 3, 2))
SEVEN = MIDNIGHT + 7 * 3_600


def read(*cells: Any, heads: tuple[Any, ...] = HEADS, directory: Directory | None = None) -> Line:
    (line,) = read_lines([heads, cells], directory or build_directory(), REACHED)
    return line


@pytest.mark.parametrize(
    ("day", "starts", "ends"),
    [
        ("2026-03-02", "07:00", "14:00"),
        ("2026/3/2", "7:00", "14:00:00"),
        ("２０２６年３月２日", "７：００", "14：00"),
        ("20260302", "07:00", "14:00"),
        (date(2026, 3, 2), time(7), time(14)),
        (datetime.fromisoformat("2026-03-02"), datetime.fromisoformat("1899-12-30T07:00"), time(14)),
    ],
)
def test_days_and_times_are_read_as_offices_write_them(day: Any, starts: Any, ends: Any) -> None:
    expected = RosterRow(
        user_id=USER["dai"], region_codes=("370902003",), starts_at=SEVEN, ends_at=MIDNIGHT + 14 * 3_600
    )
    assert read("戴晨", "dai", "370902003", day, starts, ends).row == expected
    assert read("戴晨", None, "370902003000", day, starts, ends).row == expected


def test_a_shift_that_ends_before_it_starts_ends_on_the_next_day() -> None:
    row = read("", "dai", "370902003001、370902003002", "2026-03-02", "22:00", "6:00").row
    assert row is not None
    assert (row.ends_at - row.starts_at, row.region_codes) == (8 * 3_600, ("370902003001", "370902003002"))
    whole = read("", "dai", "370902003", "2026-03-02", "14:00", "24:00").row
    assert whole is not None
    assert whole.ends_at == MIDNIGHT + 86_400


@pytest.mark.parametrize(
    ("cells", "code"),
    [
        (("戴晨", "", "370902003", "2026-02-30", "7:00", "14:00"), "people.roster-table.bad-cell"),
        (("戴晨", "", "370902003", "26-3-2", "7:00", "14:00"), "people.roster-table.bad-cell"),
        (("戴晨", "", "370902003", "1999-03-02", "7:00", "14:00"), "people.roster-table.bad-cell"),
        (("戴晨", "", "370902003", "2026-03-02", "7点", "14:00"), "people.roster-table.bad-cell"),
        (("戴晨", "", "370902003", "2026-03-02", "7:60", "14:00"), "people.roster-table.bad-cell"),
        (("戴晨", "", "370902003", "2026-03-02", "7:00", "25:00"), "people.roster-table.bad-cell"),
        (("方圆", "", "370902003", "2026-03-02", "7:00", "14:00"), "people.roster-table.unknown-collector"),
        (("", "", "370902003", "2026-03-02", "7:00", "14:00"), "people.roster-table.unknown-collector"),
        (("戴晨", "nobody", "370902003", "2026-03-02", "7:00", "14:00"), "people.roster-table.unknown-collector"),
    ],
)
def test_what_cannot_be_read_is_told_by_its_line(cells: tuple[str, ...], code: str) -> None:
    line = read(*cells)
    assert (line.number, line.row) == (2, None)
    assert line.problem is not None
    assert line.problem.code == code


def test_of_two_collectors_of_one_name_the_account_decides() -> None:
    base = build_directory()
    users = [
        msgspec.structs.replace(user, name="戴晨") if user.username == "che" else user for user in base.users.values()
    ]
    directory = twins(base, users)
    line = read("戴晨", "", "370902003", "2026-03-02", "7:00", "14:00", directory=directory)
    assert line.problem is not None
    assert line.problem.code == "people.roster-table.same-name"
    assert read("戴晨", "dai", "370902003", "2026-03-02", "7:00", "14:00", directory=directory).row is not None


def twins(base: Directory, users: list[UserFacts]) -> Directory:
    appointments = [
        AppointmentFacts(USER[row.username], POST[code], row.active_from) for row in USERS for code in row.post_codes
    ]
    return Directory(users, base.organisations.values(), base.posts.values(), appointments)


def test_heads_are_found_below_a_title_and_empty_lines_are_passed_over() -> None:
    table: list[tuple[Any, ...]] = [
        ("采集员值班表",),
        ("导出：鲍远",),
        ("Account", "Beat codes", "Day", "From", "Until"),
        ("dai", "370902003", "2026-03-02", "7:00", "14:00"),
        (None, "", None),
        ("che", "370902", "2026-03-02", "7:00"),
    ]
    lines = read_lines(table, build_directory(), REACHED)
    assert [(line.number, line.row is not None) for line in lines] == [(4, True), (6, False)]
    for short in ([], [("账号", "日期")], [("x",)] * 12 + [HEADS]):
        with pytest.raises(HeadsMissing):
            read_lines(short, build_directory(), REACHED)


def test_one_refusal_names_the_first_lines_and_counts_all() -> None:
    line = read("方圆", "", "370902003", "2026-03-02", "7:00", "14:00")
    assert line.problem is not None
    refusal = refuse_lines([(number, line.problem) for number in range(40, 3, -1)])
    assert refusal.details["count"] == 37
    assert [told["line"] for told in refusal.details["lines"]] == list(range(4, 24))
    why = "第 4 行：当日没有采集员“方圆”，请核对账号或姓名。"
    assert refusal.text("zh") == f"表中有 37 行不能登记，整表没有导入，请改正后重新导入。{why}"
    assert refusal.text("en").endswith(
        "Line 4: There is no collector “方圆” on that day; check the account or the name."
    )
