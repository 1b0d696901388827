"""What a draft holds, and how it is stored: the text, its clauses with their words, its links."""

from __future__ import annotations

from datetime import date

import msgspec

from gezhi.documents import models
from gezhi.documents.queries import class_names
from gezhi.documents.rules.clause_text import Clause, Shape, parse_clauses
from gezhi.documents.rules.links import Link, check_links
from gezhi.documents.rules.reading import check_roles
from gezhi.documents.rules.words import as_vector


class Content(msgspec.Struct, frozen=True, kw_only=True):
    """正文及附属信息 of a version."""

    text: str
    valid_from: date
    issue_no: str = ""
    changes: str = ""
    must_read: tuple[str, ...] = ()
    links: tuple[Link, ...] = ()


def fill_version(version: models.Version, content: Content) -> None:
    """Set the fields of a version and check what it says; nothing is stored before all of it is sound."""
    clauses = parse_clauses(content.text)
    links = check_links(content.links, anchors={one.anchor for one in clauses}, classes=class_names())
    version.text, version.valid_from = content.text, content.valid_from
    version.issue_no, version.changes = content.issue_no, content.changes
    version.must_read = check_roles(content.must_read)
    version.save()
    _store_clauses(version, clauses)
    models.Link.objects.filter(version=version).delete()
    models.Link.objects.bulk_create(
        models.Link(version=version, anchor=one.anchor, subject_kind=one.subject_kind, subject_key=one.subject_key)
        for one in links
    )


def _store_clauses(version: models.Version, clauses: tuple[Clause, ...]) -> None:
    models.Clause.objects.filter(version=version).delete()
    models.Clause.objects.bulk_create(
        models.Clause(
            version=version,
            seq=seq,
            shape=one.shape,
            depth=one.depth,
            anchor=one.anchor,
            label=one.label,
            heading=one.heading,
            text=one.text,
            words="" if one.shape is Shape.HEADING else as_vector(one.heading, f"{one.label} {one.text}"),
        )
        for seq, one in enumerate(clauses, 1)
    )
