"""Command of founding: a city moves in from its folder."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from datetime import datetime
from functools import partial
from pathlib import Path
from typing import Any, NoReturn

import click
import msgspec
import shapely

from gezhi.founding.actions import Applying, Founded, apply_plan, found_city, plan_folder, plan_import
from gezhi.founding.gateways import read_folder, write_folder
from gezhi.founding.queries import get_founded_city, has_tables, read_city_divisions, read_shipped, read_templates
from gezhi.founding.queries.registers import read_stands
from gezhi.founding.queries.touched import find_touched
from gezhi.founding.rules.cells import read_table
from gezhi.founding.rules.changes.plan import Plan, Side
from gezhi.founding.rules.changes.plan_words import plan_lines
from gezhi.founding.rules.changes.planned_kinds import PLANNED
from gezhi.founding.rules.check_folder import Checked, check_folder
from gezhi.founding.rules.city import CityToFound
from gezhi.founding.rules.decoding import decode
from gezhi.founding.rules.finding_kinds import Severity
from gezhi.founding.rules.findings import Finding, Findings, Report, together
from gezhi.founding.rules.starter import starter_folder
from gezhi.founding.rules.starter_ground import starter_ground
from gezhi.kernel.permissions import SYSTEM
from gezhi.people.queries import day_of
from gezhi.plumbing.clock import system_clock
from gezhi.plumbing.database import find_ready, migrate_database
from gezhi.plumbing.terminal import json_option, progress, show, speaks_english
from gezhi.regions.gateways import SOURCE, OutlinePackageMissing, read_outlines
from gezhi.regions.rules.levels import Level

DONE, ERRORS, DIFFERS = 0, 1, 2
GENERATED = "文件夹中没有单元网格：按区县边界自动划分，标为模拟生成"
GENERATED_EN = "The folder has no unit grids: they are generated inside the borders of the counties, and marked so"
COUNTED = ("divisions", "grids", "organisations", "posts", "people", "duties", "calendars")
MARKS = {Severity.ERROR: ("错误", "error"), Severity.WARNING: ("提醒", "warning")}
SUMMARY = "错误 {} 处，提醒 {} 处（其中 {} 处未逐条列出）"
SUMMARY_EN = "{} errors, {} warnings ({} of them not listed)"
CONTENT = (
    "{name}（{code}）：区划 {divisions}，网格 {grids}，机构 {organisations}，岗位 {posts}，人员 {people}，"
    "责任 {duties}，日历 {calendars}"
)
CONTENT_EN = (
    "{name_en} {name} ({code}): {divisions} divisions, {grids} grids, {organisations} organisations, {posts} posts, "
    "{people} people, {duties} duties, {calendars} calendars"
)
FIRST = "建库完成。首任管理员 {0}，一次性密码 {1}（只显示这一次，首次登录后须修改）"
FIRST_EN = "Founded. First administrator {0}, single-use password {1} (shown this once; to be changed at first sign-in)"
WRITTEN_NONE, WRITTEN_NONE_EN = "未写入任何数据，请先改正错误。", "Nothing was entered; correct the errors."
EQUAL, EQUAL_EN = "与登记数据相同，没有要改的。", "Nothing differs from the registers; nothing is to be changed."
APPLIED, APPLIED_EN = (
    "已全部应用，自 {} 起生效（另写明日期的除外）。",
    "All applied, from {} on, but for rows with a day of their own.",
)
TOUCHED = "涉及在办案件：终止的单位和人员手中 {} 件，因日历改变重新计算时限 {} 件。"
TOUCHED_EN = "Open cases touched: {} in the hands of units and people that end, {} whose deadlines are reckoned anew."
MOST_LISTED = 1_000

BEGUN = (
    "已写入 {folder}：{name}，区划 {divisions} 个，边界 {outlines} 个。先读其中的 README.md，填好后用 --check 检查。"
)
BEGUN_EN = (
    "Written to {folder}: {name}, {divisions} divisions, {outlines} outlines. Read README.md, fill in, then --check."
)
STARTER_WANTS = "--starter 与 --code 一起用，如 --starter --code 330100 (use --starter and --code together)"
NO_FOLDER = "没有文件夹 {0} (there is no such folder)"


take_option = click.option(
    "--take",
    type=click.Choice([side.value for side in Side]),
    help="What was changed on both sides: the file counts, or the system.",
)


@click.command()
@click.argument("folder", type=click.Path(file_okay=False, path_type=Path))
@click.option("--check", is_flag=True, help="Only check the folder; nothing is written.")
@click.option("--starter", is_flag=True, help="Write FOLDER anew, to begin with, for the city of --code.")
@click.option("--code", default="", help="The 6 digits of a city or county, as 330100.")
@take_option
@json_option
def found(folder: Path, *, check: bool, starter: bool, code: str, take: str | None, as_json: bool) -> None:
    """Found the city of FOLDER in an empty database (建库), or apply what has changed in its folder since.

    Checked whole first, then entered whole or not at all. Ends with 0 when done or equal, with 1 for errors, with 2
    where --check shows differences.
    """
    if starter != bool(code):
        raise click.UsageError(STARTER_WANTS)
    if starter:
        show(_begin(folder, code), as_json=as_json, lines=_begun_lines)
        return
    if not folder.is_dir():
        raise click.BadParameter(NO_FOLDER.format(folder), param_hint="FOLDER")
    today, standing = day_of(system_clock()), _standing_code(check=check)
    with progress("检查文件夹 (checking)", 1) as done:
        stands = read_stands(on=today) if standing else None
        checked = check_folder(read_folder(folder), read_shipped(), today=today, stands=stands)
        done(1)
    city = checked.city
    if city is not None and city.code == standing:
        _again(checked, plan_folder(checked, today=today, take=_side(take)), check=check, as_json=as_json)
    founded = _enter(city, checked) if city is not None and not check else None
    show(_told(checked, founded), as_json=as_json, lines=_lines)
    sys.exit(DONE if city is not None else ERRORS)


@click.command("import")
@click.argument("kind", type=click.Choice(list(PLANNED)))
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--check", is_flag=True, help="Only show what would change; nothing is written.")
@click.option("--on", type=click.DateTime(["%Y-%m-%d"]), help="The day from which it counts; without it today.")
@take_option
@json_option
def import_file(kind: str, file: Path, *, check: bool, on: datetime | None, take: str | None, as_json: bool) -> None:
    """Import one table into its register (导入): all of its rows or none. An empty cell changes nothing.

    Ends with 0 when done or equal, with 1 for errors, with 2 where --check shows differences.
    """
    today, findings, table = day_of(system_clock()), Findings(), PLANNED[kind].table
    text = decode(file.read_bytes())
    if text is None:
        findings.add("file.encoding", table.file)
    rows = None if text is None else read_table(table, text, findings)
    day = max(on.date() if on else today, today)
    plan = plan_import(kind, rows or (), findings, on=day, take=_side(take))
    done = _apply(plan, f"导入 {file.name}", check=check)
    _show(plan, plan.report, applied=done, check=check, as_json=as_json)


def _side(take: str | None) -> Side | None:
    return None if take is None else Side(take)


def _standing_code(*, check: bool) -> str:
    """The code of the city that was founded here; a check prepares nothing."""
    if not check:
        migrate_database()
    elif not has_tables():
        return ""
    else:
        find_ready()
    city = get_founded_city()
    return "" if city is None else city.code


def _again(checked: Checked, plan: Plan, *, check: bool, as_json: bool) -> NoReturn:
    """The folder of a city that stands: what has changed in it is shown, and applied."""
    done = _apply(plan, "建库文件夹变更", check=check)
    report = together(checked.report, plan.report)
    _show(plan, report, applied=done, check=check, as_json=as_json)


def _apply(plan: Plan, reason: str, *, check: bool) -> bool:
    if check or plan.report.errors:
        return False
    city = get_founded_city()
    with progress("应用 (applying)", 1) as done:
        apply_plan(
            plan, Applying(actor=SYSTEM, clock=system_clock, reason=reason, city="" if city is None else city.code)
        )
        done(1)
    return True


def _show(plan: Plan, report: Report, *, applied: bool, check: bool, as_json: bool) -> NoReturn:
    show(_told_plan(plan, report, applied=applied), as_json=as_json, lines=partial(_plan_lines, plan))
    sys.exit(_code_of(plan, report, check=check))


def _code_of(plan: Plan, report: Report, *, check: bool) -> int:
    if report.errors:
        return ERRORS
    return DIFFERS if check and (plan.rows or plan.kept) else DONE


def _told_plan(plan: Plan, report: Report, *, applied: bool) -> dict[str, Any]:
    kinds = {
        kind.name: {
            **msgspec.structs.asdict(kind.totals),
            "rows": [
                {"key": row.key, "act": row.act, "on": row.on, "row": row.number or None, "cells": row.cells}
                for row in kind.rows[:MOST_LISTED]
            ],
            "left_out": max(0, len(kind.rows) - MOST_LISTED),
        }
        for kind in plan.kinds
    }
    return {
        "on": plan.on,
        "applied": applied and bool(plan.rows),
        "unchanged": not plan.rows,
        "kinds": kinds,
        "touched": find_touched(plan),
        **_told_report(report),
    }


def _told_report(report: Report) -> dict[str, Any]:
    return {
        "errors": report.errors,
        "warnings": report.warnings,
        "left_out": report.left_out,
        "totals": report.totals,
        "findings": report.findings,
    }


def _plan_lines(plan: Plan, told: dict[str, Any]) -> Iterator[str]:
    english = speaks_english()
    yield from _report_lines(told, english=english)
    yield from plan_lines(plan, english=english)
    touched = told["touched"]
    if touched.cases or touched.deadlines:
        yield (TOUCHED_EN if english else TOUCHED).format(touched.cases, touched.deadlines)
    if told["errors"]:
        yield (WRITTEN_NONE_EN if english else WRITTEN_NONE)
    elif told["unchanged"]:
        yield (EQUAL_EN if english else EQUAL)
    elif told["applied"]:
        yield (APPLIED_EN if english else APPLIED).format(told["on"])


def _begin(folder: Path, code: str) -> dict[str, Any]:
    own = read_city_divisions(code)
    try:
        outlines = read_outlines(one.code for one in own.divisions if one.level is Level.COUNTY)
    except OutlinePackageMissing:
        outlines = []
    ground = starter_ground({one.code: shapely.from_wkb(one.wkb) for one in outlines})
    today = day_of(system_clock())
    write_folder(folder, starter_folder(own, read_templates(), on=today, ground=ground, source=SOURCE))
    return {"folder": str(folder), "name": own.city.name, "divisions": len(own.divisions), "outlines": len(outlines)}


def _begun_lines(told: dict[str, Any]) -> Iterator[str]:
    yield (BEGUN_EN if speaks_english() else BEGUN).format(**told)


def _enter(city: CityToFound, checked: Checked) -> Founded:
    rows = {name: checked.rows[kind.file] for name, kind in PLANNED.items() if kind.file in checked.rows}
    with progress("建库 (founding)", 1) as done:
        founded = found_city(city, clock=system_clock, rows=rows)
        done(1)
    return founded


def _told(checked: Checked, founded: Founded | None) -> dict[str, Any]:
    city, report = checked.city, checked.report
    return {
        "city": None if city is None else {"code": city.code, "name": city.name, "name_en": city.name_en},
        "counts": {} if city is None else {name: len(getattr(city, name)) for name in COUNTED},
        "grids_generated": city is not None and city.generated is not None,
        "founded": founded is not None,
        "administrator": founded,
        **_told_report(report),
    }


def _report_lines(told: dict[str, Any], *, english: bool) -> Iterator[str]:
    for one in told["findings"]:
        yield _finding_line(one, english=english)
    counts = told["errors"], told["warnings"], told["left_out"]
    yield (SUMMARY_EN if english else SUMMARY).format(*counts)


def _lines(told: dict[str, Any]) -> Iterator[str]:
    english = speaks_english()
    yield from _report_lines(told, english=english)
    if told["city"] is None:
        yield (WRITTEN_NONE_EN if english else WRITTEN_NONE)
        return
    yield (CONTENT_EN if english else CONTENT).format(**told["city"], **told["counts"])
    if told["grids_generated"]:
        yield GENERATED_EN if english else GENERATED
    if told["founded"]:
        administrator = told["administrator"]
        words = (FIRST_EN if english else FIRST).format(administrator.administrator, administrator.password)
        yield words


def _finding_line(one: Finding, *, english: bool) -> str:
    language = "en" if english else "zh"
    mark = MARKS[one.level][english]
    place = one.file if one.row is None else f"{one.file}:{one.row}"
    column = f" [{one.column}]" if one.column else ""
    stop = "; " if english else "；"
    return f"{place}{column} {mark}: {one.says[language]}{stop}{one.cure[language]} ({one.code})"


commands = [found, import_file]
beginning = [found]
