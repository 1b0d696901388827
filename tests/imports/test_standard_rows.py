"""立案结案规范: an office's own table goes in by a second person, and a class that it names has its rows from then on."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from io import BytesIO
from typing import Any

from openpyxl import Workbook  # type: ignore[import-untyped]

from gezhi.calendars.rules.limits import Limit, Unit
from gezhi.calendars.rules.office_days import day_of
from gezhi.catalog.queries import held_catalog
from gezhi.plumbing.clock import system_clock
from tests.imports.conftest import Office
from tests.imports.test_actions import content_of

LINES = (
    ("市立案结案规范",),
    ("类型", "小类代码", "小类名称", "立案条件", "处置时限", "一类区域", "结案条件", "季节"),
    ("部件", "01001", "供水井盖", "井盖缺失", "2紧急工作时", "1紧急工作时", "已修复", ""),
    ("", "", "", "井盖破损", "4小时", "", "已修复、已更换", ""),
    ("部件", "01002", "污水井盖", "井盖冒溢", "3个工作日", "", "已疏通", "汛期"),
)
CLASS, BESIDE = "2026-part-01001", "2026-part-01003"


def table(lines: tuple[tuple[str, ...], ...] = LINES) -> bytes:
    book = Workbook()
    for one in lines:
        book.active.append(one)
    for column in "ABC":
        book.active.merge_cells(f"{column}3:{column}4")
    content = BytesIO()
    book.save(content)
    return content.getvalue()


def export(office: Office) -> bytes:
    return content_of(office.api.get("/api/v1/imports/exports/standard_rows.xlsx"))


def counted(run: dict[str, Any]) -> tuple[int, ...]:
    return tuple(run["counts"][name] for name in ("rows", "errors", "new", "changed", "ended"))


def test_merged_cells_carry_down_and_a_second_person_puts_the_rows_of_a_class_in_force(
    office: Office, sign_in: Callable[[str], Any]
) -> None:
    today = day_of(system_clock())
    before = held_catalog().rows_of(CLASS, today)
    beside = held_catalog().rows_of(BESIDE, today)
    run = office.check(office.brought("standard_rows", table()))
    ended = len(before) + len(held_catalog().rows_of("2026-part-01002", today))
    assert counted(run) == (3, 0, 3, 0, ended)
    assert [one["row"] for one in office.of(run, "changes")[:3]] == [3, 4, 5]
    refused = office.api.call("POST", f"/imports/{run['id']}/apply")
    assert (refused.status_code, refused.json()["code"]) == (403, "imports.run.second-person")
    sign_in("sunping")
    assert office.apply(run)["state"] == "done"
    missing, broken = held_catalog().rows_of(CLASS, today)
    assert (missing.condition_zh, missing.limit) == ("井盖缺失", Limit(2, Unit.URGENT_HOUR, "office"))
    assert [(one.level, one.limit.value) for one in missing.level_limits] == [("A", 1)]
    assert (broken.limit, broken.closing_codes) == (Limit(4, Unit.WORK_HOUR, "office"), ("REPAIR", "REPLACE"))
    assert [row.season for row in held_catalog().rows_of("2026-part-01002", today)] == ["汛期"]
    assert held_catalog().rows_of(CLASS, today - timedelta(days=1)) == tuple(
        held_catalog().rows[row.key] for row in before
    )
    assert held_catalog().rows_of(BESIDE, today) == beside
    sign_in("hezhen")
    assert counted(office.check(office.brought("standard_rows", table()))) == (3, 0, 0, 0, 0)
    whole = office.check(office.brought("standard_rows", export(office)))
    assert whole["counts"]["rows"] > len(before)
    assert counted(whole)[1:] == (0, 0, 0, 0)


def test_a_changed_limit_ends_the_row_and_another_follows_it(office: Office, sign_in: Callable[[str], Any]) -> None:
    today = day_of(system_clock())
    old = held_catalog().rows_of(BESIDE, today)
    own = [f"部件,01003,{row.condition_zh.replace(',', '，')},{9 + at}个工作日,已修复" for at, row in enumerate(old)]
    run = office.check(office.brought("standard_rows", "\n".join(["类型,小类代码,立案条件,处置时限,结案条件", *own])))
    assert counted(run) == (len(old), 0, 0, len(old), 0)
    sign_in("sunping")
    office.apply(run)
    new = held_catalog().rows_of(BESIDE, today)
    assert [row.limit.value for row in new] == [9 + at for at in range(len(old))]
    assert [row.condition_zh for row in new] == [row.condition_zh for row in old]
    assert {held_catalog().rows[row.key].valid_to for row in old} == {today - timedelta(days=1)}
