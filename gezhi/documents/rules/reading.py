"""阅读回执: who must read a version, and who has."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

import msgspec

from gezhi.documents.rules.area import binds
from gezhi.documents.rules.kinds import READERS, Standing
from gezhi.kernel.permissions import Role
from gezhi.kernel.problems import Problem
from gezhi.people.rules.directory import Directory


class UnknownRole(Problem):
    code = "documents.reading.unknown-role"
    status = 422
    title = "不能指定“{role}”阅读，请从列出的岗位中选择。"
    title_en = "“{role}” cannot be asked to read; please choose from the posts that are listed."


class NotInForce(Problem):
    code = "documents.reading.not-in-force"
    status = 409
    title = "该版本未发布或已失效，不需要确认阅读。请阅读现行版本。"
    title_en = "This version is not published or no longer in force; please read the one in force."


class NotAsked(Problem):
    code = "documents.reading.not-asked"
    status = 403
    title = "该文件没有要求您所在的岗位确认阅读。"
    title_en = "Your post was not asked to confirm the reading of this document."


class Reader(msgspec.Struct, frozen=True):
    """Somebody who must read."""

    user_id: int
    name: str
    role: Role
    organisation_id: int


def check_roles(roles: Iterable[str]) -> list[str]:
    """The roles in the order of the house, each once; `UnknownRole` for one that reads nothing."""
    chosen = set(roles)
    for role in sorted(chosen - {one.value for one in READERS}):
        raise UnknownRole(field="must_read", role=role)
    return [role.value for role in READERS if role.value in chosen]


def check_confirmation(role: Role, must_read: Iterable[str], standing: Standing, *, bound: bool) -> None:
    """May this post confirm the reading (确认阅读)? `bound`: the document binds a region of the post."""
    if standing not in {Standing.IN_FORCE, Standing.UPCOMING}:
        raise NotInForce
    if role.value not in set(must_read) or not bound:
        raise NotAsked


def list_readers(directory: Directory, must_read: Iterable[str], area: str, *, on: date) -> tuple[Reader, ...]:
    """Everybody who holds such a post in the area on a day, each once (应阅人员), by number."""
    readers: dict[int, Reader] = {}
    for role in check_roles(must_read):
        for holder in directory.find_holders(Role(role), on=on):
            if binds(area, directory.regions_of(holder.post)):
                reader = Reader(holder.user.id, holder.user.name, holder.post.role, holder.post.organisation_id)
                readers.setdefault(holder.user.id, reader)
    return tuple(readers[user_id] for user_id in sorted(readers))
