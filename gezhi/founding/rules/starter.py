"""起步文件夹: a city folder to begin with, out of the divisions of the country and the bodies that a city usually has."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date
from string import Template

import msgspec

from gezhi.founding.rules import tables
from gezhi.founding.rules.country import CityDivisions
from gezhi.founding.rules.registers import TABLE_OF
from gezhi.kernel.permissions import Role
from gezhi.kernel.role_names import ROLE_NAMES
from gezhi.regions.rules.divisions import Division
from gezhi.regions.rules.levels import Level, RegionKind

SOURCE = "国家统计局 2023 年统计用区划代码（china-division 2.7.0）"
ADMINISTRATOR, FIRST, UNNAMED = "administrator", "admin", "请改为管理员姓名"
OFFICES = {RegionKind.STREET: "办事处", RegionKind.TOWN: "人民政府", RegionKind.TOWNSHIP: "人民政府"}
TEXTS = ("city.toml", "policy.toml", "calendars.toml", "approvals.toml", "README.md")
GENERATED = "由参考边界自动划分的网格（模拟生成），取得本市网格后替换"
TO_BRING = "没有现成边界；请放入 ground/grids.geojson（单元网格），或按文档写 ground.json"


class Body(msgspec.Struct, frozen=True):
    """A body that the city, each of its counties or each street has, and the posts in it."""

    each: str
    key: str
    name: str
    kind: str
    level: str
    parent: str
    roles: str


class Templates(msgspec.Struct, frozen=True):
    """What a starter folder is written from; `texts` by name of the file."""

    bodies: tuple[Body, ...]
    duties: str
    texts: Mapping[str, str]
    edition: str


def starter_folder(
    own: CityDivisions, templates: Templates, *, on: date, ground: Mapping[str, str], source: str
) -> dict[str, str]:
    """The files by name. `ground` are those to generate grids from, if there are outlines, `source` whence they are."""
    bodies = list(_bodies(own, templates.bodies))
    words = {
        "code": own.city.code,
        "name": own.city.name,
        "effective": on.isoformat(),
        "edition": templates.edition,
        "source": f"{SOURCE}；{source}" if ground else SOURCE,
        "divisions": str(len(own.divisions)),
        "ground": GENERATED if ground else TO_BRING,
        "gone": _gone(own),
    }
    files = {name: Template(text).substitute(words) for name, text in templates.texts.items()}
    files[tables.DIVISIONS] = _table(tables.DIVISIONS, (msgspec.structs.asdict(one) for one in own.divisions))
    files[tables.ORGANISATIONS] = _table(tables.ORGANISATIONS, (body for body, _ in bodies))
    files[tables.POSTS] = _table(tables.POSTS, (post for body, roles in bodies for post in _posts(body, roles)))
    first = {"username": FIRST, "name": UNNAMED, "posts": f"supervision-{ADMINISTRATOR}", "language": "zh"}
    files[tables.PEOPLE] = _table(tables.PEOPLE, [first])
    files[tables.DUTIES] = templates.duties
    return {**files, **ground}


def _table(name: str, rows: Iterable[Mapping[str, str]]) -> str:
    text = io.StringIO()
    writer = csv.DictWriter(text, [one.name for one in TABLE_OF[name].columns], restval="", lineterminator="\n")
    writer.writeheader()
    writer.writerows(rows)
    return text.getvalue()


def _bodies(own: CityDivisions, bodies: Sequence[Body]) -> Iterator[tuple[dict[str, str], list[str]]]:
    """Each body as a row, with the roles that have a post in it."""
    counties = {one.code for one in own.divisions if one.level is Level.COUNTY and one.code != own.city.code}
    for place in own.divisions:
        each = _each(place, own.city.code, counties)
        ending = "" if each == "city" else f"-{place.code}"
        above = f"platform-{place.within}" if place.within in counties else "command"
        for body in bodies:
            if body.each == each:
                yield (
                    {
                        "key": body.key + ending,
                        "name": body.name.format(name=place.name, office=OFFICES.get(place.kind, "")),
                        "kind": body.kind,
                        "level": body.level,
                        "parent": body.parent.format(ending=ending, above=above),
                        "region": place.code,
                    },
                    body.roles.split(),
                )


def _each(place: Division, city: str, counties: set[str]) -> str:
    """For what of the templates a division is the place; "" for none: what the city lies in, zones, communities."""
    if place.code == city:
        return "city"
    if place.code in counties:
        return "county"
    return "street" if place.kind in OFFICES else ""


def _posts(body: Mapping[str, str], roles: Sequence[str]) -> Iterator[dict[str, str]]:
    for role in roles:
        zh, en = ROLE_NAMES[Role(role)]
        yield {"key": f"{body['key']}-{role}", "organisation": body["key"], "role": role, "title": zh, "title_en": en}


def _gone(own: CityDivisions) -> str:
    """What to look at first in the divisions."""
    if not own.gone:
        return ""
    names = "、".join(f"{row.name}（{row.code}）" for row in own.gone)
    return f"## 请先核对的区划\n\n以下区划在 2026 年的国家地名信息库中已查不到，可能已更名、合并或撤销：{names}。\n"
