"""值班表导入: a table as it is kept in an office, read into rows of the register; what is wrong is told line by line."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import date, datetime, time
from typing import Any, NamedTuple

from gezhi.calendars.rules.office_days import midnight_of
from gezhi.kernel.moments import DAY_S, HOUR_S, MINUTE_S
from gezhi.kernel.problems import Problem
from gezhi.kernel.searching import fold
from gezhi.people.rules.directory import Directory
from gezhi.people.rules.roster import RosterRow, normal_beat

HEADS: dict[str, tuple[str, ...]] = {
    "name": ("采集员", "姓名", "collector"),
    "account": ("账号", "account"),
    "beat": ("责任区编码", "beat codes"),
    "day": ("日期", "day"),
    "from": ("班次起", "from"),
    "until": ("班次止", "until"),
}
"""The heads by which columns are known; the first is what the sheet of the register says."""
NEEDED = ("beat", "day", "from", "until")
HEAD_WITHIN = 10
MOST_TOLD = 20
FIRST_YEAR, LAST_YEAR = 2000, 2100
_DAY = re.compile(r"(\d{4})[-/.年]?(\d{1,2})[-/.月]?(\d{1,2})日?", re.ASCII)
_TIME = re.compile(r"(\d{1,2}):(\d{2})(?::\d{2})?", re.ASCII)
_PARTS = re.compile(r"[\s,，、;；]+")

Cells = Sequence[Any]


class Line(NamedTuple):
    """A line of the table: its number, and the row or why there is none."""

    number: int
    row: RosterRow | None
    problem: Problem | None = None


class HeadsMissing(Problem):
    code = "people.roster-table.heads-missing"
    status = 422
    title = "表中没有找到表头，须有“账号”或“采集员”，以及“责任区编码”“日期”“班次起”“班次止”。可先导出一份作为样表。"
    title_en = (
        "No heads were found: “account” or “collector”, and “beat codes”, “day”, “from”, “until”. Take a download of "
        "the register as a pattern."
    )


class BadCell(Problem):
    code = "people.roster-table.bad-cell"
    status = 422
    title = "“{head}”填写有误：{value}。"
    title_en = "“{head_en}” cannot be read: {value}."


class UnknownCollector(Problem):
    code = "people.roster-table.unknown-collector"
    status = 422
    title = "当日没有采集员“{name}”，请核对账号或姓名。"
    title_en = "There is no collector “{name}” on that day; check the account or the name."


class SameName(Problem):
    code = "people.roster-table.same-name"
    status = 422
    title = "有多名采集员叫“{name}”，请填写账号。"
    title_en = "Several collectors are called “{name}”; give the account."


class BadLines(Problem):
    """`lines` in the details: number and words of the first of them."""

    code = "people.roster-table.bad-lines"
    status = 422
    title = "表中有 {count} 行不能登记，整表没有导入，请改正后重新导入。第 {line} 行：{why_zh}"
    title_en = (
        "Lines that cannot be entered: {count}; nothing was imported. Mend them and import anew. Line {line}: {why_en}"
    )


def read_lines(table: Iterable[Cells], directory: Directory, reached: Collection[int]) -> list[Line]:
    """Every line below the heads that is not empty."""
    lines: list[Line] = []
    places: dict[str, int] | None = None
    for number, cells in enumerate(table, 1):
        if places is None:
            places = _find_heads(cells)
            if places is None and number >= HEAD_WITHIN:
                break
        elif any(cell not in {None, ""} for cell in cells):
            lines.append(_read(number, {word: _cell(cells, at) for word, at in places.items()}, directory, reached))
    if places is None:
        raise HeadsMissing(field="file")
    return lines


def refuse_lines(faults: Sequence[tuple[int, Problem]]) -> BadLines:
    """One refusal for all lines that are wrong."""
    told = [
        {"line": number, "zh": problem.text("zh"), "en": problem.text("en")}
        for number, problem in sorted(faults, key=lambda fault: fault[0])[:MOST_TOLD]
    ]
    first = told[0]
    return BadLines(
        field="file", count=len(faults), line=first["line"], why_zh=first["zh"], why_en=first["en"], lines=told
    )


def _find_heads(cells: Cells) -> dict[str, int] | None:
    words = [fold(str(cell or "")).strip() for cell in cells]
    places = {
        word: next(at for at, head in enumerate(words) if head in heads)
        for word, heads in HEADS.items()
        if any(head in heads for head in words)
    }
    return places if all(word in places for word in NEEDED) and {"name", "account"} & places.keys() else None


def _cell(cells: Cells, at: int) -> Any:
    cell = cells[at] if at < len(cells) else None
    return cell.strip() if isinstance(cell, str) else cell


def _read(number: int, cells: Mapping[str, Any], directory: Directory, reached: Collection[int]) -> Line:
    try:
        day = _day(cells["day"])
        starts, ends = (_seconds(word, cells[word]) for word in ("from", "until"))
        midnight = midnight_of(day)
        row = RosterRow(
            user_id=_collector(cells, directory, reached, day),
            region_codes=normal_beat(_PARTS.split(str(cells["beat"] or ""))),
            starts_at=midnight + starts,
            ends_at=midnight + (ends if ends > starts else ends + DAY_S),
        )
    except Problem as problem:
        return Line(number, None, problem)
    return Line(number, row)


def _collector(cells: Mapping[str, Any], directory: Directory, reached: Collection[int], day: date) -> int:
    """By the account; by the name where only one collector bears it."""
    account, name = (str(cells.get(word) or "") for word in ("account", "name"))
    if account:
        found = [directory.user_ids[account]] if account in directory.user_ids else []
    else:
        found = sorted({
            user.id for post in reached for user in directory.holders_of(post, day) if name and user.name == name
        })  # fmt: skip
    if not found:
        raise UnknownCollector(name=account or name)
    if len(found) > 1:
        raise SameName(name=name)
    return found[0]


def _day(cell: Any) -> date:
    if isinstance(cell, datetime):
        return cell.date()
    if isinstance(cell, date):
        return cell
    found = _DAY.fullmatch(fold(str(cell or "")))
    try:
        day = date(*map(int, found.groups())) if found else None
    except ValueError:
        day = None
    if day is None or not FIRST_YEAR <= day.year <= LAST_YEAR:
        raise _bad("day", cell)
    return day


def _seconds(word: str, cell: Any) -> int:
    """Seconds after midnight; 24:00 is the end of the day."""
    if isinstance(cell, time | datetime):
        return cell.hour * HOUR_S + cell.minute * MINUTE_S
    found = _TIME.fullmatch(fold(str(cell or "")))
    seconds = int(found[1]) * HOUR_S + int(found[2]) * MINUTE_S if found and int(found[2]) * MINUTE_S < HOUR_S else -1
    if not 0 <= seconds <= DAY_S:
        raise _bad(word, cell)
    return seconds


def _bad(word: str, cell: Any) -> BadCell:
    head, *_, english = HEADS[word]
    return BadCell(head=head, head_en=english, value=str(cell if cell is not None else "")[:40] or "–")
