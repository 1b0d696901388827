"""Full-text search in Chinese (全文检索) over the clauses in force."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date
from typing import Any
from uuid import UUID

import msgspec
from django.contrib.postgres.search import SearchQueryField
from django.db.models import BooleanField, Case, F, FloatField, Func, IntegerField, Q, QuerySet, Value, When
from django.db.models.expressions import RawSQL
from django.db.models.functions import Cast, Greatest

from gezhi.documents.models import Clause
from gezhi.documents.queries.documents import find_by_issue
from gezhi.documents.queries.visibility import Viewer, in_areas
from gezhi.documents.rules.clause_text import Shape
from gezhi.documents.rules.kinds import VersionState
from gezhi.documents.rules.words import ExcerptPiece, any_of, as_query, cut_excerpt, query_words
from gezhi.kernel.searching import any_like, fold, writings

MILLION = 1_000_000
ISSUED = 100 * MILLION
"""The rank of what a 文号 names."""


class Found(msgspec.Struct, frozen=True):
    """A clause that a search has found; `rank` 0: by its plain text only."""

    clause: Clause
    rank: int
    excerpt: list[ExcerptPiece]


class _Matches(Func):
    template = "%(expressions)s"
    arg_joiner = " @@ "
    output_field = BooleanField()


def search_clauses(
    text: str, viewer: Viewer, *, on: date, kind: str = "", after: tuple[int, int] | None = None, limit: int = 20
) -> list[Found]:
    """Clauses in force of the document that a 文号 names; else those that hold every word, the ones with the very text
    first; where none does, those with the text alone; where none has it, those that hold most of the words.
    """
    words, clauses = query_words(text), _in_force(viewer, on, kind)
    rows: list[Clause] = []
    issued = find_by_issue(text)
    if issued and (after is None or after[0] == ISSUED):
        rows = list(_by_issue(clauses, issued, after)[:limit])
    if not rows and words and (after is None or ISSUED > after[0] > 0):
        rows = list(_by_words(clauses, text, as_query(text), after)[:limit])
    if not rows and (after is None or after[0] == 0):
        rows = list(_by_text(clauses, text, after)[:limit])
        words = [text] if rows else words
    if not rows and words and (after is None or after[0] < 0):
        rows = list(_nearest(clauses, any_of(words), after)[:limit])
    return [Found(row, row.rank, cut_excerpt(row.text, [text, *words])) for row in rows]  # type: ignore[attr-defined]


def _in_force(viewer: Viewer, on: date, kind: str) -> QuerySet[Clause]:
    clauses = Clause.objects.filter(
        in_areas(viewer, "version__document__area"),
        Q(version__valid_to=None) | Q(version__valid_to__gte=on),
        version__state=VersionState.APPROVED,
        version__valid_from__lte=on,
    ).exclude(shape=Shape.HEADING)
    if kind:
        clauses = clauses.filter(version__document__kind=kind)
    return clauses.select_related("version__document").defer("words", "version__text")


def _by_words(clauses: QuerySet[Clause], text: str, asked_text: str, after: tuple[int, int] | None) -> QuerySet[Clause]:
    query = Cast(Value(asked_text), SearchQueryField())
    weight = Func(F("words"), query, function="ts_rank_cd", output_field=FloatField())
    literal = Case(When(_holds(text), then=MILLION), default=0)
    hits = clauses.filter(_Matches(F("words"), query)).annotate(
        rank=Greatest(Cast(weight * MILLION, IntegerField()), 1) + literal
    )
    return _behind(hits, after).order_by("-rank", "id")


def _nearest(clauses: QuerySet[Clause], asked_text: str, after: tuple[int, int] | None) -> QuerySet[Clause]:
    """Clauses with some of the words, the more the better; their ranks lie below those of all that hold them."""
    query = Cast(Value(asked_text), SearchQueryField())
    weight = Func(F("words"), query, function="ts_rank", output_field=FloatField())
    hits = clauses.filter(_Matches(F("words"), query)).annotate(
        rank=Cast(weight * MILLION, IntegerField()) - 10 * MILLION
    )
    return _behind(hits, after).order_by("-rank", "id")


def _by_issue(
    clauses: QuerySet[Clause], documents: Collection[UUID], after: tuple[int, int] | None
) -> QuerySet[Clause]:
    hits = clauses.filter(version__document__in=documents)
    return _behind(hits.annotate(rank=Value(ISSUED, output_field=IntegerField())), after).order_by("id")


def _behind(hits: QuerySet[Any, Any], after: tuple[int, int] | None) -> QuerySet[Any, Any]:
    return hits if after is None else hits.filter(Q(rank__lt=after[0]) | Q(rank=after[0], id__gt=after[1]))


def _holds(text: str) -> Q:
    """The very text, in half width or full."""
    patterns = writings(fold(text.strip()))
    sql = any_like("documents_clause.text", patterns)
    return Q(RawSQL(sql, patterns, output_field=BooleanField()))  # noqa: S611 - a text of ours with bound values


def _by_text(clauses: QuerySet[Clause], text: str, after: tuple[int, int] | None) -> QuerySet[Clause]:
    hits = clauses.filter(_holds(text)).annotate(rank=Value(0, output_field=IntegerField()))
    if after is not None:
        hits = hits.filter(id__gt=after[1])
    return hits.order_by("id")
