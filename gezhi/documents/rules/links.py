"""适用事项: a clause governs classes of the catalogue, kinds of application, or what later schemes name."""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping

import msgspec

from gezhi.documents.rules.kinds import APPROVAL, CLASS
from gezhi.kernel.application_kinds import ApplicationKind
from gezhi.kernel.problems import Problem
from gezhi.kernel.words import is_blank

MOST_LINKS = 500
_KIND = re.compile(r"[a-z][a-z-]{1,23}")
_SELECTOR = re.compile(r"\d{4}-(?:part|matter)-\d{2}(?:\d{2,3})?")
MAJOR_PARTS = 3

Bilingual = tuple[str, str]


class Link(msgspec.Struct, frozen=True, order=True):
    """An empty anchor speaks for the whole document. `subject_key` of a class: 2026-matter-06 or 2026-matter-06010."""

    anchor: str
    subject_kind: str
    subject_key: str


class UnknownClause(Problem):
    code = "documents.links.unknown-clause"
    status = 422
    title = "正文中没有编号为“{anchor}”的条款，请重新选择条款。"
    title_en = "The text has no clause “{anchor}”; please choose another."


class UnknownSubject(Problem):
    code = "documents.links.unknown-subject"
    status = 422
    title = "没有“{subject}”这一适用事项，请从目录类别或审批种类中选择。"
    title_en = (
        "There is no “{subject}” for a clause to govern; choose a class of the catalogue or a kind of application."
    )


class TooManyLinks(Problem):
    code = "documents.links.too-many"
    status = 422
    title = "适用事项最多 {most} 项，请按大类关联。"
    title_en = "A version governs at most {most} things; please link major classes instead."


def check_links(
    links: Collection[Link], *, anchors: Collection[str], classes: Mapping[str, Bilingual]
) -> tuple[Link, ...]:
    """The links in order, each once; refused where the clause or what it governs is unknown (核对适用事项)."""
    if len(links) > MOST_LINKS:
        raise TooManyLinks(field="links", most=MOST_LINKS)
    for link in links:
        if link.anchor and link.anchor not in anchors:
            raise UnknownClause(field="links", anchor=link.anchor)
        if not _is_known(link, classes):
            raise UnknownSubject(field="links", subject=f"{link.subject_kind} {link.subject_key}")
    return tuple(sorted(set(links)))


def _is_known(link: Link, classes: Mapping[str, Bilingual]) -> bool:
    if link.subject_kind == CLASS:
        return _SELECTOR.fullmatch(link.subject_key) is not None and link.subject_key in classes
    if link.subject_kind == APPROVAL:
        return link.subject_key in set(ApplicationKind)
    return _KIND.fullmatch(link.subject_kind) is not None and not is_blank(link.subject_key)


def selectors_of(class_key: str) -> tuple[str, ...]:
    """The selectors that speak for a class: itself and its major class (类别及其大类)."""
    parts = class_key.split("-")
    if len(parts) != MAJOR_PARTS:
        return ()
    edition, kind, code = parts
    return class_key, f"{edition}-{kind}-{code[:2]}"


def subject_name(link: Link, classes: Mapping[str, Bilingual]) -> Bilingual:
    """What a clause governs, in words."""
    if link.subject_kind == CLASS:
        return classes.get(link.subject_key, (link.subject_key, link.subject_key))
    if link.subject_kind == APPROVAL:
        kind = ApplicationKind(link.subject_key)
        return kind.zh, kind.en
    return link.subject_key, link.subject_key
