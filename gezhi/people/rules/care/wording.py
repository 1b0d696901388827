"""变更对照: each value that an act changes, what stood there and what will, in both languages."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from typing import Any, NamedTuple

from gezhi.kernel.permissions import Role
from gezhi.kernel.role_names import ROLE_NAMES
from gezhi.people.rules.care.plan import RowChange, Table
from gezhi.people.rules.directory import Directory
from gezhi.people.rules.organisation_kinds import KIND_NAMES, OrganisationKind

Words = tuple[str, str]
NOTHING: Words = ("—", "—")
OPEN_END: Words = ("长期", "open")
LANGUAGES: dict[str, Words] = {"zh": ("中文", "Chinese"), "en": ("英文", "English")}

FIELDS: dict[str, Words] = {
    "username": ("登录名", "User name"),
    "display_name": ("姓名", "Name"),
    "phone": ("电话", "Telephone"),
    "language": ("界面语言", "Language"),
    "active_from": ("账号启用日", "Account from"),
    "active_to": ("账号最后一天", "Last day of the account"),
    "code": ("编码", "Code"),
    "name": ("名称", "Name"),
    "name_en": ("英文名称", "English name"),
    "kind": ("机构类别", "Kind"),
    "platform_level": ("平台层级", "Level of platform"),
    "parent_id": ("上级机构", "Body above"),
    "region_code": ("管辖区划", "Region"),
    "valid_from": ("生效日", "From"),
    "valid_to": ("最后一天", "Last day"),
    "organisation_id": ("所属机构", "Body"),
    "title": ("岗位名称", "Title"),
    "title_en": ("英文名称", "English title"),
    "role": ("岗位类别", "Role"),
    "region_codes": ("负责区划", "Regions"),
    "establishment": ("编制", "Establishment"),
    "acting_for": ("代理", "Stands in for"),
}
LAST_DAYS = frozenset({"valid_to", "active_to"})
UNSAID = frozenset({"path", "user_id", "post_id", "struck"})


class Line(NamedTuple):
    """One value: of what it is one, before and after."""

    label: Words
    before: Words
    after: Words


def lines_of(directory: Directory, rows: Iterable[RowChange]) -> list[Line]:
    rows = list(rows)
    people = {row.id: str(row.after["display_name"]) for row in rows if row.table is Table.PERSON and not row.before}
    return [line for row in rows for line in _lines(directory, row, people)]


def _lines(directory: Directory, row: RowChange, people: Mapping[int, str]) -> Iterator[Line]:
    of = _owner(directory, row, people)
    if "struck" in row.after:
        yield Line(of, ("已登记", "entered"), ("撤回", "taken back"))
    for name, value in row.after.items():
        if name in UNSAID or (not row.before and value in ("", None, [])):
            continue
        label = FIELDS[name]
        shown = (f"{of[0]}：{label[0]}", f"{of[1]}: {label[1]}") if of[0] else label
        yield Line(
            shown, _say(directory, name, row.before.get(name), made=not row.before), _say(directory, name, value)
        )


def _owner(directory: Directory, row: RowChange, people: Mapping[int, str]) -> Words:
    """Whose value it is; nothing where the record says so itself."""
    if row.table is Table.APPOINTMENT:
        held = {one.id: one for one in directory.appointments}.get(row.id)
        post = directory.posts.get(row.after.get("post_id", held.post_id if held else 0))
        user = row.after.get("user_id", held.user_id if held else 0)
        if post is None:
            return ("任职", "Appointment")
        body = directory.organisations[post.organisation_id]
        name = people.get(user) or (directory.users[user].name if user in directory.users else "")
        return (
            f"{name} {body.name} {post.title}",
            f"{name}, {post.title_en or post.title}, {body.name_en or body.name}",
        )
    if row.table is Table.LEAVE:
        return ("请假", "Leave")
    return ("", "")


def _say(directory: Directory, name: str, value: Any, *, made: bool = False) -> Words:
    if made or value in ("", []) or (value is None and name not in LAST_DAYS):
        return NOTHING
    if value is None:
        return OPEN_END
    if name in ("parent_id", "organisation_id"):
        body = directory.organisations.get(value)
        return NOTHING if body is None else (body.name, body.name_en or body.name)
    if name == "acting_for":
        user = directory.users.get(value)
        return NOTHING if user is None else (user.name, user.name)
    if name == "kind":
        return KIND_NAMES[OrganisationKind(value)]
    if name == "role":
        return ROLE_NAMES[Role(value)]
    if name == "language":
        return LANGUAGES.get(value, (value, value))
    text = "、".join(value) if isinstance(value, list) else str(value)
    return (value.isoformat(),) * 2 if isinstance(value, date) else (text, text)
