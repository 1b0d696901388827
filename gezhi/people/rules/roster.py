"""采集员值班表: which collector walks which beat on which shift. By it a miss is charged (漏报).

A row is never changed: what was entered wrongly is struck with a reason, and the right one entered.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Sequence
from datetime import date

import msgspec

from gezhi.kernel.moments import DAY_S
from gezhi.kernel.permissions import Role, Scope
from gezhi.kernel.problems import Problem
from gezhi.people.rules.directory import Directory, PostFacts
from gezhi.people.rules.region_prefix import region_prefix

MOST_CODES = 50
CODE_LENGTHS = (2, 4, 6, 9, 12, 15)
"""Digits of a province, a city, a county, a street, a community and a unit grid."""


class RosterRow(msgspec.Struct, frozen=True, kw_only=True):
    """值班表一行, in epoch seconds; the end does not belong to the shift. The beat: regions and unit grids."""

    user_id: int
    region_codes: tuple[str, ...]
    starts_at: int
    ends_at: int


class RosterFacts(RosterRow, frozen=True, kw_only=True):
    """A row as it stands: in which post, who entered it and when, and who has struck it."""

    id: int
    post_id: int
    entered_by: int
    entered_at: int
    struck_by: int | None = None
    struck_at: int | None = None
    struck_because: str = ""


class BadShift(Problem):
    code = "people.roster.bad-shift"
    status = 422
    title = "班次的结束时间必须晚于开始时间，一个班次最长 24 小时。"
    title_en = "A shift must end after it starts and lasts 24 hours at most."


class BadBeat(Problem):
    code = "people.roster.bad-beat"
    status = 422
    title = "责任区须填写 1 至 {most} 个区域代码或单元网格编码，且当日有效；无效的编码：{codes}。"
    title_en = "A beat is 1 to {most} codes of regions or unit grids in force that day; these are not: {codes}."


class NoCollector(Problem):
    code = "people.roster.no-collector"
    status = 422
    title = "所选人员当日没有在您管辖区域内的采集员岗位，请重新选择。"
    title_en = "On that day this person holds no post of a collector within your scope; choose another."


class BeatOutside(Problem):
    code = "people.roster.beat-outside"
    status = 422
    title = "责任区超出{name}当日岗位的区域，请先调整岗位区域或重新选择责任区。"
    title_en = "The beat lies outside the regions of the post that {name} holds that day; choose another beat."


class OnShiftAlready(Problem):
    code = "people.roster.on-shift-already"
    status = 409
    title = "{name}在这段时间已有班次，请核对；原班次有误的，先撤销再登记。"
    title_en = "{name} has a shift at that time already; strike that one first if it is wrong."


class StruckAlready(Problem):
    code = "people.roster.struck-already"
    status = 409
    title = "该班次已经撤销。"
    title_en = "This shift was struck already."


def normal_beat(codes: Iterable[str]) -> tuple[str, ...]:
    """The significant digits of each code, each once, in order."""
    return tuple(sorted({region_prefix(code.strip().upper()) for code in codes if code.strip()}))


def codes_above(area: str) -> list[str]:
    """The codes of all that a place lies in, its own among them."""
    return [area[:length] for length in CODE_LENGTHS if length <= len(area)]


def reached_posts(directory: Directory, scope: Scope) -> set[int]:
    """The posts of collectors whose rows somebody of this scope sees and keeps."""
    return {
        post.id
        for post in directory.posts.values()
        if post.role is Role.COLLECTOR and not scope.only_own_work and _is_reached(directory, post, scope)
    }


def _is_reached(directory: Directory, post: PostFacts, scope: Scope) -> bool:
    regions = directory.regions_of(post)
    inside = bool(regions) and all(code.startswith(scope.regions) for code in regions)
    return inside or post.organisation_id in scope.organisations


def post_of(directory: Directory, row: RosterRow, reached: Collection[int], on: date) -> int:
    """The post in which a collector walks this beat on the day on which the shift begins."""
    held = [post for post in directory.posts_of(row.user_id, on) if post.id in reached]
    if not held or not directory.is_active(row.user_id, on):
        raise NoCollector(field="user_id")
    for post in held:
        if all(code.startswith(directory.regions_of(post)) for code in row.region_codes):
            return post.id
    raise BeatOutside(field="region_codes", name=directory.users[row.user_id].name)


def check_shape(row: RosterRow) -> None:
    """班次与责任区: what can be said of a row by itself."""
    if not row.starts_at < row.ends_at <= row.starts_at + DAY_S:
        raise BadShift(field="ends_at")
    wrong = [code for code in row.region_codes if len(code) not in CODE_LENGTHS or not code.isalnum()]
    if wrong or not 1 <= len(row.region_codes) <= MOST_CODES:
        raise BadBeat(field="region_codes", most=MOST_CODES, codes="、".join(wrong) or "–")


def find_clashes(rows: Sequence[RosterRow], standing: Iterable[RosterRow]) -> tuple[set[int], set[int]]:
    """Places in `rows` of those that stand already as they are, and of those that lie across another shift of the same
    collector.
    """
    known = {_key(row) for row in standing}
    same = {at for at, row in enumerate(rows) if _key(row) in known}
    of_user: dict[int, list[tuple[int, int, int]]] = defaultdict(list)
    for row in standing:
        of_user[row.user_id].append((row.starts_at, row.ends_at, -1))
    for at, row in enumerate(rows):
        if at not in same:
            of_user[row.user_id].append((row.starts_at, row.ends_at, at))
    across: set[int] = set()
    for shifts in of_user.values():
        until = None
        for starts, ends, at in sorted(shifts):
            if until is not None and starts < until[0]:
                across |= {at, until[1]}
            until = (ends, at) if until is None or ends > until[0] else until
    return same, across - {-1}


def _key(row: RosterRow) -> tuple[int, int, int, tuple[str, ...]]:
    return row.user_id, row.starts_at, row.ends_at, row.region_codes
