"""Rows as they are handed in when a city is set up (初始化数据): plain, frozen, tied together by codes.

Requirement R02: the organisation as it is.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date

import msgspec

from gezhi.kernel.permissions import Role
from gezhi.kernel.problems import Problem
from gezhi.people.rules.organisation_kinds import OrganisationKind

LONGEST_PATH = 400


class OrganisationRow(msgspec.Struct, frozen=True, kw_only=True):
    """机构."""

    code: str
    name: str
    kind: OrganisationKind
    valid_from: date
    name_en: str = ""
    platform_level: int = 1
    parent_code: str = ""
    region_code: str = ""
    valid_to: date | None = None


class PostRow(msgspec.Struct, frozen=True, kw_only=True):
    """岗位."""

    code: str
    organisation_code: str
    title: str
    role: Role
    valid_from: date
    title_en: str = ""
    region_codes: tuple[str, ...] = ()
    valid_to: date | None = None


class UserRow(msgspec.Struct, frozen=True, kw_only=True):
    """用户, with the posts held from the first day on."""

    username: str
    display_name: str
    active_from: date
    post_codes: tuple[str, ...] = ()
    phone: str = ""
    language: str = "zh"
    active_to: date | None = None


class ShiftRow(msgspec.Struct, frozen=True, kw_only=True):
    """班次, in epoch seconds."""

    organisation_id: int
    role: Role
    user_id: int
    post_id: int
    starts_at: int
    ends_at: int


class UnknownCode(Problem):
    code = "people.rows.unknown-code"
    status = 422
    title = "没有编码为“{code}”的{what_zh}，请先登记。"
    title_en = "There is no {what_en} with the code “{code}”; please enter it first."


class RingOfParents(Problem):
    code = "people.rows.ring-of-parents"
    status = 422
    title = "机构“{code}”的上级关系成环，请改正上级机构。"
    title_en = "The parents of organisation “{code}” form a ring; please correct the parent."


class PathTooLong(Problem):
    code = "people.rows.path-too-long"
    status = 422
    title = "机构“{code}”的层级过深，请缩短编码或减少层级。"
    title_en = "Organisation “{code}” lies too deep; please shorten the codes or the tree."


def compute_paths(rows: Iterable[OrganisationRow], existing: Mapping[str, str]) -> dict[str, str]:
    """The path of every organisation (机构路径): codes from the root down. `existing`: paths of earlier ones."""
    by_code = {row.code: row for row in rows}
    paths: dict[str, str] = {}
    for code in by_code:
        chain: list[str] = []
        at = code
        while at in by_code and at not in paths:
            if at in chain:
                raise RingOfParents(field="parent_code", code=code)
            chain.append(at)
            at = by_code[at].parent_code
        if at and at not in paths and at not in existing:
            raise UnknownCode(field="parent_code", code=at, what_zh="机构", what_en="organisation")
        path = paths.get(at) or existing.get(at, "")
        for step in reversed(chain):
            path = paths[step] = f"{path}{step}/"
            if len(path) > LONGEST_PATH:
                raise PathTooLong(field="parent_code", code=step)
    return paths
