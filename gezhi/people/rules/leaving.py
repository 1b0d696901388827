"""Leaving with open work (离岗交接): an account or an appointment does not end while work would be left behind.

Requirement R02: who held what is always known, so what somebody holds is handed on before they go.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from uuid import UUID

import msgspec

from gezhi.kernel.permissions import Role
from gezhi.kernel.problems import Problem
from gezhi.people.rules.directory import Directory, PostFacts, UserFacts

MOST_NAMED = 5
MOST_HEIRS = 3


class HeldCase(msgspec.Struct, frozen=True):
    """A case that somebody still has to do with: where it lies, and the unit where it is a unit's part."""

    case_id: UUID
    case_no: str
    area_code: str
    unit_id: int | None = None


class OpenWork(msgspec.Struct, frozen=True):
    """未办结工作: the first of the open tasks of a collector and of the open parts of units, and how many there are."""

    tasks: tuple[HeldCase, ...] = ()
    task_count: int = 0
    parts: tuple[HeldCase, ...] = ()
    part_count: int = 0


class TasksLeft(Problem):
    code = "people.leaving.tasks-left"
    status = 409
    title = (
        "{name}还有 {count} 项核实、核查任务没有反馈（案件 {cases}），不能离岗。"
        "请先由受理员把任务改派给{heirs_zh}，再办理。"
    )
    title_en = (
        "{name} still has {count} open tasks (cases {cases}) and cannot leave. Let an acceptor give them to {heirs_en}"
        " first."
    )


class LastHandler(Problem):
    code = "people.leaving.last-handler"
    status = 409
    title = (
        "{name}是{unit_zh}唯一的处置人员，该单位还有 {count} 件案件没有办结（{cases}），不能离岗。"
        "请先任命{heirs_zh}为该单位处置人员，或者请派遣员把案件收回重派，再办理。"
    )
    title_en = (
        "{name} is the only handler of {unit_en}, which still has {count} open cases ({cases}). Appoint {heirs_en} as a"
        " handler there, or let the dispatcher recall the cases, and then end it."
    )


class OwnAccount(Problem):
    code = "people.leaving.own-account"
    status = 409
    title = "不能停用您自己的账号，请由另一名系统管理员办理。"
    title_en = "You cannot end your own account; another administrator must do it."


class OutsideRegions(Problem):
    code = "people.leaving.outside"
    status = 403
    title = "{name}的岗位不在您的管辖区域内，请由其所在区域的系统管理员办理。"
    title_en = "{name}'s post lies outside your regions; the administrator there must do this."


def units_left_without(directory: Directory, user_id: int, posts: Sequence[PostFacts], *, on: date) -> tuple[int, ...]:
    """The bodies in which nobody handles any more once the user gives up these posts (唯一处置人员).

    Surprising: whoever handles in a body above may act for those below, so those are looked at, too.
    """
    given_up = {post.id for post in posts}
    still = {
        holder.post.organisation_id
        for holder in directory.find_holders(Role.HANDLER, on=on)
        if holder.user.id != user_id or holder.post.id not in given_up
    }
    left = {post.organisation_id for post in posts if post.role is Role.HANDLER}
    below = {one for body in left for one in directory.subtree(body)}
    return tuple(sorted(body for body in below if not still.intersection((body, *directory.ancestors(body)))))


def check_leaving(directory: Directory, user: UserFacts, work: OpenWork, *, on: date) -> None:
    """Refuse with what is left behind and to whom it can go (离岗核对)."""
    if work.task_count:
        heirs = _collectors_for(directory, user, work.tasks[0].area_code, on)
        raise TasksLeft(
            name=user.name,
            count=work.task_count,
            cases=_cases(work.tasks, work.task_count),
            case_ids=[str(one.case_id) for one in work.tasks],
            heirs_zh=f"同片区采集员（如{'、'.join(heirs)}）" if heirs else "其他采集员",
            heirs_en=f"a collector of the same area ({', '.join(heirs)})" if heirs else "another collector",
        )
    if work.part_count:
        unit = directory.organisations[work.parts[0].unit_id or 0]
        heirs = _colleagues(directory, user, unit.id, on)
        raise LastHandler(
            name=user.name,
            unit_zh=unit.name,
            unit_en=unit.name_en or unit.name,
            count=work.part_count,
            cases=_cases(work.parts, work.part_count),
            case_ids=[str(one.case_id) for one in work.parts],
            heirs_zh=f"他人（如{'、'.join(heirs)}）" if heirs else "他人",
            heirs_en=f"somebody else ({', '.join(heirs)})" if heirs else "somebody else",
        )


def _cases(named: Sequence[HeldCase], count: int) -> str:
    numbers = ", ".join(one.case_no for one in named[:MOST_NAMED])
    return f"{numbers} …" if count > len(named[:MOST_NAMED]) else numbers


def _collectors_for(directory: Directory, user: UserFacts, area_code: str, on: date) -> list[str]:
    """Collectors who answer for the place, the narrowest beat first."""
    collectors = directory.find_holders(Role.COLLECTOR, on=on, place_code=area_code)
    return [one.user.name for one in collectors if one.user.id != user.id][:MOST_HEIRS]


def _colleagues(directory: Directory, user: UserFacts, unit_id: int, on: date) -> list[str]:
    """Who else works in the unit or below it, in another post."""
    names = {
        holder.name: None
        for body in directory.subtree(unit_id)
        for post in directory.posts.values()
        if post.organisation_id == body and directory.is_post_open(post, on)
        for holder in directory.holders_of(post.id, on)
        if holder.id != user.id
    }
    return list(names)[:MOST_HEIRS]
