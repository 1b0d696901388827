"""Command of founding: a city moves in from its folder."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import click
import shapely

from gezhi.founding.actions import AnotherFolder, Founded, found_city
from gezhi.founding.gateways import read_folder, write_folder
from gezhi.founding.queries import read_city_divisions, read_shipped, read_templates
from gezhi.founding.rules.check_folder import Checked, check_folder
from gezhi.founding.rules.city import CityToFound
from gezhi.founding.rules.finding_kinds import Severity
from gezhi.founding.rules.findings import Finding
from gezhi.founding.rules.starter import starter_folder
from gezhi.founding.rules.starter_ground import starter_ground
from gezhi.people.queries import day_of
from gezhi.plumbing.clock import system_clock
from gezhi.plumbing.database import migrate_database
from gezhi.plumbing.terminal import json_option, progress, show, speaks_english
from gezhi.regions.gateways import SOURCE, OutlinePackageMissing, read_outlines
from gezhi.regions.rules.levels import Level

DONE, ERRORS, DIFFERS = 0, 1, 2
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


BEGUN = (
    "已写入 {folder}：{name}，区划 {divisions} 个，边界 {outlines} 个。先读其中的 README.md，填好后用 --check 检查。"
)
BEGUN_EN = (
    "Written to {folder}: {name}, {divisions} divisions, {outlines} outlines. Read README.md, fill in, then --check."
)
STARTER_WANTS = "--starter 与 --code 一起用，如 --starter --code 330100 (use --starter and --code together)"
NO_FOLDER = "没有文件夹 {0} (there is no such folder)"


@click.command()
@click.argument("folder", type=click.Path(file_okay=False, path_type=Path))
@click.option("--check", is_flag=True, help="Only check the folder; nothing is written.")
@click.option("--starter", is_flag=True, help="Write FOLDER anew, to begin with, for the city of --code.")
@click.option("--code", default="", help="The 6 digits of a city or county, as 330100.")
@json_option
def found(folder: Path, *, check: bool, starter: bool, code: str, as_json: bool) -> None:
    """Found the city of FOLDER in an empty database (建库): checked whole first, then entered whole or not at all.

    Ends with 0 when done (or the same city stands already), with 1 for errors, with 2 where another content stands.
    """
    if starter != bool(code):
        raise click.UsageError(STARTER_WANTS)
    if starter:
        show(_begin(folder, code), as_json=as_json, lines=_begun_lines)
        return
    if not folder.is_dir():
        raise click.BadParameter(NO_FOLDER.format(folder), param_hint="FOLDER")
    with progress("检查文件夹 (checking)", 1) as done:
        checked = check_folder(read_folder(folder), read_shipped(), today=day_of(system_clock()))
        done(1)
    founded = None
    try:
        if checked.city is not None and not check:
            founded = _enter(checked.city)
    except AnotherFolder as problem:
        show(_told(checked, None), as_json=as_json, lines=_lines)
        click.echo(f"{problem.text('en' if speaks_english() else 'zh')}\n[{problem.code}]", err=True)
        sys.exit(DIFFERS)
    show(_told(checked, founded), as_json=as_json, lines=_lines)
    sys.exit(DONE if checked.city is not None else ERRORS)


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


def _enter(city: CityToFound) -> Founded:
    migrate_database()
    with progress("建库 (founding)", 1) as done:
        founded = found_city(city, clock=system_clock)
        done(1)
    return founded


def _told(checked: Checked, founded: Founded | None) -> dict[str, Any]:
    city, report = checked.city, checked.report
    return {
        "city": None if city is None else {"code": city.code, "name": city.name, "name_en": city.name_en},
        "counts": {} if city is None else {name: len(getattr(city, name)) for name in COUNTED},
        "founded": founded is not None and bool(founded.password),
        "unchanged": founded is not None and not founded.password,
        "administrator": None if founded is None else founded,
        "errors": report.errors,
        "warnings": report.warnings,
        "left_out": report.left_out,
        "totals": report.totals,
        "findings": report.findings,
    }


def _lines(told: dict[str, Any]) -> Iterator[str]:
    english = speaks_english()
    for one in told["findings"]:
        yield _finding_line(one, english=english)
    counts = told["errors"], told["warnings"], told["left_out"]
    yield (SUMMARY_EN if english else SUMMARY).format(*counts)
    if told["city"] is None:
        yield "Nothing was entered; correct the errors." if english else "未写入任何数据，请先改正错误。"
        return
    yield (CONTENT_EN if english else CONTENT).format(**told["city"], **told["counts"])
    if told["unchanged"]:
        yield "This city stands already; nothing has changed." if english else "此城市已建库，内容相同，未作改动。"
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


commands = [found]
beginning = [found]
