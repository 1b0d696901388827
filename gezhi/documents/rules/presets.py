"""预置文件: what `presets/documents.toml` says of each shipped text."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Mapping
from datetime import date
from typing import Any

import msgspec

from gezhi.documents.rules.kinds import APPROVAL, CLASS, DocumentKind
from gezhi.documents.rules.links import Bilingual, Link

MAJOR = re.compile(r"\d{4}-(?:part|matter)-\d{2}")


class PresetLink(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """`majors`: names of major classes without their ending 类, of any edition."""

    clause: str
    approvals: tuple[str, ...] = ()
    majors: tuple[str, ...] = ()


class PresetVersion(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """`years_before`: in force so long before the others; `submitted`: left with those who approve."""

    file: str
    issue_no: str = ""
    changes: str = ""
    years_before: int = 0
    submitted: bool = False
    links: tuple[PresetLink, ...] = ()


class PresetDocument(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    kind: DocumentKind
    title: str
    must_read: tuple[str, ...]
    versions: tuple[PresetVersion, ...]


def read_presets(table: Mapping[str, Any]) -> list[PresetDocument]:
    return msgspec.convert(table["document"], list[PresetDocument])


def fill_places(text: str, city: str, day: date) -> str:
    """The name of the city and the year put in (填入市名)."""
    return text.replace("{city}", city).replace("{year}", str(day.year))


def begin_of(version: PresetVersion, valid_from: date) -> date:
    """The first of January so many years before, or the day itself."""
    return date(valid_from.year - version.years_before, 1, 1) if version.years_before else valid_from


def links_of(
    links: Iterable[PresetLink], editions: Collection[str], classes: Mapping[str, Bilingual]
) -> tuple[Link, ...]:
    """The links in the words of these editions: every major class of one of the names."""
    majors = {key: zh for key, (zh, _) in classes.items() if MAJOR.fullmatch(key) and key.split("-")[0] in editions}
    expanded = [Link(one.clause, APPROVAL, kind) for one in links for kind in one.approvals]
    for one in links:
        expanded += [Link(one.clause, CLASS, key) for key, zh in majors.items() if zh.removesuffix("类") in one.majors]
    return tuple(expanded)
