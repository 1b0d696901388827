"""Which clauses apply (适用条款): to a class of case, to the kinds of application that are open in it."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from uuid import UUID

import msgspec
from django.db.models import Q

from gezhi.documents.models import Clause, Link, Version
from gezhi.documents.queries.documents import class_names, clause_data
from gezhi.documents.queries.visibility import Viewer, in_areas
from gezhi.documents.rules import clause_text, links
from gezhi.documents.rules.kinds import APPROVAL, CLASS, DocumentKind, VersionState

MOST = 100
_KINDS = [kind.value for kind in DocumentKind]


class ApplicableClause(msgspec.Struct, frozen=True):
    """A clause, or (without one) a whole document, with what it was linked to."""

    version: Version
    clause: clause_text.Clause | None
    because: tuple[links.Link, ...]


def clauses_for(
    class_key: str, approval_kinds: Sequence[str], on: date, *, viewer: Viewer | None = None, place: str = ""
) -> list[ApplicableClause]:
    """The clauses in force on a day that govern a class or a kind of application; two statements.

    `place`: a region or grid code; documents of other regions do not apply there. The nearest come first: clauses for
    the kinds asked, for the class itself, for its major class, then whole documents; the operation plan leads.
    """
    selectors = links.selectors_of(class_key)
    subjects = Q(subject_kind=CLASS, subject_key__in=selectors) | Q(
        subject_kind=APPROVAL, subject_key__in=list(approval_kinds)
    )
    rows = Link.objects.filter(
        subjects,
        Q(version__valid_to=None) | Q(version__valid_to__gte=on),
        version__state=VersionState.APPROVED,
        version__valid_from__lte=on,
    )
    if viewer is not None:
        rows = rows.filter(in_areas(viewer, "version__document__area"))
    links_of: dict[tuple[UUID, str], list[Link]] = {}
    for row in rows.select_related("version__document").defer("version__text").order_by("id"):
        if place.startswith(row.version.document.area) or not place:
            links_of.setdefault((row.version_id, row.anchor), []).append(row)
    clauses = _clauses(links_of)
    nearest = sorted(links_of, key=lambda key: _nearness(links_of[key], selectors, clauses.get(key)))
    return [
        ApplicableClause(
            links_of[key][0].version,
            clause_data(clauses[key]) if key in clauses else None,
            tuple(links.Link(one.anchor, one.subject_kind, one.subject_key) for one in links_of[key]),
        )
        for key in nearest[:MOST]
    ]


def _clauses(links_of: dict[tuple[UUID, str], list[Link]]) -> dict[tuple[UUID, str], Clause]:
    keys = {key for key in links_of if key[1]}
    rows = Clause.objects.filter(
        version_id__in={version_id for version_id, _ in keys}, anchor__in={anchor for _, anchor in keys}
    )
    return {key: row for row in rows.defer("words") if (key := (row.version_id, row.anchor)) in keys}


def _nearness(rows: list[Link], selectors: tuple[str, ...], clause: Clause | None) -> tuple[object, ...]:
    def distance(row: Link) -> int:
        return 0 if row.subject_kind == APPROVAL else 1 + selectors.index(row.subject_key)

    document = rows[0].version.document
    return (
        clause is None,
        min(distance(row) for row in rows),
        _KINDS.index(document.kind),
        document.title,
        0 if clause is None else clause.seq,
    )


def describe(because: Sequence[links.Link]) -> list[tuple[links.Link, str, str]]:
    """What each link names, in both languages."""
    names = class_names()
    return [(link, *links.subject_name(link, names)) for link in because]
